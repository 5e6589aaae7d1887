import { madd } from './simd';

/** Steps of k in one pass: a panel of B, 8 columns wide, then fits into the fastest cache. */
const DEPTH: i32 = 512;
/** Fewer rows than this do not pay for copying a panel of B. */
const ROWS_TO_PACK: i32 = 16;

/**
 * C = A B + bias: (m, k) x (k, n) + (n) -> (m, n), all float32. A is read through two strides, so that its
 * transpose needs no copy; rows of B and C are contiguous. Strides are in bytes; n is a multiple of 4;
 * `bias` is 0 for none; `scratch` has room for `DEPTH` rows of 8 numbers.
 *
 * Method: a block of 4 x 8 of C stays in registers while k runs; per k two vectors of B and one splat of A for
 * each row. Longer blocks spill, and unrolling k makes V8 spill. Panels of B are copied together first: rows
 * that lie a power of two apart would push each other out of the cache.
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
  for (let first: i32 = 0; first < k; first += DEPTH) {
    const depth = min(DEPTH, k - first);
    const from = a + first * aColumn;
    for (let j: i32 = 0; j + 8 <= n; j += 8) {
      const target = c + j * 4;
      let panel = b + first * bRow + j * 4;
      let panelRow = bRow;
      if (m >= ROWS_TO_PACK) {
        pack(depth, panel, bRow, scratch);
        panel = scratch;
        panelRow = 32;
      }
      const begin = first ? 0 : bias ? bias + j * 4 : 0;
      const resume = first != 0;
      let i: i32 = 0;
      for (; i + 4 <= m; i += 4) {
        block4x8(
          depth,
          from + i * aRow,
          aRow,
          aColumn,
          panel,
          panelRow,
          target + i * cRow,
          cRow,
          begin,
          resume
        );
      }
      for (; i < m; i++) {
        block1x8(
          depth,
          from + i * aRow,
          aColumn,
          panel,
          panelRow,
          target + i * cRow,
          begin,
          resume
        );
      }
    }
  }
  if (n & 4) {
    const j = n - 4;
    const begin = bias ? bias + j * 4 : 0;
    let i: i32 = 0;
    for (; i + 4 <= m; i += 4) {
      block4x4(k, a + i * aRow, aRow, aColumn, b + j * 4, bRow, c + i * cRow + j * 4, cRow, begin);
    }
    for (; i < m; i++) {
      block1x4(k, a + i * aRow, aColumn, b + j * 4, bRow, c + i * cRow + j * 4, begin);
    }
  }
}

/** Copies 8 columns of B together. */
function pack(rows: i32, from: usize, row: i32, to: usize): void {
  for (; rows > 0; rows--) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    from += row;
    to += 32;
  }
}

function start(bias: usize): v128 {
  return bias ? v128.load(bias) : f32x4.splat(0);
}

function block4x8(
  k: i32,
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  c: usize,
  cRow: i32,
  bias: usize,
  resume: bool
): void {
  let c00 = start(bias);
  let c01 = start(bias ? bias + 16 : 0);
  let c10 = c00,
    c11 = c01,
    c20 = c00,
    c21 = c01,
    c30 = c00,
    c31 = c01;
  if (resume) {
    c00 = v128.load(c);
    c01 = v128.load(c, 16);
    c10 = v128.load(c + cRow);
    c11 = v128.load(c + cRow, 16);
    c20 = v128.load(c + 2 * cRow);
    c21 = v128.load(c + 2 * cRow, 16);
    c30 = v128.load(c + 3 * cRow);
    c31 = v128.load(c + 3 * cRow, 16);
  }
  let a1 = a + aRow,
    a2 = a1 + aRow,
    a3 = a2 + aRow;
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let s = v128.load32_splat(a);
    c00 = madd(s, b0, c00);
    c01 = madd(s, b1, c01);
    s = v128.load32_splat(a1);
    c10 = madd(s, b0, c10);
    c11 = madd(s, b1, c11);
    s = v128.load32_splat(a2);
    c20 = madd(s, b0, c20);
    c21 = madd(s, b1, c21);
    s = v128.load32_splat(a3);
    c30 = madd(s, b0, c30);
    c31 = madd(s, b1, c31);
    a += aColumn;
    a1 += aColumn;
    a2 += aColumn;
    a3 += aColumn;
    b += bRow;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += cRow;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += cRow;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += cRow;
  v128.store(c, c30);
  v128.store(c, c31, 16);
}

function block1x8(
  k: i32,
  a: usize,
  aColumn: i32,
  b: usize,
  bRow: i32,
  c: usize,
  bias: usize,
  resume: bool
): void {
  let c0 = resume ? v128.load(c) : start(bias);
  let c1 = resume ? v128.load(c, 16) : start(bias ? bias + 16 : 0);
  for (; k > 0; k--) {
    const s = v128.load32_splat(a);
    c0 = madd(s, v128.load(b), c0);
    c1 = madd(s, v128.load(b, 16), c1);
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
  cRow: i32,
  bias: usize
): void {
  let c0 = start(bias),
    c1 = c0,
    c2 = c0,
    c3 = c0;
  let a1 = a + aRow,
    a2 = a1 + aRow,
    a3 = a2 + aRow;
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
  v128.store(c + cRow, c1);
  v128.store(c + 2 * cRow, c2);
  v128.store(c + 3 * cRow, c3);
}

function block1x4(
  k: i32,
  a: usize,
  aColumn: i32,
  b: usize,
  bRow: i32,
  c: usize,
  bias: usize
): void {
  let c0 = start(bias);
  for (; k > 0; k--) {
    c0 = madd(v128.load32_splat(a), v128.load(b), c0);
    a += aColumn;
    b += bRow;
  }
  v128.store(c, c0);
}

/**
 * Copies a matrix of (rows, columns) to its transpose; row strides in bytes. By tiles, so that the lines of both
 * stay in the cache until they are full.
 */
export function transpose(
  rows: i32,
  columns: i32,
  from: usize,
  fromRow: i32,
  to: usize,
  toRow: i32
): void {
  for (let i: i32 = 0; i < rows; i += 16) {
    const iEnd = min(i + 16, rows);
    for (let j: i32 = 0; j < columns; j += 16) {
      const jEnd = min(j + 16, columns);
      for (let r = i; r < iEnd; r++) {
        for (let s = j; s < jEnd; s++) {
          store<f32>(to + s * toRow + r * 4, load<f32>(from + r * fromRow + s * 4));
        }
      }
    }
  }
}

/** Copies a matrix between row strides, such as from a compact to a padded form. */
export function copyRows(
  rows: i32,
  columns: i32,
  from: usize,
  fromRow: i32,
  to: usize,
  toRow: i32
): void {
  for (let i: i32 = 0; i < rows; i++) {
    memory.copy(to + i * toRow, from + i * fromRow, columns * 4);
  }
}

/** Sums of the columns of (rows, n) into `to`; n is a multiple of 4. */
export function columnSums(rows: i32, n: i32, from: usize, row: i32, to: usize): void {
  for (let j: i32 = 0; j < n; j += 4) {
    let sum = f32x4.splat(0);
    let at = from + j * 4;
    for (let i: i32 = 0; i < rows; i++) {
      sum = f32x4.add(sum, v128.load(at));
      at += row;
    }
    v128.store(to + j * 4, sum);
  }
}
