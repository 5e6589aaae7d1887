/**
 * Copies the rows of (…, columns) that `order` names to rows of stride `toRow` in bytes, in that order: a mini-batch
 * out of a training set. A loop of vectors, because a call of `memory.copy` costs as much as a short row.
 */
export function gatherRows(
  count: i32,
  columns: i32,
  order: usize,
  from: usize,
  to: usize,
  toRow: i32
): void {
  const bytes = columns * 4;
  const whole = bytes & ~15;
  for (let i: i32 = 0; i < count; i++) {
    const source = from + <usize>load<u32>(order + <usize>i * 4) * bytes;
    let k: i32 = 0;
    for (; k < whole; k += 16) {
      v128.store(to + k, v128.load(source + k));
    }
    for (; k < bytes; k += 4) {
      store<f32>(to + k, load<f32>(source + k));
    }
    to += toRow;
  }
}
