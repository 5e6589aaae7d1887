import { WIDTH } from './blocks';

/** Steps of k in one pass: a panel of B then fits into the fastest cache. */
export const DEPTH: i32 = 256;
/** Bytes of a panel of B, with room for what `packColumns` writes beyond it. */
export const PANEL: i32 = (DEPTH + 4) * 64;

/**
 * Copies a panel of B together: `depth` rows of `width` numbers to rows of `size` numbers, with zeros in what is left.
 * Rows that lie a power of two apart would push each other out of the cache.
 */
export function packRows(depth: i32, width: i32, b: usize, bRow: i32, size: i32, to: usize): void {
  const last = (width - 1) & ~3;
  const lanes = firstLanes(width - last);
  for (; depth > 0; depth--) {
    for (let at: i32 = 0; at < last * 4; at += 16) {
      v128.store(to + at, v128.load(b + at));
    }
    v128.store(to + last * 4, v128.and(v128.load(b + last * 4), lanes));
    for (let at = last * 4 + 16; at < size * 4; at += 16) {
      v128.store(to + at, f32x4.splat(0));
    }
    b += bRow;
    to += size * 4;
  }
}

/** Copies `count` panels of `WIDTH` columns, which lie side by side in B, to panels `PANEL` bytes apart. */
export function packPanels(depth: i32, count: i32, b: usize, bRow: i32, to: usize): void {
  for (let k: i32 = 0; k < depth; k++) {
    let target = to + k * WIDTH * 4;
    for (let at: i32 = 0; at < count * WIDTH * 4; at += WIDTH * 4) {
      for (let i: i32 = 0; i < WIDTH * 4; i += 16) {
        v128.store(target + i, v128.load(b + at + i));
      }
      target += PANEL;
    }
    b += bRow;
  }
}

/** All bits in the first `count` lanes, 1 to 4, none in the others. */
export function firstLanes(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

/**
 * The same from the transpose of B, whose rows are the columns of B. Four rows at a time, so that the lines of both
 * stay in the cache until they are used up. Writes up to 3 rows more than `depth`. Copies rows of A as well, from its
 * transpose: `depth` is then the number of its rows, `width` that of its columns.
 */
export function packColumns(
  depth: i32,
  width: i32,
  b: usize,
  bColumn: i32,
  size: i32,
  to: usize
): void {
  const none = f32x4.splat(0);
  const row = size * 4;
  for (let j: i32 = 0; j < size; j += 4) {
    const r0 = b + j * bColumn;
    let target = to + j * 4;
    for (let at: i32 = 0; at < depth * 4; at += 16) {
      const x0 = j < width ? v128.load(r0 + at) : none;
      const x1 = j + 1 < width ? v128.load(r0 + bColumn + at) : none;
      const x2 = j + 2 < width ? v128.load(r0 + 2 * bColumn + at) : none;
      const x3 = j + 3 < width ? v128.load(r0 + 3 * bColumn + at) : none;
      const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
      const low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
      const high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
      v128.store(target, v128.shuffle<i64>(low01, low23, 0, 2));
      v128.store(target + row, v128.shuffle<i64>(low01, low23, 1, 3));
      v128.store(target + 2 * row, v128.shuffle<i64>(high01, high23, 0, 2));
      v128.store(target + 3 * row, v128.shuffle<i64>(high01, high23, 1, 3));
      target += 4 * row;
    }
  }
}
