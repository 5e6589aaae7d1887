/** Ranks from 1; equal numbers share the mean of their ranks, as `scipy.stats.rankdata`. */
export function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  const result = new Array<number>(values.length);
  for (let i = 0; i < order.length;) {
    let end = i + 1;
    while (end < order.length && values[order[end]] === values[order[i]]) {
      end++;
    }
    for (let k = i; k < end; k++) {
      result[order[k]] = (i + 1 + end) / 2;
    }
    i = end;
  }
  return result;
}

/** A rank correlation and where the true one lies. */
export interface RankCorrelation {
  /** Spearman's rho, in [-1, 1]; NaN if one side does not vary. */
  rho: number;
  /** Ends of the 95 % interval; NaN with fewer than four pairs. */
  low: number;
  high: number;
  /** How many pairs it comes from. */
  pairs: number;
}

/** The normal distribution's 97.5 % point. */
const Z = 1.959963984540054;

/**
 * Spearman's rank correlation: Pearson's correlation of the ranks. The interval is Fisher's,
 * tanh(atanh(rho) +- 1.96 sqrt((1 + rho^2 / 2) / (n - 3))).
 *
 * @see Bonett and Wright 2000, "Sample size requirements for estimating Pearson, Kendall and Spearman
 * correlations".
 */
export function spearman(a: readonly number[], b: readonly number[]): RankCorrelation {
  const n = a.length;
  const [x, y] = [ranks(a), ranks(b)];
  const middle = (n + 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    xy += (x[i] - middle) * (y[i] - middle);
    xx += (x[i] - middle) ** 2;
    yy += (y[i] - middle) ** 2;
  }
  const rho = xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : NaN;
  const reach = n > 3 ? Z * Math.sqrt((1 + rho ** 2 / 2) / (n - 3)) : NaN;
  // Complete agreement in a sample is none in all that there is: half a step of ranks is left open.
  const inner = Math.min(1 - 1 / n ** 2, Math.abs(rho)) * Math.sign(rho);
  return {
    rho,
    low: rho === -1 ? -1 : Math.tanh(Math.atanh(inner) - reach),
    high: rho === 1 ? 1 : Math.tanh(Math.atanh(inner) + reach),
    pairs: n
  };
}
