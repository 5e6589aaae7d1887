/**
 * Copies the rows of (…, columns) that `order` names to rows of stride `toRow` in bytes, in that order: a mini-batch
 * out of a training set. Eight rows go side by side, since a processor that waits for the memory of one row can ask for the
 * others' meanwhile; and by vectors, because a call of `memory.copy` costs as much as a short row.
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
  const lines = bytes & ~63;
  let i: i32 = 0;
  for (; i + 8 <= count; i += 8) {
    const s0 = from + <usize>load<u32>(order, 0) * bytes;
    const s1 = from + <usize>load<u32>(order, 4) * bytes;
    const s2 = from + <usize>load<u32>(order, 8) * bytes;
    const s3 = from + <usize>load<u32>(order, 12) * bytes;
    const s4 = from + <usize>load<u32>(order, 16) * bytes;
    const s5 = from + <usize>load<u32>(order, 20) * bytes;
    const s6 = from + <usize>load<u32>(order, 24) * bytes;
    const s7 = from + <usize>load<u32>(order, 28) * bytes;
    for (let k: i32 = 0; k < lines; k += 64) {
      copyLine(s0 + k, to + k);
      copyLine(s1 + k, to + k + toRow);
      copyLine(s2 + k, to + k + 2 * toRow);
      copyLine(s3 + k, to + k + 3 * toRow);
      copyLine(s4 + k, to + k + 4 * toRow);
      copyLine(s5 + k, to + k + 5 * toRow);
      copyLine(s6 + k, to + k + 6 * toRow);
      copyLine(s7 + k, to + k + 7 * toRow);
    }
    for (let r: i32 = 0; r < 8; r++) {
      copyRest(from + <usize>load<u32>(order + r * 4) * bytes, to + r * toRow, lines, bytes);
    }
    order += 32;
    to += 8 * toRow;
  }
  for (; i < count; i++) {
    const source = from + <usize>load<u32>(order) * bytes;
    for (let k: i32 = 0; k < lines; k += 64) {
      copyLine(source + k, to + k);
    }
    copyRest(source, to, lines, bytes);
    order += 4;
    to += toRow;
  }
}

function copyLine(source: usize, to: usize): void {
  v128.store(to, v128.load(source));
  v128.store(to, v128.load(source, 16), 16);
  v128.store(to, v128.load(source, 32), 32);
  v128.store(to, v128.load(source, 48), 48);
}

function copyRest(source: usize, to: usize, k: i32, bytes: i32): void {
  const whole = bytes & ~15;
  for (; k < whole; k += 16) {
    v128.store(to + k, v128.load(source + k));
  }
  for (; k < bytes; k += 4) {
    store<f32>(to + k, load<f32>(source + k));
  }
}
