import { madd } from './simd';

// Columns are walked in strips of 16, whole cache lines, and what is left of them in strips of 4. The bodies are put into
// both loops with the number of vectors as a constant; their loads and stores come in pairs that V8 can join.

/** Strips of columns: their first vector, and three more if `whole`, which is a constant where this is called. */
@unmanaged
class Strip {
  @inline
  static moments(whole: bool, rows: i32, z: usize, row: i32, mean: usize, variance: usize): void {
    const none = f32x4.splat(0);
    const share = f32x4.splat(<f32>(1.0 / <f64>rows));
    let sum0 = none;
    let sum1 = none;
    let sum2 = none;
    let sum3 = none;
    let at = z;
    for (let i: i32 = 0; i < rows; i++) {
      sum0 = f32x4.add(sum0, v128.load(at, 0));
      if (whole) {
        sum1 = f32x4.add(sum1, v128.load(at, 16));
        sum2 = f32x4.add(sum2, v128.load(at, 32));
        sum3 = f32x4.add(sum3, v128.load(at, 48));
      }
      at += row;
    }
    const mu0 = f32x4.mul(sum0, share);
    const mu1 = f32x4.mul(sum1, share);
    const mu2 = f32x4.mul(sum2, share);
    const mu3 = f32x4.mul(sum3, share);
    let squares0 = none;
    let squares1 = none;
    let squares2 = none;
    let squares3 = none;
    at = z;
    for (let i: i32 = 0; i < rows; i++) {
      const d0 = f32x4.sub(v128.load(at), mu0);
      squares0 = madd(d0, d0, squares0);
      if (whole) {
        const d1 = f32x4.sub(v128.load(at, 16), mu1);
        const d2 = f32x4.sub(v128.load(at, 32), mu2);
        const d3 = f32x4.sub(v128.load(at, 48), mu3);
        squares1 = madd(d1, d1, squares1);
        squares2 = madd(d2, d2, squares2);
        squares3 = madd(d3, d3, squares3);
      }
      at += row;
    }
    v128.store(mean, mu0, 0);
    if (whole) {
      v128.store(mean, mu1, 16);
      v128.store(mean, mu2, 32);
      v128.store(mean, mu3, 48);
    }
    v128.store(variance, f32x4.mul(squares0, share), 0);
    if (whole) {
      v128.store(variance, f32x4.mul(squares1, share), 16);
      v128.store(variance, f32x4.mul(squares2, share), 32);
      v128.store(variance, f32x4.mul(squares3, share), 48);
    }
  }

  @inline
  static normalize(
    whole: bool,
    rows: i32,
    z: usize,
    row: i32,
    mean: usize,
    variance: usize,
    gamma: usize,
    beta: usize,
    epsilon: f32,
    zNorm: usize,
    out: usize
  ): void {
    const none = f32x4.splat(0);
    const one = f32x4.splat(1);
    const e = f32x4.splat(epsilon);
    const mu0 = v128.load(mean, 0);
    const mu1 = whole ? v128.load(mean, 16) : none;
    const mu2 = whole ? v128.load(mean, 32) : none;
    const mu3 = whole ? v128.load(mean, 48) : none;
    const scale0 = f32x4.div(one, f32x4.sqrt(f32x4.add(v128.load(variance, 0), e)));
    const scale1 = whole ? f32x4.div(one, f32x4.sqrt(f32x4.add(v128.load(variance, 16), e))) : none;
    const scale2 = whole ? f32x4.div(one, f32x4.sqrt(f32x4.add(v128.load(variance, 32), e))) : none;
    const scale3 = whole ? f32x4.div(one, f32x4.sqrt(f32x4.add(v128.load(variance, 48), e))) : none;
    const g0 = v128.load(gamma, 0);
    const g1 = whole ? v128.load(gamma, 16) : none;
    const g2 = whole ? v128.load(gamma, 32) : none;
    const g3 = whole ? v128.load(gamma, 48) : none;
    const b0 = v128.load(beta, 0);
    const b1 = whole ? v128.load(beta, 16) : none;
    const b2 = whole ? v128.load(beta, 32) : none;
    const b3 = whole ? v128.load(beta, 48) : none;
    for (let i: i32 = 0; i < rows; i++) {
      const x0 = f32x4.mul(f32x4.sub(v128.load(z), mu0), scale0);
      const x1 = whole ? f32x4.mul(f32x4.sub(v128.load(z, 16), mu1), scale1) : none;
      const x2 = whole ? f32x4.mul(f32x4.sub(v128.load(z, 32), mu2), scale2) : none;
      const x3 = whole ? f32x4.mul(f32x4.sub(v128.load(z, 48), mu3), scale3) : none;
      v128.store(zNorm, x0, 0);
      if (whole) {
        v128.store(zNorm, x1, 16);
        v128.store(zNorm, x2, 32);
        v128.store(zNorm, x3, 48);
      }
      v128.store(out, madd(g0, x0, b0), 0);
      if (whole) {
        v128.store(out, madd(g1, x1, b1), 16);
        v128.store(out, madd(g2, x2, b2), 32);
        v128.store(out, madd(g3, x3, b3), 48);
      }
      z += row;
      zNorm += row;
      out += row;
    }
  }

