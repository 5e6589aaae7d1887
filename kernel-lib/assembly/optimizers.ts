/**
 * Each rule moves n numbers w against their gradients g; n is a multiple of 4. `decay` times w is added to the
 * gradient (weight decay as L2 regularization); 0 leaves it as it is, bit by bit.
 */
function decayed(w: usize, g: usize, decay: v128): v128 {
  return f32x4.add(v128.load(g), f32x4.mul(decay, v128.load(w)));
}

/** w = w - rate step. */
function move(w: usize, rate: v128, step: v128): void {
  v128.store(w, f32x4.sub(v128.load(w), f32x4.mul(rate, step)));
}

/** w = w - alpha g. */
export function gradientDescent(n: i32, alpha: f32, decay: f32, w: usize, g: usize): void {
  const rate = f32x4.splat(alpha);
  const l2 = f32x4.splat(decay);
  for (let at: i32 = 0; at < n * 4; at += 16) {
    move(w + at, rate, decayed(w + at, g + at, l2));
  }
}

/** v = beta v + fresh g, w = w - alpha v; Nesterov's form goes along g + beta v instead. */
export function momentum(
  n: i32,
  alpha: f32,
  beta: f32,
  fresh: f32,
  nesterov: bool,
  decay: f32,
  w: usize,
  g: usize,
  v: usize
): void {
  const rate = f32x4.splat(alpha);
  const past = f32x4.splat(beta);
  const now = f32x4.splat(fresh);
  const l2 = f32x4.splat(decay);
  for (let at: i32 = 0; at < n * 4; at += 16) {
    const gradient = decayed(w + at, g + at, l2);
    const velocity = f32x4.add(f32x4.mul(past, v128.load(v + at)), f32x4.mul(now, gradient));
    v128.store(v + at, velocity);
    move(w + at, rate, nesterov ? f32x4.add(gradient, f32x4.mul(past, velocity)) : velocity);
  }
}

/** s = past s + (1 - past) g^2, w = w - alpha g / (sqrt(s) + epsilon). */
export function rmsProp(
  n: i32,
  alpha: f32,
  past: f64,
  epsilon: f32,
  decay: f32,
  w: usize,
  g: usize,
  s: usize
): void {
  const rate = f32x4.splat(alpha);
  const old = f32x4.splat(<f32>past);
  const fresh = f32x4.splat(<f32>(1.0 - past));
  const e = f32x4.splat(epsilon);
  const l2 = f32x4.splat(decay);
  for (let at: i32 = 0; at < n * 4; at += 16) {
    const gradient = decayed(w + at, g + at, l2);
    const squares = f32x4.add(
      f32x4.mul(old, v128.load(s + at)),
      f32x4.mul(f32x4.mul(fresh, gradient), gradient)
    );
    v128.store(s + at, squares);
    move(w + at, rate, f32x4.div(gradient, f32x4.add(f32x4.sqrt(squares), e)));
  }
}

@unmanaged
class Adam {
  /** Compiled twice, so that without weight decay (`decays` false) nothing is spent on it. */
  @inline
  static sweep(
    decays: bool,
    n: i32,
    alpha: f32,
    beta1: f64,
    beta2: f64,
    epsilon: f32,
    root: f32,
    decay: f32,
    keep: f32,
    w: usize,
    g: usize,
    m: usize,
    v: usize
  ): void {
    const rate = f32x4.splat(alpha);
    const b1 = f32x4.splat(<f32>beta1);
    const b2 = f32x4.splat(<f32>beta2);
    const f1 = f32x4.splat(<f32>(1.0 - beta1));
    const f2 = f32x4.splat(<f32>(1.0 - beta2));
    const e = f32x4.splat(epsilon);
    const r = f32x4.splat(root);
    const l2 = f32x4.splat(decay);
    const kept = f32x4.splat(keep);
    for (let at: i32 = 0; at < n * 4; at += 16) {
      const gradient = decays ? decayed(w + at, g + at, l2) : v128.load(g + at);
      const first = f32x4.add(f32x4.mul(b1, v128.load(m + at)), f32x4.mul(f1, gradient));
      const second = f32x4.add(
        f32x4.mul(b2, v128.load(v + at)),
        f32x4.mul(f32x4.mul(f2, gradient), gradient)
      );
      v128.store(m + at, first);
      v128.store(v + at, second);
      const step = f32x4.div(first, f32x4.add(f32x4.mul(f32x4.sqrt(second), r), e));
      const weight = v128.load(w + at);
      v128.store(
        w + at,
        f32x4.sub(decays ? f32x4.mul(kept, weight) : weight, f32x4.mul(rate, step))
      );
    }
  }
}

/**
 * Adam. `alpha` holds 1 / (1 - beta1^t), and `root` is 1 / sqrt(1 - beta2^t), both found in double precision. AdamW
 * has `decay` 0 and first shortens w to `keep` of itself; 1 leaves it as it is.
 */
export function adam(
  n: i32,
  alpha: f32,
  beta1: f64,
  beta2: f64,
  epsilon: f32,
  root: f32,
  decay: f32,
  keep: f32,
  w: usize,
  g: usize,
  m: usize,
  v: usize
): void {
  if (decay == 0 && keep == 1) {
    Adam.sweep(false, n, alpha, beta1, beta2, epsilon, root, 0, 1, w, g, m, v);
  } else {
    Adam.sweep(true, n, alpha, beta1, beta2, epsilon, root, decay, keep, w, g, m, v);
  }
}

/** The sum of squares of n numbers, in double precision. */
export function squaredNorm(n: i32, g: usize): f64 {
  let sum = f64x2.splat(0);
  for (let at: i32 = 0; at < n * 4; at += 8) {
    const d = f64x2.promote_low_f32x4(v128.load64_zero(g + at));
    sum = f64x2.add(sum, f64x2.mul(d, d));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** g = factor g. */
export function scale(n: i32, factor: f32, g: usize): void {
  const by = f32x4.splat(factor);
  for (let at: i32 = 0; at < n * 4; at += 16) {
    v128.store(g + at, f32x4.mul(v128.load(g + at), by));
  }
}

/** g limited to [-limit, limit]; NaN stays NaN. */
export function clampEach(n: i32, limit: f32, g: usize): void {
  const high = f32x4.splat(limit);
  const low = f32x4.splat(-limit);
  for (let at: i32 = 0; at < n * 4; at += 16) {
    v128.store(g + at, f32x4.min(f32x4.max(v128.load(g + at), low), high));
  }
}

/**
 * Shortens every column of w (inputs, units) that is longer than `limit` to that length, as `torch.renorm`. Row by
 * row, in the order of the memory; `factors` has room for `units` numbers.
 */
export function shortenColumns(
  inputs: i32,
  units: i32,
  w: usize,
  limit: f32,
  factors: usize
): void {
  memory.fill(factors, 0, units * 4);
  for (let i: i32 = 0; i < inputs; i++) {
    for (let j: i32 = 0; j < units; j++) {
      const value = load<f32>(w + (i * units + j) * 4);
      store<f32>(factors + j * 4, load<f32>(factors + j * 4) + value * value);
    }
  }
  for (let j: i32 = 0; j < units; j++) {
    const norm = sqrt<f32>(load<f32>(factors + j * 4));
    store<f32>(factors + j * 4, norm > limit ? limit / (norm + 1e-7) : 1);
  }
  for (let i: i32 = 0; i < inputs; i++) {
    for (let j: i32 = 0; j < units; j++) {
      const at = w + (i * units + j) * 4;
      store<f32>(at, load<f32>(at) * load<f32>(factors + j * 4));
    }
  }
}
