import { exp4, log1p4, log4 } from './functions';
import { horizontalSum } from './simd';

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
    fillPadding(zRow, classes, n, -1e30);
    // By vectors, since the maximum of two single numbers is a branch that depends on them.
    let shift = v128.load(zRow);
    for (let at: i32 = 16; at < n * 4; at += 16) {
      shift = f32x4.max(shift, v128.load(zRow + at));
    }
    shift = f32x4.max(shift, v128.shuffle<f32>(shift, shift, 2, 3, 0, 1));
    shift = f32x4.max(shift, v128.shuffle<f32>(shift, shift, 1, 0, 3, 2));
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
    store<f32>(shifts + i * 4, f32x4.extract_lane(shift, 0));
  }
}

/**
 * The sum over the rows of the cross-entropy log(sum) - (1 - smoothing) (z[label] - max) - smoothing / classes times the
 * sum of all z - max. `logs` is room for a number each row.
 */
export function crossEntropies(
  rows: i32,
  classes: i32,
  n: i32,
  z: usize,
  row: i32,
  sums: usize,
  shifts: usize,
  labels: usize,
  logs: usize,
  smoothing: f32
): f64 {
  // Four at once: the logarithm of a single number has branches that depend on it.
  for (let at: i32 = 0; at < rows * 4; at += 16) {
    v128.store(logs + at, log4(v128.load(sums + at)));
  }
  const each = <f64>smoothing / <f64>classes;
  let total: f64 = 0;
  for (let i: i32 = 0; i < rows; i++) {
    const zRow = z + i * row;
    const max = <f64>load<f32>(shifts + i * 4);
    const score = <f64>load<f32>(zRow + load<i32>(labels + i * 4) * 4) - max;
    total += <f64>load<f32>(logs + i * 4) - (1 - <f64>smoothing) * score;
    if (smoothing > 0) {
      for (let j: i32 = 0; j < classes; j++) {
        total -= each * (<f64>load<f32>(zRow + j * 4) - max);
      }
    }
  }
  return total;
}

/**
 * Rows whose label is the place of the largest score, the first of equals. `shifts` holds the rows' maxima. No branch depends
 * on the scores: in shuffled examples each would be guessed wrong about once a row.
 */
export function rightRows(
  rows: i32,
  classes: i32,
  n: i32,
  z: usize,
  row: i32,
  shifts: usize,
  labels: usize
): i32 {
  let right: i32 = 0;
  for (let i: i32 = 0; i < rows; i++) {
    const max = f32x4.splat(load<f32>(shifts + i * 4));
    let best = classes;
    for (let j: i32 = n - 4; j >= 0; j -= 4) {
      const found = i32x4.bitmask(f32x4.ge(v128.load(z + i * row + j * 4), max));
      best = select(j + ctz(found), best, found != 0);
    }
    right += i32(best == load<i32>(labels + i * 4));
  }
  return right;
}

/** Gives the padding of a row, columns `units` to `n`, a value that adds nothing to a sum. */
function fillPadding(at: usize, units: i32, n: i32, value: f32): void {
  for (let j: i32 = units; j < n; j++) {
    store<f32>(at + j * 4, value);
  }
}

/**
 * dz = (a - y) share, softmax and cross-entropy together; y is 1 - smoothing at the label plus smoothing / classes
 * everywhere, and `share` is 1 / rows.
 */
export function softmaxCrossEntropyBackward(
  rows: i32,
  classes: i32,
  n: i32,
  a: usize,
  row: i32,
  labels: usize,
  dz: usize,
  share: f32,
  smoothing: f32
): void {
  const each = f32x4.splat(share);
  const spread = f32x4.splat((smoothing / <f32>classes) * share);
  const hit = (<f32>1 - smoothing) * share;
  for (let i: i32 = 0; i < rows; i++) {
    const target = dz + i * row;
    for (let at: i32 = 0; at < n * 4; at += 16) {
      const d = f32x4.mul(v128.load(a + i * row + at), each);
      v128.store(target + at, f32x4.sub(d, spread));
    }
    fillPadding(target, classes, n, 0);
    const label = target + load<i32>(labels + i * 4) * 4;
    store<f32>(label, load<f32>(label) - hit);
  }
}

/** Sums of (a - target)^2 over the columns of each row. The padding of both is set to 0. */
export function squaredErrors(
  rows: i32,
  units: i32,
  n: i32,
  row: i32,
  a: usize,
  targets: usize,
  sums: usize
): void {
  for (let i: i32 = 0; i < rows; i++) {
    const first = i * row;
    fillPadding(a + first, units, n, 0);
    fillPadding(targets + first, units, n, 0);
    let sum = f32x4.splat(0);
    for (let at = first; at < first + n * 4; at += 16) {
      const d = f32x4.sub(v128.load(a + at), v128.load(targets + at));
      sum = f32x4.add(sum, f32x4.mul(d, d));
    }
    store<f32>(sums + i * 4, horizontalSum(sum));
  }
}

/**
 * Sums over the columns of each row of -t log s - (1 - t) log(1 - s), s = sigmoid(z), found from the scores as
 * max(z, 0) - z t + log(1 + exp(-|z|)), which no score makes infinite. The padding adds 0.
 */
export function logisticLosses(
  rows: i32,
  units: i32,
  n: i32,
  row: i32,
  z: usize,
  targets: usize,
  sums: usize
): void {
  for (let i: i32 = 0; i < rows; i++) {
    const first = i * row;
    fillPadding(z + first, units, n, -1e30);
    fillPadding(targets + first, units, n, 0);
    let sum = f32x4.splat(0);
    for (let at = first; at < first + n * 4; at += 16) {
      const score = v128.load(z + at);
      const linear = f32x4.sub(
        f32x4.max(score, f32x4.splat(0)),
        f32x4.mul(score, v128.load(targets + at))
      );
      const rest = log1p4(exp4(f32x4.neg(f32x4.abs(score))));
      sum = f32x4.add(sum, f32x4.add(linear, rest));
    }
    store<f32>(sums + i * 4, horizontalSum(sum));
  }
}

/** d = (a - target) share for (rows, n): the gradient of both losses above. */
export function differences(
  rows: i32,
  n: i32,
  row: i32,
  a: usize,
  targets: usize,
  d: usize,
  share: f32
): void {
  const each = f32x4.splat(share);
  for (let i: i32 = 0; i < rows; i++) {
    const first = i * row;
    for (let at = first; at < first + n * 4; at += 16) {
      v128.store(d + at, f32x4.mul(f32x4.sub(v128.load(a + at), v128.load(targets + at)), each));
    }
  }
}
