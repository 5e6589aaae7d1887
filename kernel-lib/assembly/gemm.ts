import { block6x16 } from './block6x16';
import { madd, wide } from './simd';

/** Steps of k in one pass: a panel of B, at most 16 columns wide, then fits into the fastest cache. */
const DEPTH: i32 = 256;
/** Fewer rows than this do not pay for copying a panel of B. */
const ROWS_TO_PACK: i32 = 16;

/**
 * C = A B + bias: (m, k) x (k, n) + (n) -> (m, n), all float32. A is read through two strides, so that its
 * transpose needs no copy; rows of B and C are contiguous. Strides are in bytes; n is a multiple of 4;
 * `bias` is 0 for none; `scratch` has room for `DEPTH` rows of 16 numbers.
 *
 * Method: a block of C stays in registers while k runs, 4 x 8 or 6 x 16; per k some vectors of B and one splat of
 * A for each row. Unrolling k would make V8 spill. Panels of B are copied together first: rows that lie a power
 * of two apart would push each other out of the cache.
 */
export function gemm(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  c: usize,
  cRow: i32,
  bias: usize,
  scratch: usize
): void {
  for (let i: i32 = 0; i < m; i++) {
    if (bias) memory.copy(c + i * cRow, bias, n * 4);
    else memory.fill(c + i * cRow, 0, n * 4);
  }
  for (let first: i32 = 0; first < k; first += DEPTH) {
    const depth = min(DEPTH, k - first);
    const from = a + first * aColumn;
    const rows = b + first * bRow;
    let j: i32 = 0;
    if (wide && m >= 6) {
      for (; j + 16 <= n; j += 16) {
        pack(depth, rows + j * 4, bRow, 64, scratch);
        let i: i32 = 0;
        for (; i + 6 <= m; i += 6) {
          block6x16(depth, from + i * aRow, aRow, aColumn, scratch, c + i * cRow + j * 4, cRow);
        }
        const rest = from + i * aRow;
        const below = c + i * cRow + j * 4;
        rows8(m - i, depth, rest, aRow, aColumn, scratch, 64, below, cRow);
        rows8(m - i, depth, rest, aRow, aColumn, scratch + 32, 64, below + 32, cRow);
      }
    }
    for (; j + 8 <= n; j += 8) {
      let panel = rows + j * 4;
      let panelRow = bRow;
      if (m >= ROWS_TO_PACK) {
        pack(depth, panel, bRow, 32, scratch);
        panel = scratch;
        panelRow = 32;
      }
      rows8(m, depth, from, aRow, aColumn, panel, panelRow, c + j * 4, cRow);
    }
    if (j < n) {
      rows4(m, depth, from, aRow, aColumn, rows + j * 4, bRow, c + j * 4, cRow);
    }
  }
}

/** Copies some columns of B together, `width` bytes of each row. */
function pack(rows: i32, from: usize, row: i32, width: i32, to: usize): void {
  for (; rows > 0; rows--) {
    for (let at: i32 = 0; at < width; at += 32) {
      v128.store(to + at, v128.load(from + at));
      v128.store(to + at, v128.load(from + at, 16), 16);
    }
    from += row;
    to += width;
  }
}

/** Adds to all rows of 8 columns of C. */
function rows8(
  m: i32,
  k: i32,
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  c: usize,
  cRow: i32
): void {
  for (; m >= 4; m -= 4) {
    block4x8(k, a, aRow, aColumn, b, bRow, c, cRow);
    a += 4 * aRow;
    c += 4 * cRow;
  }
  for (; m > 0; m--) {
    block1x8(k, a, aColumn, b, bRow, c);
    a += aRow;
    c += cRow;
  }
}

/** Adds to all rows of 4 columns of C. */
function rows4(
  m: i32,
  k: i32,
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  c: usize,
  cRow: i32
): void {
  for (; m >= 4; m -= 4) {
    block4x4(k, a, aRow, aColumn, b, bRow, c, cRow);
    a += 4 * aRow;
    c += 4 * cRow;
  }
  for (; m > 0; m--) {
    block1x4(k, a, aColumn, b, bRow, c);
    a += aRow;
    c += cRow;
  }
}

function block4x8(
  k: i32,
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  c: usize,
  cRow: i32
): void {
  const p1 = c + cRow;
  const p2 = p1 + cRow;
  const p3 = p2 + cRow;
  let c00 = v128.load(c);
  let c01 = v128.load(c, 16);
  let c10 = v128.load(p1);
  let c11 = v128.load(p1, 16);
  let c20 = v128.load(p2);
  let c21 = v128.load(p2, 16);
  let c30 = v128.load(p3);
  let c31 = v128.load(p3, 16);
  let a1 = a + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    x = v128.load32_splat(a1);
    c10 = madd(x, b0, c10);
    c11 = madd(x, b1, c11);
    x = v128.load32_splat(a2);
    c20 = madd(x, b0, c20);
    c21 = madd(x, b1, c21);
    x = v128.load32_splat(a3);
    c30 = madd(x, b0, c30);
    c31 = madd(x, b1, c31);
    a += aColumn;
    a1 += aColumn;
    a2 += aColumn;
    a3 += aColumn;
    b += bRow;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(p1, c10);
  v128.store(p1, c11, 16);
  v128.store(p2, c20);
  v128.store(p2, c21, 16);
  v128.store(p3, c30);
  v128.store(p3, c31, 16);
}

function block1x8(k: i32, a: usize, aColumn: i32, b: usize, bRow: i32, c: usize): void {
  let c0 = v128.load(c);
  let c1 = v128.load(c, 16);
  for (; k > 0; k--) {
    const x = v128.load32_splat(a);
    c0 = madd(x, v128.load(b), c0);
    c1 = madd(x, v128.load(b, 16), c1);
    a += aColumn;
    b += bRow;
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
}

function block4x4(
  k: i32,
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  c: usize,
  cRow: i32
): void {
  const p1 = c + cRow;
  const p2 = p1 + cRow;
  const p3 = p2 + cRow;
  let c0 = v128.load(c);
  let c1 = v128.load(p1);
  let c2 = v128.load(p2);
  let c3 = v128.load(p3);
  let a1 = a + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    c0 = madd(v128.load32_splat(a), b0, c0);
    c1 = madd(v128.load32_splat(a1), b0, c1);
    c2 = madd(v128.load32_splat(a2), b0, c2);
    c3 = madd(v128.load32_splat(a3), b0, c3);
    a += aColumn;
    a1 += aColumn;
    a2 += aColumn;
    a3 += aColumn;
    b += bRow;
  }
  v128.store(c, c0);
  v128.store(p1, c1);
  v128.store(p2, c2);
  v128.store(p3, c3);
}

function block1x4(k: i32, a: usize, aColumn: i32, b: usize, bRow: i32, c: usize): void {
  let c0 = v128.load(c);
  for (; k > 0; k--) {
    c0 = madd(v128.load32_splat(a), v128.load(b), c0);
    a += aColumn;
    b += bRow;
  }
  v128.store(c, c0);
}