  @inline
  static backward(
    whole: bool,
    rows: i32,
    dOut: usize,
    row: i32,
    zNorm: usize,
    variance: usize,
    gamma: usize,
    epsilon: f32,
    dGamma: usize,
    dBeta: usize,
    dz: usize
  ): void {
    const none = f32x4.splat(0);
    let sum0 = none;
    let sum1 = none;
    let sum2 = none;
    let sum3 = none;
    let product0 = none;
    let product1 = none;
    let product2 = none;
    let product3 = none;
    let d = dOut;
    let x = zNorm;
    for (let i: i32 = 0; i < rows; i++) {
      const d0 = v128.load(d);
      sum0 = f32x4.add(sum0, d0);
      product0 = madd(d0, v128.load(x), product0);
      if (whole) {
        const d1 = v128.load(d, 16);
        const d2 = v128.load(d, 32);
        const d3 = v128.load(d, 48);
        sum1 = f32x4.add(sum1, d1);
        sum2 = f32x4.add(sum2, d2);
        sum3 = f32x4.add(sum3, d3);
        product1 = madd(d1, v128.load(x, 16), product1);
        product2 = madd(d2, v128.load(x, 32), product2);
        product3 = madd(d3, v128.load(x, 48), product3);
      }
      d += row;
      x += row;
    }
    v128.store(dBeta, sum0, 0);
    if (whole) {
      v128.store(dBeta, sum1, 16);
      v128.store(dBeta, sum2, 32);
      v128.store(dBeta, sum3, 48);
    }
    v128.store(dGamma, product0, 0);
    if (whole) {
      v128.store(dGamma, product1, 16);
      v128.store(dGamma, product2, 32);
      v128.store(dGamma, product3, 48);
    }
    if (!dz) return;
    const e = f32x4.splat(epsilon);
    const share = f32x4.splat(<f32>(1.0 / <f64>rows));
    const scale0 = f32x4.div(v128.load(gamma, 0), f32x4.sqrt(f32x4.add(v128.load(variance, 0), e)));
    const scale1 = whole
      ? f32x4.div(v128.load(gamma, 16), f32x4.sqrt(f32x4.add(v128.load(variance, 16), e)))
      : none;
    const scale2 = whole
      ? f32x4.div(v128.load(gamma, 32), f32x4.sqrt(f32x4.add(v128.load(variance, 32), e)))
      : none;
    const scale3 = whole
      ? f32x4.div(v128.load(gamma, 48), f32x4.sqrt(f32x4.add(v128.load(variance, 48), e)))
      : none;
    sum0 = f32x4.mul(sum0, share);
    sum1 = f32x4.mul(sum1, share);
    sum2 = f32x4.mul(sum2, share);
    sum3 = f32x4.mul(sum3, share);
    product0 = f32x4.mul(product0, share);
    product1 = f32x4.mul(product1, share);
    product2 = f32x4.mul(product2, share);
    product3 = f32x4.mul(product3, share);
    for (let i: i32 = 0; i < rows; i++) {
      const r0 = f32x4.sub(
        f32x4.sub(v128.load(dOut, 0), sum0),
        f32x4.mul(v128.load(zNorm, 0), product0)
      );
      const r1 = whole
        ? f32x4.sub(f32x4.sub(v128.load(dOut, 16), sum1), f32x4.mul(v128.load(zNorm, 16), product1))
        : none;
      const r2 = whole
        ? f32x4.sub(f32x4.sub(v128.load(dOut, 32), sum2), f32x4.mul(v128.load(zNorm, 32), product2))
        : none;
      const r3 = whole
        ? f32x4.sub(f32x4.sub(v128.load(dOut, 48), sum3), f32x4.mul(v128.load(zNorm, 48), product3))
        : none;
      v128.store(dz, f32x4.mul(scale0, r0), 0);
      if (whole) {
        v128.store(dz, f32x4.mul(scale1, r1), 16);
        v128.store(dz, f32x4.mul(scale2, r2), 32);
        v128.store(dz, f32x4.mul(scale3, r3), 48);
      }
      dOut += row;
      zNorm += row;
      dz += row;
    }
  }
}

