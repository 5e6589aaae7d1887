/** Mean of the numbers; NaN when there are none. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i];
  }
  return sum / values.length;
}

/**
 * Means and biased variances of the columns of a matrix (rows x columns, row by row):
 * mu = 1/m sum_i z_i, sigma^2 = 1/m sum_i (z_i - mu)^2. Two passes, so that large means do not
 * swallow small variances.
 */
export function columnMoments(
  values: ArrayLike<number>,
  rows: number,
  columns: number
): { mean: Float64Array; variance: Float64Array } {
  const mu = new Float64Array(columns);
  const variance = new Float64Array(columns);
  for (let i = 0; i < rows * columns; i++) {
    mu[i % columns] += values[i];
  }
  for (let c = 0; c < columns; c++) {
    mu[c] /= rows;
  }
  for (let i = 0; i < rows * columns; i++) {
    const d = values[i] - mu[i % columns];
    variance[i % columns] += d * d;
  }
  for (let c = 0; c < columns; c++) {
    variance[c] /= rows;
  }
  return { mean: mu, variance };
}
