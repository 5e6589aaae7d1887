/** A square matrix as P A = L U, to solve A x = b for many b. Method: Gauss with row pivoting. */
export class Lu {
  readonly #a: Float64Array;
  readonly #rows: Int32Array;
  /** Whether the matrix has no inverse, to rounding. */
  readonly singular: boolean;

  /** @param matrix (n, n), row by row; stays as it is */
  constructor(
    matrix: ArrayLike<number>,
    readonly n: number
  ) {
    const a = (this.#a = Float64Array.from(matrix));
    const rows = (this.#rows = Int32Array.from({ length: n }, (_, i) => i));
    let singular = false;
    for (let k = 0; k < n; k++) {
      let pivot = k;
      for (let i = k + 1; i < n; i++) {
        pivot = Math.abs(a[i * n + k]) > Math.abs(a[pivot * n + k]) ? i : pivot;
      }
      if (!(Math.abs(a[pivot * n + k]) > 1e-14)) {
        singular = true;
        break;
      }
      if (pivot !== k) {
        [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
        const row = a.slice(k * n, (k + 1) * n);
        a.copyWithin(k * n, pivot * n, (pivot + 1) * n);
        a.set(row, pivot * n);
      }
      for (let i = k + 1; i < n; i++) {
        const factor = (a[i * n + k] /= a[k * n + k]);
        if (factor !== 0) {
          for (let j = k + 1; j < n; j++) {
            a[i * n + j] -= factor * a[k * n + j];
          }
        }
      }
    }
    this.singular = singular;
  }

  /** The x of A x = b; b stays as it is. */
  solve(b: ArrayLike<number>): Float64Array {
    const { n } = this;
    const x = Float64Array.from(this.#rows, row => b[row]);
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < i; k++) {
        x[i] -= this.#a[i * n + k] * x[k];
      }
    }
    for (let i = n - 1; i >= 0; i--) {
      for (let k = i + 1; k < n; k++) {
        x[i] -= this.#a[i * n + k] * x[k];
      }
      x[i] /= this.#a[i * n + i];
    }
    return x;
  }
}
