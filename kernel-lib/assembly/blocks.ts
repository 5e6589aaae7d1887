import { Block } from './block';
import { wide } from './simd';

/** Columns in a panel of B: as many as a block of C keeps in registers. */
export const WIDTH: i32 = wide ? 16 : 12;

/** Rows in a whole block of that width: V8 keeps 15 vectors in registers, of 256 bits where it joins them. */
export const HEIGHT: i32 = wide ? 6 : 3;

/** Columns of the next panel, of which the matrix may have fewer, where `rest` columns are left: 8, or `WIDTH`. */
export function sizeOf(rest: i32): i32 {
  // 12 and 4 columns go in 8 and 8.
  return rest <= 8 || (!wide && rest > 12 && rest <= 16) ? 8 : WIDTH;
}

/** Rows of the next block in a panel of `size` columns where `rest` rows are left. */
export function heightOf(rest: i32, size: i32): i32 {
  if (wide) return rest >= 6 ? 6 : rest >= 4 ? 4 : rest >= 2 ? 2 : 1;
  if (size == 8) return rest >= 4 ? 4 : rest >= 2 ? 2 : 1;
  // 3 rows and 1 go in 2 and 2.
  return rest == 3 || rest > 4 ? 3 : rest >= 2 ? 2 : 1;
}

/**
 * Adds the products of `height` rows of A and one panel of B, of `size` columns, to what lies at `from`; the result goes
 * to `c`. With `packs` the panel, of full width, is copied to `panel` on the way.
 */
// prettier-ignore
export function runBlock(
  height: i32, size: i32, packs: bool,
  k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32
): void {
  if (wide && size == 16) {
    if (packs) pack6x16(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
    else if (height == 6) block6x16(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
    else if (height == 4) block4x16(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
    else if (height == 2) block2x16(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
    else block1x16(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
  } else if (!wide && size == 12) {
    if (packs) pack3x12(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
    else if (height == 3) block3x12(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
    else if (height == 2) block2x12(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
    else block1x12(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
  } else {
    if (height == 6) block6x8(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
    else if (height == 4) block4x8(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
    else if (height == 2) block2x8(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
    else block1x8(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
  }
}

// Each size is a function of its own, and stays one because `index.ts` exports it: V8 joins no vectors in a function
// that several of these loops were put into.

// prettier-ignore
export function pack6x16(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block.add(6, 4, true, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}

// prettier-ignore
export function block6x16(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block.add(6, 4, false, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}

// prettier-ignore
export function block4x16(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block.add(4, 4, false, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}

// prettier-ignore
export function block2x16(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block.add(2, 4, false, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}

// prettier-ignore
export function block1x16(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block.add(1, 4, false, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}

// prettier-ignore
export function pack3x12(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block.add(3, 3, true, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}

// prettier-ignore
export function block3x12(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block.add(3, 3, false, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}

// prettier-ignore
export function block2x12(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block.add(2, 3, false, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}

// prettier-ignore
export function block1x12(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block.add(1, 3, false, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}

// prettier-ignore
export function block6x8(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block.add(6, 2, false, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}

// prettier-ignore
export function block4x8(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block.add(4, 2, false, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}

// prettier-ignore
export function block2x8(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block.add(2, 2, false, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}

// prettier-ignore
export function block1x8(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block.add(1, 2, false, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}
