/** Mean of the numbers; NaN when there are none. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i];
  }
  return sum / values.length;
}

/** How many of the numbers are finite, their mean, and their biased standard deviation; NaN when there are none. */
export interface Moments {
  count: number;
  mean: number;
  deviation: number;
}

/** The moments of the finite numbers: two passes, so that a large mean does not swallow a small deviation. */
export function moments(values: ArrayLike<number>): Moments {
  let [count, sum, squares] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) {
      count++;
      sum += values[i];
    }
  }
  const mu = sum / count;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) {
      squares += (values[i] - mu) ** 2;
    }
  }
  return { count, mean: mu, deviation: Math.sqrt(squares / count) };
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

/**
 * The percentile of some numbers, NaN left out: between neighbours it lies on a straight line, as in
 * `numpy.nanpercentile`. NaN if there is no number.
 * @param share in percent, from 0 to 100
 */
export function percentile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(Array.from(values).filter(value => !Number.isNaN(value))).sort();
  if (sorted.length === 0) {
    return NaN;
  }
  const place = (share / 100) * (sorted.length - 1);
  const below = Math.floor(place);
  const t = place - below;
  const [a, b] = [sorted[below], sorted[Math.min(below + 1, sorted.length - 1)]];
  // From the nearer end, as numpy does: a limit must not differ from an equal value in its last digit.
  return a === b ? a : t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
}
