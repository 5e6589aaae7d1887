/** w = w - alpha g, for n numbers, n a multiple of 4 (as everywhere below). */
export function gradientDescent(n: i32, alpha: f32, w: usize, g: usize): void {
  const rate = f32x4.splat(alpha);
  for (let at: i32 = 0; at < n * 4; at += 16) {
    v128.store(w + at, f32x4.sub(v128.load(w + at), f32x4.mul(rate, v128.load(g + at))));
  }
}

/** v = beta v + fresh g, w = w - alpha v. */
export function momentum(
  n: i32,
  alpha: f32,
  beta: f32,
  fresh: f32,
  w: usize,
  g: usize,
  v: usize
): void {
  const rate = f32x4.splat(alpha);
  const past = f32x4.splat(beta);
  const now = f32x4.splat(fresh);
  for (let at: i32 = 0; at < n * 4; at += 16) {
    const velocity = f32x4.add(
      f32x4.mul(past, v128.load(v + at)),
      f32x4.mul(now, v128.load(g + at))
    );
    v128.store(v + at, velocity);
    v128.store(w + at, f32x4.sub(v128.load(w + at), f32x4.mul(rate, velocity)));
  }
}

/**
 * Adam. `alpha` holds 1 / (1 - beta1^t), and `root` is 1 / sqrt(1 - beta2^t), both found in double precision.
 */
export function adam(
  n: i32,
  alpha: f32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
  root: f32,
  w: usize,
  g: usize,
  m: usize,
  v: usize
): void {
  const rate = f32x4.splat(alpha);
  const b1 = f32x4.splat(beta1);
  const b2 = f32x4.splat(beta2);
  const f1 = f32x4.splat(<f32>(1.0 - <f64>beta1));
  const f2 = f32x4.splat(<f32>(1.0 - <f64>beta2));
  const e = f32x4.splat(epsilon);
  const r = f32x4.splat(root);
  for (let at: i32 = 0; at < n * 4; at += 16) {
    const gradient = v128.load(g + at);
    const first = f32x4.add(f32x4.mul(b1, v128.load(m + at)), f32x4.mul(f1, gradient));
    const second = f32x4.add(
      f32x4.mul(b2, v128.load(v + at)),
      f32x4.mul(f32x4.mul(f2, gradient), gradient)
    );
    v128.store(m + at, first);
    v128.store(v + at, second);
    const step = f32x4.div(first, f32x4.add(f32x4.mul(f32x4.sqrt(second), r), e));
    v128.store(w + at, f32x4.sub(v128.load(w + at), f32x4.mul(rate, step)));
  }
}
