/**
 * The x with the least |A x - b|, by Householder reflections; `undefined` if A's columns depend on each other.
 *
 * @param rows A, at least as many rows as columns; changed in place
 * @param b changed in place
 */
export function leastSquares(
  rows: readonly Float64Array[],
  b: Float64Array
): Float64Array | undefined {
  const m = rows.length;
  const n = rows[0].length;
  const diagonal = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    let norm = 0;
    for (let i = k; i < m; i++) {
      norm = Math.hypot(norm, rows[i][k]);
    }
    if (!(norm > 1e-12)) {
      return undefined;
    }
    diagonal[k] = rows[k][k] > 0 ? -norm : norm;
    rows[k][k] -= diagonal[k];
    const half = -diagonal[k] * rows[k][k];
    const along = new Float64Array(n);
    let aside = 0;
    for (let i = k; i < m; i++) {
      const row = rows[i];
      const factor = row[k];
      for (let j = k + 1; j < n; j++) {
        along[j] += factor * row[j];
      }
      aside += factor * b[i];
    }
    for (let i = k; i < m; i++) {
      const row = rows[i];
      const factor = row[k] / half;
      for (let j = k + 1; j < n; j++) {
        row[j] -= factor * along[j];
      }
      b[i] -= factor * aside;
    }
  }
  const x = new Float64Array(n);
  for (let k = n - 1; k >= 0; k--) {
    let sum = b[k];
    for (let j = k + 1; j < n; j++) {
      sum -= rows[k][j] * x[j];
    }
    x[k] = sum / diagonal[k];
  }
  return x;
}
