/** Whether the build may fuse a product and a sum into one rounding; set by `--use RELAXED=1`. */
export const relaxed: bool = isDefined(RELAXED);

/**
 * Whether blocks are 6 x 16, for engines that join pairs of vectors; set by `--use WIDE=1`. Others would run out of
 * registers. The order of sums is the same, and so are all bits of the results.
 */
export const wide: bool = isDefined(WIDE);

/** a * b + c, fused where the build allows it. */
export function madd(a: v128, b: v128, c: v128): v128 {
  return relaxed ? f32x4.relaxed_madd(a, b, c) : f32x4.add(c, f32x4.mul(a, b));
}

/** The sum of the four lanes, in pairs. */
export function horizontalSum(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) +
    f32x4.extract_lane(v, 1) +
    (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

/**
 * exp(x) for four numbers, after Cephes' `expf`: x = n ln 2 + r with |r| <= ln 2 / 2, a polynomial of
 * degree 6 in r, then n added to the exponent. Relative error 6.4e-8 on [-80, 80]; below -87 it is 0.
 */
export function exp4(x: v128): v128 {
  const low = f32x4.lt(x, f32x4.splat(-87.0));
  const inside = f32x4.min(f32x4.max(x, f32x4.splat(-87.0)), f32x4.splat(88.0));
  const n = f32x4.nearest(f32x4.mul(inside, f32x4.splat(1.4426950408889634)));
  // ln 2 in two parts, so that the product with n loses nothing.
  let r = f32x4.sub(inside, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
  let p = f32x4.splat(1.98756915e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), f32x4.add(r, f32x4.splat(1.0)));
  const exponent = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return v128.andnot(f32x4.mul(p, exponent), low);
}
