import { madd } from './simd';

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
  const share = f32x4.splat(<f32>(1.0 / <f64>rows));
  for (let j: i32 = 0; j < n; j += 4) {
    let sum = f32x4.splat(0);
    let at = z + j * 4;
    for (let i: i32 = 0; i < rows; i++) {
      sum = f32x4.add(sum, v128.load(at));
      at += row;
    }
    const mu = f32x4.mul(sum, share);
    let squares = f32x4.splat(0);
    at = z + j * 4;
    for (let i: i32 = 0; i < rows; i++) {
      const d = f32x4.sub(v128.load(at), mu);
      squares = madd(d, d, squares);
      at += row;
    }
    v128.store(mean + j * 4, mu);
    v128.store(variance + j * 4, f32x4.mul(squares, share));
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
  const one = f32x4.splat(1);
  for (let j: i32 = 0; j < n; j += 4) {
    const mu = v128.load(mean + j * 4);
    const scale = f32x4.div(
      one,
      f32x4.sqrt(f32x4.add(v128.load(variance + j * 4), f32x4.splat(epsilon)))
    );
    const g = v128.load(gamma + j * 4);
    const b = v128.load(beta + j * 4);
    let at = j * 4;
    for (let i: i32 = 0; i < rows; i++) {
      const x = f32x4.mul(f32x4.sub(v128.load(z + at), mu), scale);
      v128.store(zNorm + at, x);
      v128.store(out + at, madd(g, x, b));
      at += row;
    }
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
  const share = f32x4.splat(<f32>(1.0 / <f64>rows));
  for (let j: i32 = 0; j < n; j += 4) {
    let sum = f32x4.splat(0);
    let product = f32x4.splat(0);
    let at = j * 4;
    for (let i: i32 = 0; i < rows; i++) {
      const d = v128.load(dOut + at);
      sum = f32x4.add(sum, d);
      product = madd(d, v128.load(zNorm + at), product);
      at += row;
    }
    v128.store(dBeta + j * 4, sum);
    v128.store(dGamma + j * 4, product);
    if (!dz) continue;
    const root = f32x4.sqrt(f32x4.add(v128.load(variance + j * 4), f32x4.splat(epsilon)));
    const scale = f32x4.div(v128.load(gamma + j * 4), root);
    const meanSum = f32x4.mul(sum, share);
    const meanProduct = f32x4.mul(product, share);
    at = j * 4;
    for (let i: i32 = 0; i < rows; i++) {
      const rest = f32x4.sub(
        f32x4.sub(v128.load(dOut + at), meanSum),
        f32x4.mul(v128.load(zNorm + at), meanProduct)
      );
      v128.store(dz + at, f32x4.mul(scale, rest));
      at += row;
    }
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
