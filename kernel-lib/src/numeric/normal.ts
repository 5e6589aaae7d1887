/**
 * The normal distribution's cumulative probability, Phi(x), to 15 digits.
 * Source: Hart 1968, in the form of G. West 2005, "Better approximations to cumulative normal functions".
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
