/**
 * Elementary functions of four numbers. Products and sums stay apart in every build, so that all builds give the
 * same bits. Errors are relative, measured against double precision.
 */

/**
 * The constants of these functions lie in memory: a splat of a literal is made anew wherever it is used, by three
 * instructions, where reading one takes a part of one.
 */
// prettier-ignore
const EXPM1: usize = memory.data<f32>([1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1]);
/** ln 2 in two parts. */
const LN2: usize = memory.data<f32>([0.693359375, -2.1219444e-4]);
/** 1 / ln 2, and 3 * 2^22: added to a number below 2^22, that leaves the nearest whole number in the last bits. */
const ROUND: usize = memory.data<f32>([1.4426950408889634, 12582912]);
/** Where exp4 begins and ends. */
const RANGE: usize = memory.data<f32>([-87, 88]);
// prettier-ignore
const LOG1P: usize = memory.data<f32>([2.0 / 13.0, 2.0 / 11.0, 2.0 / 9.0, 2.0 / 7.0, 2.0 / 5.0, 2.0 / 3.0, 2]);
// prettier-ignore
const ERFC: usize = memory.data<f32>([0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368, -1.26551223]);
/** 0, 1/2, 1, 2 */
const HALVES: usize = memory.data<f32>([0, 0.5, 1, 2]);

/** Number i of a table, in all four lanes. */
function lanes(table: usize, i: i32): v128 {
  return v128.load32_splat(table + i * 4);
}

/** One step of Horner's rule: p x + coefficient i. */
function next(p: v128, x: v128, table: usize, i: i32): v128 {
  return f32x4.add(f32x4.mul(p, x), lanes(table, i));
}

/** x - n ln 2, in two parts, so that the product with a whole number loses nothing. */
function remainder(x: v128, n: v128): v128 {
  const r = f32x4.sub(x, f32x4.mul(n, lanes(LN2, 0)));
  return f32x4.sub(r, f32x4.mul(n, lanes(LN2, 1)));
}

/** exp(r) - 1 for |r| <= ln 2 / 2: a polynomial of degree 7, after Cephes' `expf`. */
function expm1Near0(r: v128): v128 {
  let p = lanes(EXPM1, 0);
  p = next(p, r, EXPM1, 1);
  p = next(p, r, EXPM1, 2);
  p = next(p, r, EXPM1, 3);
  p = next(p, r, EXPM1, 4);
  p = next(p, r, EXPM1, 5);
  return f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r);
}

/** 2^n, from n + ROUND with n from -126 to 127. */
function powerOf2(rounded: v128): v128 {
  return i32x4.add(i32x4.shl(rounded, 23), i32x4.splat(0x3f800000));
}

/** Within what exp4 can show; NaN stays NaN. (`pmin` and `pmax` are one instruction each, `min` and `max` are eight.) */
function inRange(x: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, lanes(RANGE, 0)), lanes(RANGE, 1));
}

/** x / ln 2, rounded, plus ROUND. */
function roundedPower(x: v128): v128 {
  return f32x4.add(f32x4.mul(x, lanes(ROUND, 0)), lanes(ROUND, 1));
}

/**
 * exp(x): x = n ln 2 + r, a polynomial in r, then n added to the exponent. Error 1e-7 on [-87, 88]; below it is 0,
 * above it stays at exp(88).
 */
export function exp4(x: v128): v128 {
  const low = f32x4.lt(x, lanes(RANGE, 0));
  const inside = inRange(x);
  const rounded = roundedPower(inside);
  const n = f32x4.sub(rounded, lanes(ROUND, 1));
  const e = f32x4.add(expm1Near0(remainder(inside, n)), lanes(HALVES, 2));
  return v128.andnot(f32x4.mul(e, powerOf2(rounded)), low);
}

/** exp(x) - 1, exact to 1e-7 also where exp(x) is nearly 1. */
export function expm1_4(x: v128): v128 {
  const inside = inRange(x);
  const rounded = roundedPower(inside);
  const n = f32x4.sub(rounded, lanes(ROUND, 1));
  const power = powerOf2(rounded);
  const rest = f32x4.sub(power, lanes(HALVES, 2));
  return f32x4.add(f32x4.mul(expm1Near0(remainder(inside, n)), power), rest);
}