/**
 * Mean and biased variance of each column of z (rows, n), n a multiple of 4. Two passes: large means must
 * not swallow small variances. `row` is the stride in bytes.
 */
export function batchMoments(
  rows: i32,
  n: i32,
  z: usize,
  row: i32,
  mean: usize,
  variance: usize
): void {
  const whole = n & ~15;
  for (let j: i32 = 0; j < whole; j += 16) {
    Strip.moments(true, rows, z + j * 4, row, mean + j * 4, variance + j * 4);
  }
  for (let j = whole; j < n; j += 4) {
    Strip.moments(false, rows, z + j * 4, row, mean + j * 4, variance + j * 4);
  }
}

/** zNorm = (z - mean) / sqrt(variance + epsilon), out = gamma zNorm + beta. */
export function normalize(
  rows: i32,
  n: i32,
  z: usize,
  row: i32,
  mean: usize,
  variance: usize,
  gamma: usize,
  beta: usize,
  epsilon: f32,
  zNorm: usize,
  out: usize
): void {
  const whole = n & ~15;
  for (let at: i32 = 0; at < whole * 4; at += 64) {
    Strip.normalize(
      true,
      rows,
      z + at,
      row,
      mean + at,
      variance + at,
      gamma + at,
      beta + at,
      epsilon,
      zNorm + at,
      out + at
    );
  }
  for (let at = whole * 4; at < n * 4; at += 16) {
    Strip.normalize(
      false,
      rows,
      z + at,
      row,
      mean + at,
      variance + at,
      gamma + at,
      beta + at,
      epsilon,
      zNorm + at,
      out + at
    );
  }
}

/**
 * Back through the batch's own mean and variance: dbeta = sum dOut, dgamma = sum dOut zNorm,
 * dz = gamma / sqrt(variance + epsilon) (dOut - dbeta / m - zNorm dgamma / m). `dz` may be `dOut` itself;
 * 0 where nobody asks for it.
 */
export function normalizeBackward(
  rows: i32,
  n: i32,
  dOut: usize,
  row: i32,
  zNorm: usize,
  variance: usize,
  gamma: usize,
  epsilon: f32,
  dGamma: usize,
  dBeta: usize,
  dz: usize
): void {
  const whole = n & ~15;
  for (let at: i32 = 0; at < whole * 4; at += 64) {
    const target = dz ? dz + at : 0;
    Strip.backward(
      true,
      rows,
      dOut + at,
      row,
      zNorm + at,
      variance + at,
      gamma + at,
      epsilon,
      dGamma + at,
      dBeta + at,
      target
    );
  }
  for (let at = whole * 4; at < n * 4; at += 16) {
    const target = dz ? dz + at : 0;
    Strip.backward(
      false,
      rows,
      dOut + at,
      row,
      zNorm + at,
      variance + at,
      gamma + at,
      epsilon,
      dGamma + at,
      dBeta + at,
      target
    );
  }
}

/** running = decay * running + (1 - decay) * batch, for n numbers, n a multiple of 4. */
export function settle(n: i32, decay: f32, batch: usize, running: usize): void {
  const past = f32x4.splat(decay);
  const fresh = f32x4.splat(1 - decay);
  for (let at: i32 = 0; at < n * 4; at += 16) {
    const kept = f32x4.mul(past, v128.load(running + at));
    v128.store(running + at, f32x4.add(kept, f32x4.mul(fresh, v128.load(batch + at))));
  }
}
