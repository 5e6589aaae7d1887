import { exp4, horizontalSum } from './simd';

/** a = max(0, z), for n numbers, n a multiple of 4. */
export function relu(n: i32, z: usize, a: usize): void {
  const zero = f32x4.splat(0);
  for (let at: i32 = 0; at < n * 4; at += 16) {
    v128.store(a + at, f32x4.pmax(zero, v128.load(z + at)));
  }
}

/** dz = da where z > 0, else 0. */
export function reluBackward(n: i32, z: usize, da: usize, dz: usize): void {
  const zero = f32x4.splat(0);
  for (let at: i32 = 0; at < n * 4; at += 16) {
    v128.store(dz + at, v128.and(v128.load(da + at), f32x4.gt(v128.load(z + at), zero)));
  }
}

/**
 * Probabilities of each row, and in `sums` and `shifts` the sum of exponentials and the row's maximum, from which
 * the loss is found: log(sum) - (z[label] - max). Columns from `classes` on to the padded width `n` get 0.
 */
export function softmaxRows(
  rows: i32,
  classes: i32,
  n: i32,
  z: usize,
  row: i32,
  a: usize,
  sums: usize,
  shifts: usize
): void {
  for (let i: i32 = 0; i < rows; i++) {
    const zRow = z + i * row;
    const aRow = a + i * row;
    let max = load<f32>(zRow);
    for (let j: i32 = 1; j < classes; j++) {
      max = Mathf.max(max, load<f32>(zRow + j * 4));
    }
    for (let j: i32 = classes; j < n; j++) {
      store<f32>(zRow + j * 4, -1e30);
    }
    const shift = f32x4.splat(max);
    let sum = f32x4.splat(0);
    for (let at: i32 = 0; at < n * 4; at += 16) {
      const e = exp4(f32x4.sub(v128.load(zRow + at), shift));
      v128.store(aRow + at, e);
      sum = f32x4.add(sum, e);
    }
    const total = horizontalSum(sum);
    const share = f32x4.splat(1 / total);
    for (let at: i32 = 0; at < n * 4; at += 16) {
      v128.store(aRow + at, f32x4.mul(v128.load(aRow + at), share));
    }
    store<f32>(sums + i * 4, total);
    store<f32>(shifts + i * 4, max);
  }
}

/** dz = (a - onehot(label)) / rows: softmax and cross-entropy together. */
export function softmaxCrossEntropyBackward(
  rows: i32,
  n: i32,
  a: usize,
  row: i32,
  labels: usize,
  dz: usize
): void {
  const each = <f32>(1.0 / <f64>rows);
  const share = f32x4.splat(each);
  for (let i: i32 = 0; i < rows; i++) {
    for (let at: i32 = 0; at < n * 4; at += 16) {
      v128.store(dz + i * row + at, f32x4.mul(v128.load(a + i * row + at), share));
    }
    const hit = dz + i * row + load<i32>(labels + i * 4) * 4;
    store<f32>(hit, load<f32>(hit) - each);
  }
}
