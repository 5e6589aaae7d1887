// What every measurement needs of statistics.
export const minimum = values => Math.min(...values);

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const mean = values => values.reduce((sum, value) => sum + value, 0) / values.length;

export const geometricMean = values => Math.exp(mean(values.map(Math.log)));

/** Sample standard deviation, with n - 1. */
export function deviation(values) {
  const center = mean(values);
  return Math.sqrt(values.reduce((sum, v) => sum + (v - center) ** 2, 0) / (values.length - 1));
}

/** Quantile 0.95 of Student's t with 29 degrees of freedom: scipy.stats.t.ppf(0.95, 29). */
const T_29 = 1.699127;

/**
 * Geometric mean of 30 paired ratios, and the upper end of its 90 % confidence interval (on logarithms, by t).
 * @throws RangeError for another number of ratios
 */
export function pairedRatio(ratios) {
  if (ratios.length !== 30) {
    throw new RangeError(`pairedRatio: 30 ratios must come, but ${ratios.length} did.`);
  }
  const logarithms = ratios.map(Math.log);
  const margin = (T_29 * deviation(logarithms)) / Math.sqrt(30);
  return {
    ratio: geometricMean(ratios),
    upper90: Math.exp(mean(logarithms) + margin)
  };
}

/** Three significant digits, four from 100 on. */
export const digits = value => Number(value.toPrecision(value < 100 ? 3 : 4));
