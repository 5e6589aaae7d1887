/**
 * Elementary functions of four numbers. Products and sums stay apart in every build, so that all builds give the
 * same bits. Errors are relative, measured against double precision.
 */

/** ln 2 in two parts, so that the product with a whole number loses nothing. */
function remainder(x: v128, n: v128): v128 {
  const r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  return f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
}

/** exp(r) - 1 for |r| <= ln 2 / 2: a polynomial of degree 7, after Cephes' `expf`. */
function expm1Near0(r: v128): v128 {
  let p = f32x4.splat(1.98756915e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  return f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r);
}

/** 2^n for whole numbers n from -126 to 127. */
function powerOf2(n: v128): v128 {
  return i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
}

/** Within what exp4 can show; NaN stays NaN. */
function inRange(x: v128): v128 {
  return f32x4.min(f32x4.max(x, f32x4.splat(-87.0)), f32x4.splat(88.0));
}

/**
 * exp(x): x = n ln 2 + r, a polynomial in r, then n added to the exponent. Error 1e-7 on [-87, 88]; below it is 0,
 * above it stays at exp(88).
 */
export function exp4(x: v128): v128 {
  const low = f32x4.lt(x, f32x4.splat(-87.0));
  const inside = inRange(x);
  const n = f32x4.nearest(f32x4.mul(inside, f32x4.splat(1.4426950408889634)));
  const e = f32x4.add(expm1Near0(remainder(inside, n)), f32x4.splat(1));
  return v128.andnot(f32x4.mul(e, powerOf2(n)), low);
}

/** exp(x) - 1, exact to 1e-7 also where exp(x) is nearly 1. */
export function expm1_4(x: v128): v128 {
  const inside = inRange(x);
  const n = f32x4.nearest(f32x4.mul(inside, f32x4.splat(1.4426950408889634)));
  const power = powerOf2(n);
  const rest = f32x4.sub(power, f32x4.splat(1));
  return f32x4.add(f32x4.mul(expm1Near0(remainder(inside, n)), power), rest);
}

/** log(1 + e) for e in [0, 1] as 2 artanh(e / (2 + e)), a series in odd powers. Error 2e-7. */
export function log1p4(e: v128): v128 {
  const s = f32x4.div(e, f32x4.add(e, f32x4.splat(2)));
  const t = f32x4.mul(s, s);
  let p = f32x4.splat(2.0 / 13.0);
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(2.0 / 11.0));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(2.0 / 9.0));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(2.0 / 7.0));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(2.0 / 5.0));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(2.0 / 3.0));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(2));
  return f32x4.mul(p, s);
}

/** log(x) for x >= 1: x = 2^n m with m between sqrt(1/2) and sqrt(2), and log1p4 of m - 1. Error 2e-7, also next to 1. */
export function log4(x: v128): v128 {
  const bits = i32x4.sub(x, i32x4.splat(0x3f3504f3));
  const n = i32x4.shr_s(bits, 23);
  const m = i32x4.sub(x, i32x4.shl(n, 23));
  const power = f32x4.convert_i32x4_s(n);
  const rest = f32x4.add(
    log1p4(f32x4.sub(m, f32x4.splat(1))),
    f32x4.mul(power, f32x4.splat(-2.1219444e-4))
  );
  return f32x4.add(rest, f32x4.mul(power, f32x4.splat(0.693359375)));
}

/** 1 / (1 + exp(-x)). Error 1.5e-7 on [-87, inf). */
export function sigmoid4(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(x))));
}

/** tanh(x) from u = exp(-2 |x|) - 1 as -u / (u + 2), with the sign of x. Error 2e-7 everywhere. */
export function tanh4(x: v128): v128 {
  const sign = v128.and(x, f32x4.splat(-0.0));
  const u = expm1_4(f32x4.mul(f32x4.abs(x), f32x4.splat(-2)));
  return v128.or(f32x4.div(f32x4.neg(u), f32x4.add(u, f32x4.splat(2))), sign);
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
  const one = f32x4.splat(1);
  const x = f32x4.mul(f32x4.abs(z), f32x4.splat(0.7071067811865476));
  const t = f32x4.div(one, f32x4.add(one, f32x4.mul(x, f32x4.splat(0.5))));
  let p = f32x4.splat(0.17087277);
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-0.82215223));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1.48851587));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-1.13520398));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.27886807));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-0.18628806));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.09678418));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.37409196));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1.00002368));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-1.26551223));
  const half = f32x4.mul(f32x4.mul(z, z), f32x4.splat(-0.5));
  const tail = f32x4.mul(f32x4.mul(t, f32x4.splat(0.5)), exp4(f32x4.add(half, p)));
  return v128.bitselect(tail, f32x4.sub(one, tail), f32x4.lt(z, f32x4.splat(0)));
}
