import { copyRows } from './matrix';
import { HEIGHT, heightOf, runBlock, sizeOf, WIDTH } from './blocks';
import { DEPTH, firstLanes, packColumns, packPanels, packRows, PANEL } from './pack';

/** Panels of B that are copied in one go where it is wide. */
const PANELS: i32 = 8;
/** Numbers between copied rows, which keep them off the same lines of the cache. */
const GAP: i32 = 16;
/** Rows of A in one pass, where A is copied; a multiple of 12 for the blocks, and small enough for the second cache. */
const TOP: i32 = 384;
/** Rows of A that are copied in one go from its transpose: their lines are then used up while they are in the cache. */
const GROUP: i32 = 128;
/** Fewer columns than this do not pay for copying A. */
const COLUMNS_TO_COPY: i32 = 256;

/**
 * C = A B + bias: (m, k) x (k, n) + (n) -> (m, n), all float32. A and B are read through two strides each, in bytes,
 * one of which is 4: so transposes need no copy. Where rows of C are whole vectors apart, the last vector of a row is
 * written whole, with zeros beyond n. `bias` is 0 for none; `scratch` has room for what `SCRATCH` in
 * `src/wasm/simd/nodes.ts` says.
 *
 * Method: a block of C stays in registers while k runs (`block.ts`); per k some vectors of B and one splat of A for
 * each row. Every sum runs over k in order, whatever the sizes of blocks, so that all of them give the same bits.
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
  bColumn: i32,
  c: usize,
  cRow: i32,
  bias: usize,
  scratch: usize
): void {
  const start = scratch + PANEL;
  const tile = start + 64;
  const panels = tile + HEIGHT * 64;
  const copy = panels + PANELS * PANEL;
  const written = cRow & 15 ? n : (n + 3) & ~3;
  const copies = n >= COLUMNS_TO_COPY;
  for (let first: i32 = 0; first < k; first += DEPTH) {
    const depth = min(DEPTH, k - first);
    for (let top: i32 = 0; top < m; top += TOP) {
      const rows = min(TOP, m - top);
      let from = a + top * aRow + first * aColumn;
      let fromRow = aRow;
      let fromColumn = aColumn;
      if (copies) {
        const row = ((depth + 3) & ~3) + GAP;
        if (aColumn == 4) copyRows(rows, depth, from, aRow, copy, row * 4);
        else {
          for (let i: i32 = 0; i < rows; i += GROUP) {
            packColumns(
              min(GROUP, rows - i),
              depth,
              from + i * 4,
              aColumn,
              row,
              copy + i * row * 4
            );
          }
        }
        fromRow = row * 4;
        fromColumn = 4;
        from = copy;
      }
      for (let j: i32 = 0; j < n;) {
        const size = sizeOf(n - j);
        const width = min(size, n - j);
        const full = width == WIDTH;
        let above = b + first * bRow + j * bColumn;
        let panel = scratch;
        if (copies && full && bColumn == 4) {
          // Several panels at a time: whole runs of lines, not one line of each page.
          const place = (j / WIDTH) % PANELS;
          if (place == 0) packPanels(depth, min(PANELS, (n - j) / WIDTH), above, bRow, panels);
          panel = panels + place * PANEL;
          above = 0;
        } else if (!full || bColumn != 4 || heightOf(rows, size) < HEIGHT) {
          if (bColumn == 4) packRows(depth, width, above, bRow, size, panel);
          else packColumns(depth, width, above, bColumn, size, panel);
          above = 0;
        }
        if (first == 0) startRow(bias ? bias + j * 4 : 0, width, start);
        stripe(
          rows, depth, from, fromRow, fromColumn, above, bRow, panel, size,
          first > 0 ? 0 : start, tile, c + top * cRow + j * 4, cRow, min(size, written - j)
        ); // prettier-ignore
        j += size;
      }
    }
  }
}

/** Where sums begin: the bias, or 0. */
function startRow(bias: usize, width: i32, to: usize): void {
  for (let at: i32 = 0; at < WIDTH; at += 4) {
    const lanes = firstLanes(width - at);
    v128.store(
      to + at * 4,
      bias && at < width ? v128.and(v128.load(bias + at * 4), lanes) : f32x4.splat(0)
    );
  }
}

/**
 * All rows of one panel. @param above where its rows lie in B, or 0 if they have been copied to `panel`;
 * @param start where the sums of each row begin, or 0 to go on from C;
 * @param written columns of C to write; fewer than a block has go through `tile`
 */
function stripe(
  m: i32,
  k: i32,
  a: usize,
  aRow: i32,
  aColumn: i32,
  above: usize,
  bRow: i32,
  panel: usize,
  size: i32,
  start: usize,
  tile: usize,
  c: usize,
  cRow: i32,
  written: i32
): void {
  const row = size * 4;
  const direct = written == size;
  const to = direct ? cRow : row;
  const stepRow = start ? 0 : to;
  let b = above ? above : panel;
  let bStep = above ? bRow : row;
  for (let i: i32 = 0; i < m;) {
    const height = heightOf(m - i, size);
    const target = direct ? c : tile;
    if (!direct && !start) copyTile(height, written, c, cRow, tile, row);
    runBlock(
      height,
      size,
      b != panel,
      k,
      a + i * aRow,
      aRow,
      aColumn,
      b,
      bStep,
      panel,
      start ? start : target,
      stepRow,
      target,
      to
    );
    if (!direct) copyTile(height, written, tile, row, c, cRow);
    b = panel;
    bStep = row;
    i += height;
    c += height * cRow;
  }
}

/** Copies `width` numbers, fewer than 16, of each row. */
function copyTile(rows: i32, width: i32, from: usize, fromRow: i32, to: usize, toRow: i32): void {
  const whole = (width & ~3) * 4;
  for (; rows > 0; rows--) {
    for (let at: i32 = 0; at < whole; at += 16) v128.store(to + at, v128.load(from + at));
    for (let at = whole; at < width * 4; at += 4) store<f32>(to + at, load<f32>(from + at));
    from += fromRow;
    to += toRow;
  }
}
