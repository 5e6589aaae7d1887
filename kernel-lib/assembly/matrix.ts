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

/** Sums of the columns of (rows, n) into `to`; n is a multiple of 4. In strips of 16 columns, whole cache lines. */
export function columnSums(rows: i32, n: i32, from: usize, row: i32, to: usize): void {
  const whole = (n & ~15) * 4;
  for (let j: i32 = 0; j < whole; j += 64) {
    let sum0 = f32x4.splat(0);
    let sum1 = f32x4.splat(0);
    let sum2 = f32x4.splat(0);
    let sum3 = f32x4.splat(0);
    let at = from + j;
    for (let i: i32 = 0; i < rows; i++) {
      sum0 = f32x4.add(sum0, v128.load(at));
      sum1 = f32x4.add(sum1, v128.load(at, 16));
      sum2 = f32x4.add(sum2, v128.load(at, 32));
      sum3 = f32x4.add(sum3, v128.load(at, 48));
      at += row;
    }
    v128.store(to + j, sum0);
    v128.store(to + j, sum1, 16);
    v128.store(to + j, sum2, 32);
    v128.store(to + j, sum3, 48);
  }
  for (let j = whole; j < n * 4; j += 16) {
    let sum = f32x4.splat(0);
    let at = from + j;
    for (let i: i32 = 0; i < rows; i++) {
      sum = f32x4.add(sum, v128.load(at));
      at += row;
    }
    v128.store(to + j, sum);
  }
}
