/** How far two samples lie apart. */
export interface Distances {
  /**
   * Wasserstein's first distance, in the numbers' own unit: the mean way that mass must go to turn one distribution
   * into the other. For samples of which one is the other moved by c it is |c|.
   */
  wasserstein: number;
  /** Kolmogorov and Smirnov's statistic, in [0, 1]: the largest difference of the shares below any one value. */
  kolmogorovSmirnov: number;
}

/**
 * Both distances of two samples that rise (sorted, no NaN, neither empty): W1 = ∫ |F - G|, D = max |F - G|, where F and
 * G are the empirical distribution functions. One walk through both.
 *
 * @see `scipy.stats.wasserstein_distance`, `scipy.stats.ks_2samp(…).statistic`.
 */
export function distances(a: ArrayLike<number>, b: ArrayLike<number>): Distances {
  let [i, j, wasserstein, most] = [0, 0, 0, 0];
  while (i < a.length && j < b.length) {
    const at = Math.min(a[i], b[j]);
    while (i < a.length && a[i] === at) i++;
    while (j < b.length && b[j] === at) j++;
    const gap = Math.abs(i / a.length - j / b.length);
    most = Math.max(most, gap);
    const next = Math.min(i < a.length ? a[i] : Infinity, j < b.length ? b[j] : Infinity);
    if (gap > 0) {
      wasserstein += gap * (next - at);
    }
  }
  // One of them has ended: what is left of the other lies above it.
  const [rest, from] = i < a.length ? [a, i] : [b, j];
  for (let k = from; k + 1 < rest.length; k++) {
    wasserstein += (1 - (k + 1) / rest.length) * (rest[k + 1] - rest[k]);
  }
  return { wasserstein, kolmogorovSmirnov: most };
}

/**
 * The value of Kolmogorov and Smirnov's statistic that two samples of one distribution exceed in 5 of 100 cases, for
 * samples that are not small: 1.358 √((n + m) / (n m)).
 */
export function chanceDistance(n: number, m: number): number {
  return 1.358 * Math.sqrt((n + m) / (n * m));
}