/** log(1 + e) for e in [0, 1] as 2 artanh(e / (2 + e)), a series in odd powers. Error 2e-7. */
export function log1p4(e: v128): v128 {
  const s = f32x4.div(e, f32x4.add(e, lanes(HALVES, 3)));
  const t = f32x4.mul(s, s);
  let p = lanes(LOG1P, 0);
  p = next(p, t, LOG1P, 1);
  p = next(p, t, LOG1P, 2);
  p = next(p, t, LOG1P, 3);
  p = next(p, t, LOG1P, 4);
  p = next(p, t, LOG1P, 5);
  p = next(p, t, LOG1P, 6);
  return f32x4.mul(p, s);
}

/** log(x) for x >= 1: x = 2^n m with m between sqrt(1/2) and sqrt(2), and log1p4 of m - 1. Error 2e-7, also next to 1. */
export function log4(x: v128): v128 {
  const bits = i32x4.sub(x, i32x4.splat(0x3f3504f3));
  const n = i32x4.shr_s(bits, 23);
  const m = i32x4.sub(x, i32x4.shl(n, 23));
  const power = f32x4.convert_i32x4_s(n);
  const rest = f32x4.add(log1p4(f32x4.sub(m, lanes(HALVES, 2))), f32x4.mul(power, lanes(LN2, 1)));
  return f32x4.add(rest, f32x4.mul(power, lanes(LN2, 0)));
}

/** 1 / (1 + exp(-x)). Error 1.5e-7 on [-87, inf). */
export function sigmoid4(x: v128): v128 {
  const one = lanes(HALVES, 2);
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(x))));
}

/** tanh(x) from u = exp(-2 |x|) - 1 as -u / (u + 2), with the sign of x. Error 2e-7 everywhere. */
export function tanh4(x: v128): v128 {
  const sign = v128.and(x, f32x4.splat(-0.0));
  const u = expm1_4(f32x4.mul(f32x4.abs(x), f32x4.splat(-2)));
  return v128.or(f32x4.div(f32x4.neg(u), f32x4.add(u, lanes(HALVES, 3))), sign);
}

/** Density of the standard normal distribution at z. */
export function normalDensity4(z: v128): v128 {
  const half = f32x4.mul(f32x4.mul(z, z), f32x4.splat(-0.5));
  return f32x4.mul(exp4(half), f32x4.splat(0.3989422804014327));
}

/**
 * The share of the standard normal distribution below z, (1 + erf(z / sqrt 2)) / 2, without the cancellation of that
 * form: erfc(x) = t exp(-x^2 + p(t)), t = 1 / (1 + x / 2) for x >= 0 (Numerical Recipes, `erfcc`). Error 7.5e-7 for
 * z >= -3; below it 6e-8 z^2, since exp multiplies what its argument loses.
 */
export function normalCdf4(z: v128): v128 {
  const one = lanes(HALVES, 2);
  const x = f32x4.mul(f32x4.abs(z), f32x4.splat(0.7071067811865476));
  const t = f32x4.div(one, f32x4.add(one, f32x4.mul(x, lanes(HALVES, 1))));
  let p = lanes(ERFC, 0);
  p = next(p, t, ERFC, 1);
  p = next(p, t, ERFC, 2);
  p = next(p, t, ERFC, 3);
  p = next(p, t, ERFC, 4);
  p = next(p, t, ERFC, 5);
  p = next(p, t, ERFC, 6);
  p = next(p, t, ERFC, 7);
  p = next(p, t, ERFC, 8);
  p = next(p, t, ERFC, 9);
  const half = f32x4.mul(f32x4.mul(z, z), f32x4.splat(-0.5));
  const tail = f32x4.mul(f32x4.mul(t, lanes(HALVES, 1)), exp4(f32x4.add(half, p)));
  return v128.bitselect(tail, f32x4.sub(one, tail), f32x4.lt(z, lanes(HALVES, 0)));
}
