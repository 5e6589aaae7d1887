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
    const next = new Float64Array(n + 1);
    let rest = row[n];
    for (let i = 0; i < n; i++) {
      const upper = this.rows[i];
      let sum = row[i];
      for (let k = 0; k < i; k++) {
        sum -= upper[k] * next[k];
      }
      next[i] = sum / upper[i];
      rest -= next[i] * next[i];
    }
    // Rounding can eat a tiny pivot; the matrix is one with a little more noise then.
    next[n] = Math.sqrt(Math.max(rest, 1e-12 * row[n]));
    this.rows.push(next);
  }

  /** Solves L x = b, in place. */
  solve(b: Float64Array): Float64Array {
    for (let i = 0; i < this.rows.length; i++) {
      const row = this.rows[i];
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
