/** A symmetric matrix as axes and the stretch along each: `matrix = sum_k values[k] v_k v_k^T`. */
export interface Eigen {
  values: Float64Array;
  /** (n, n): column k is the axis of `values[k]`, of length 1. */
  vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of a symmetric (n, n) matrix, row by row; the matrix stays as it is.
 * Method: Jacobi's rotations, each of which makes one pair of elements zero. Exact to rounding also for tiny
 * eigenvalues beside huge ones, and fast enough for some dozens of rows.
 */
export function symmetricEigen(matrix: ArrayLike<number>, n: number): Eigen {
  const a = Float64Array.from(matrix);
  const vectors = Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
  for (let sweep = 0; sweep < 60; sweep++) {
    let turned = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const off = a[p * n + q];
        const size = Math.sqrt(Math.abs(a[p * n + p] * a[q * n + q]));
        if (Math.abs(off) > 1e-16 * size && off !== 0) {
          rotate(a, vectors, n, p, q);
          turned = true;
        }
      }
    }
    if (!turned) {
      break;
    }
  }
  return { values: Float64Array.from({ length: n }, (_, k) => a[k * n + k]), vectors };
}

function rotate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(t * t + 1);
  const sine = t * cosine;
  for (let k = 0; k < n; k++) {
    const left = a[k * n + p];
    const right = a[k * n + q];
    a[k * n + p] = cosine * left - sine * right;
    a[k * n + q] = sine * left + cosine * right;
  }
  for (let k = 0; k < n; k++) {
    const upper = a[p * n + k];
    const lower = a[q * n + k];
    a[p * n + k] = cosine * upper - sine * lower;
    a[q * n + k] = sine * upper + cosine * lower;
    const left = vectors[k * n + p];
    const right = vectors[k * n + q];
    vectors[k * n + p] = cosine * left - sine * right;
    vectors[k * n + q] = sine * left + cosine * right;
  }
  // Zero by construction; a rounding error left here would keep the sweeps going.
  a[p * n + q] = 0;
  a[q * n + p] = 0;
}
