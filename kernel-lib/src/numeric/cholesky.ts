/**
 * The triangle L of a positive definite matrix, `matrix = L L^T`, that grows row by row: a further row costs n^2
 * and not n^3.
 */
export class Cholesky {
  /** Rows of L, one array each. */
  readonly rows: Float64Array[] = [];

  get size(): number {
    return this.rows.length;
  }

  /**
   * Takes up one more row of the matrix.
   * @param row its elements up to and including the diagonal
   */
  append(row: ArrayLike<number>): void {
    const n = this.size;
    const next = this.solve(new Float64Array(row));
    let rest = row[n];
    for (let i = 0; i < n; i++) {
      rest -= next[i] * next[i];
    }
    // Rounding can eat a tiny pivot; the matrix is one with a little more noise then.
    next[n] = Math.sqrt(Math.max(rest, 1e-12 * row[n]));
    this.rows.push(next);
  }

  /**
   * Solves L x = b, in place; what stands in `b` behind the triangle stays. Method: four rows at a time, whose sums do not
   * wait for each other, each in the order of one row by itself.
   */
  solve(b: Float64Array): Float64Array {
    const { rows } = this;
    let i = 0;
    for (; i + 4 <= rows.length; i += 4) {
      const [p, q, r, s] = [rows[i], rows[i + 1], rows[i + 2], rows[i + 3]];
      let [u, v, w, x] = [b[i], b[i + 1], b[i + 2], b[i + 3]];
      for (let k = 0; k < i; k++) {
        const known = b[k];
        u -= p[k] * known;
        v -= q[k] * known;
        w -= r[k] * known;
        x -= s[k] * known;
      }
      u /= p[i];
      v = (v - q[i] * u) / q[i + 1];
      w = (w - r[i] * u - r[i + 1] * v) / r[i + 2];
      x = (x - s[i] * u - s[i + 1] * v - s[i + 2] * w) / s[i + 3];
      b[i] = u;
      b[i + 1] = v;
      b[i + 2] = w;
      b[i + 3] = x;
    }
    for (; i < rows.length; i++) {
      const row = rows[i];
      let sum = b[i];
      for (let k = 0; k < i; k++) {
        sum -= row[k] * b[k];
      }
      b[i] = sum / row[i];
    }
    return b;
  }

  /** Solves L^T x = b, in place. */
  solveTransposed(b: Float64Array): Float64Array {
    for (let i = this.size - 1; i >= 0; i--) {
      const row = this.rows[i];
      const x = (b[i] /= row[i]);
      for (let k = 0; k < i; k++) {
        b[k] -= row[k] * x;
      }
    }
    return b;
  }

  /** Logarithm of the matrix's determinant. */
  get logDeterminant(): number {
    return this.rows.reduce((sum, row, i) => sum + 2 * Math.log(row[i]), 0);
  }
}
