import { Block16 } from './block16';
import { Block8 } from './block8';
import { wide } from './simd';

/** Columns in a panel of B: as many as a block of C keeps in registers. */
export const WIDTH: i32 = wide ? 16 : 8;

/** Rows in a whole block of that width. */
export const HEIGHT: i32 = wide ? 6 : 4;

/** Rows of the next block where `rest` rows are left. */
export function heightOf(rest: i32): i32 {
  return rest >= HEIGHT ? HEIGHT : rest >= 4 ? 4 : rest >= 2 ? 2 : 1;
}

/**
 * Adds the products of `height` rows of A and one panel of B to what lies at `from`; the result goes to `c`.
 * `narrow` says that the panel has 8 columns.
 */
// prettier-ignore
export function runBlock(
  height: i32, narrow: bool, packs: bool,
  k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32
): void {
  if (wide && !narrow) {
    if (packs) pack6x16(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
    else if (height == 6) block6x16(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
    else if (height == 4) block4x16(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
    else if (height == 2) block2x16(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
    else block1x16(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
  } else {
    if (height == 6) block6x8(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
    else if (!wide && packs) pack4x8(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
    else if (height == 4) block4x8(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
    else if (height == 2) block2x8(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
    else block1x8(k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
  }
}

// Each size is a function of its own, and stays one because `index.ts` exports it: V8 joins no vectors in a function
// that several of these loops were put into.

// prettier-ignore
export function pack6x16(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block16.add(6, true, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}

// prettier-ignore
export function block6x16(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block16.add(6, false, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}

// prettier-ignore
export function block4x16(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block16.add(4, false, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}

// prettier-ignore
export function block2x16(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block16.add(2, false, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}

// prettier-ignore
export function block1x16(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block16.add(1, false, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}

// prettier-ignore
export function block6x8(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block8.add(6, false, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}

// prettier-ignore
export function pack4x8(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block8.add(4, true, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}

// prettier-ignore
export function block4x8(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block8.add(4, false, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}

// prettier-ignore
export function block2x8(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block8.add(2, false, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}

// prettier-ignore
export function block1x8(k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panel: usize, from: usize, fromRow: i32, c: usize, cRow: i32): void {
  Block8.add(1, false, k, a, aRow, aColumn, b, bRow, panel, from, fromRow, c, cRow);
}
