/** Density of the standard normal distribution: exp(-z² / 2) / √(2 pi). */
export function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/**
 * The share of the standard normal distribution below z, (1 + erf(z / √2)) / 2, to about 1e-14 relative. Near 0 by
 * the series z + z³/3 + z⁵/(3·5) + …, whose terms all have one sign; in the tails by Laplace's continued fraction
 * 1/(x + 1/(x + 2/(x + …))), which keeps the digits that 1 - … would lose.
 * Source: Abramowitz and Stegun, 26.2.11 and 26.2.14.
 */
export function normalCdf(z: number): number {
  const x = Math.abs(z);
  if (x < 3) {
    let term = z;
    let sum = z;
    for (let n = 3; Math.abs(term) > 1e-17 * Math.abs(sum); n += 2) {
      term *= (z * z) / n;
      sum += term;
    }
    return 0.5 + normalDensity(z) * sum;
  }
  let fraction = x;
  for (let k = 100; k >= 1; k--) {
    fraction = x + k / fraction;
  }
  const tail = normalDensity(z) / fraction;
  return z < 0 ? tail : 1 - tail;
}
