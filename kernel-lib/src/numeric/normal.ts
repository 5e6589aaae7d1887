/**
 * The normal distribution's cumulative probability, Phi(x), within 1e-15.
 * @see Hart 1968, in the form of G. West 2005, "Better approximations to cumulative normal functions".
 */
export function normalCdf(x: number): number {
  const z = Math.abs(x);
  let tail = 0;
  if (z < 37) {
    const density = Math.exp((-z * z) / 2);
    if (z < 7.07106781186547) {
      let top = 3.52624965998911e-2 * z + 0.700383064443688;
      top = top * z + 6.37396220353165;
      top = top * z + 33.912866078383;
      top = top * z + 112.079291497871;
      top = top * z + 221.213596169931;
      top = top * z + 220.206867912376;
      let bottom = 8.83883476483184e-2 * z + 1.75566716318264;
      bottom = bottom * z + 16.064177579207;
      bottom = bottom * z + 86.7807322029461;
      bottom = bottom * z + 296.564248779674;
      bottom = bottom * z + 637.333633378831;
      bottom = bottom * z + 793.826512519948;
      bottom = bottom * z + 440.413735824752;
      tail = (density * top) / bottom;
    } else {
      const fraction = z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))));
      tail = density / (fraction * 2.506628274631);
    }
  }
  return x > 0 ? 1 - tail : tail;
}

/** The normal distribution's density. */
export const normalDensity = (x: number) => 0.3989422804014327 * Math.exp((-x * x) / 2);

/**
 * The inverse of `normalCdf`: where the probability `p` lies; p in (0, 1).
 * Method: Acklam's rational approximation (9 digits), and one step of Halley's for the rest.
 */
export function normalQuantile(p: number): number {
  const low = Math.min(p, 1 - p);
  let x: number;
  if (low < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(low));
    x = horner(TAIL_TOP, q) / (horner(TAIL_BOTTOM, q) * q + 1);
  } else {
    const q = low - 0.5;
    const r = q * q;
    x = (q * horner(MIDDLE_TOP, r)) / (horner(MIDDLE_BOTTOM, r) * r + 1);
  }
  const error = (normalCdf(x) - low) / normalDensity(x);
  x -= error / (1 + (x * error) / 2);
  return p < 0.5 ? x : -x;
}

const horner = (coefficients: readonly number[], x: number) =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
const TAIL_TOP = [
  -7.784894002430293e-3, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
  4.374664141464968, 2.938163982698783
];
const TAIL_BOTTOM = [
  7.784695709041462e-3, 0.3224671290700398, 2.445134137142996, 3.754408661907416
];
const MIDDLE_TOP = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
  2.506628277459239
];
const MIDDLE_BOTTOM = [
  -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572
];

/** A draw from the normal distribution around `mean`, cut off outside of [0, 1]; `mean` lies inside. */
export function truncatedNormal(
  rng: { normal(): number },
  mean: number,
  deviation: number
): number {
  // Between a third and all of the draws lie inside, as long as the deviation is at most 1.
  for (;;) {
    const x = mean + deviation * rng.normal();
    if (x >= 0 && x <= 1) {
      return x;
    }
  }
}
