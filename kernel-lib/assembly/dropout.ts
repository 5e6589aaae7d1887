/** A murmur3 finalizer with a second key between its rounds: streams of different keys are no shifts of each other. */
function hash4(index: v128, keyA: v128, keyB: v128): v128 {
  let h = i32x4.add(i32x4.mul(index, i32x4.splat(0x9e3779b9)), keyA);
  h = v128.xor(h, i32x4.shr_u(h, 16));
  h = i32x4.add(i32x4.mul(h, i32x4.splat(0x85ebca6b)), keyB);
  h = v128.xor(h, i32x4.shr_u(h, 13));
  h = i32x4.mul(h, i32x4.splat(0xc2b2ae35));
  return v128.xor(h, i32x4.shr_u(h, 16));
}

/**
 * A mask of (rows, n): 0 where 24 bits of a hash of the element's index (example times `units` plus column) are
 * below `threshold`, else `scale`. It begins at column `column` of all `units`, so that a part of the columns gets
 * the same bits as the whole.
 */
export function dropoutMask(
  rows: i32,
  n: i32,
  row: i32,
  mask: usize,
  units: i32,
  column: i32,
  keyA: i32,
  keyB: i32,
  threshold: i32,
  scale: f32
): void {
  const a = i32x4.splat(keyA);
  const b = i32x4.splat(keyB);
  const least = i32x4.splat(threshold);
  const kept = f32x4.splat(scale);
  const lanes = i32x4(0, 1, 2, 3);
  for (let i: i32 = 0; i < rows; i++) {
    const first = i * units + column;
    for (let j: i32 = 0; j < n; j += 4) {
      const h = hash4(i32x4.add(i32x4.splat(first + j), lanes), a, b);
      const keep = i32x4.ge_s(i32x4.shr_u(h, 8), least);
      v128.store(mask + i * row + j * 4, v128.and(kept, keep));
    }
  }
}

/** a = z mask for (rows, n), which is also dz = da mask. */
export function multiply(rows: i32, n: i32, row: i32, z: usize, mask: usize, a: usize): void {
  for (let i: i32 = 0; i < rows; i++) {
    const first = i * row;
    for (let at = first; at < first + n * 4; at += 16) {
      v128.store(a + at, f32x4.mul(v128.load(z + at), v128.load(mask + at)));
    }
  }
}
