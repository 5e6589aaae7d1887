/** Whether the build may fuse a product and a sum into one rounding; set by `--use RELAXED=1`. */
export const relaxed: bool = isDefined(RELAXED);

/**
 * Whether blocks are 6 x 16 instead of 3 x 12, for engines that join pairs of vectors; set by `--use WIDE=1`. Others
 * would run out of registers. The order of sums is the same, and so are all bits of the results.
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
