import { normalCdf, normalDensity } from '../numeric/normal';

/**
 * Logarithm of the expected improvement, E[max(0, best - Y)] for Y normal with `mean` and `deviation`, and its
 * slopes: log(s h(z)) with z = (best - mean) / s and h(z) = phi(z) + z Phi(z). The improvement itself is 0 in
 * doubles over most of a space, and shows no way up; its logarithm does.
 *
 * @see Jones, Schonlau and Welch 1998; Ament et al. 2023.
 */
export function logImprovement(mean: number, deviation: number, best: number) {
  const z = (best - mean) / deviation;
  let log: number;
  // Phi(z) / h(z), the slope of log h.
  let slope: number;
  if (z > -6) {
    const h = normalDensity(z) + z * normalCdf(z);
    log = Math.log(h);
    slope = normalCdf(z) / h;
  } else {
    // Far below, the sum cancels: the asymptotic series phi(z) / z^2 (1 - 3 / z^2 + 15 / z^4).
    const w = 1 / (z * z);
    log = -0.5 * z * z - 0.9189385332046727 + Math.log(w) + Math.log1p(-3 * w + 15 * w * w);
    slope = -z - 2 / z;
  }
  return {
    value: log + Math.log(deviation),
    byMean: -slope / deviation,
    byDeviation: (1 - slope * z) / deviation
  };
}
