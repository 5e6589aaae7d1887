import { madd } from './simd';

/** As `block16`, for 8 columns. */
@unmanaged
export class Block8 {
  @inline
  static add(
    rows: i32,
    packs: bool,
    k: i32,
    a: usize,
    aRow: i32,
    aColumn: i32,
    b: usize,
    bRow: i32,
    panel: usize,
    from: usize,
    fromRow: i32,
    c: usize,
    cRow: i32
  ): void {
    const f1 = from + fromRow;
    const f2 = f1 + fromRow;
    const f3 = f2 + fromRow;
    const f4 = f3 + fromRow;
    const f5 = f4 + fromRow;
    const none = f32x4.splat(0);
    let c0_0 = v128.load(from, 0);
    let c0_1 = v128.load(from, 16);
    let c1_0 = rows > 1 ? v128.load(f1, 0) : none;
    let c1_1 = rows > 1 ? v128.load(f1, 16) : none;
    let c2_0 = rows > 2 ? v128.load(f2, 0) : none;
    let c2_1 = rows > 2 ? v128.load(f2, 16) : none;
    let c3_0 = rows > 2 ? v128.load(f3, 0) : none;
    let c3_1 = rows > 2 ? v128.load(f3, 16) : none;
    let c4_0 = rows > 4 ? v128.load(f4, 0) : none;
    let c4_1 = rows > 4 ? v128.load(f4, 16) : none;
    let c5_0 = rows > 4 ? v128.load(f5, 0) : none;
    let c5_1 = rows > 4 ? v128.load(f5, 16) : none;
    let a1 = a + aRow;
    let a2 = a1 + aRow;
    let a3 = a2 + aRow;
    let a4 = a3 + aRow;
    let a5 = a4 + aRow;
    for (; k > 0; k--) {
      const b0 = v128.load(b, 0);
      const b1 = v128.load(b, 16);
      if (packs) {
        v128.store(panel, b0, 0);
        v128.store(panel, b1, 16);
        panel += 32;
      }
      let x = v128.load32_splat(a);
      c0_0 = madd(x, b0, c0_0);
      c0_1 = madd(x, b1, c0_1);
      if (rows > 1) {
        x = v128.load32_splat(a1);
        c1_0 = madd(x, b0, c1_0);
        c1_1 = madd(x, b1, c1_1);
      }
      if (rows > 2) {
        x = v128.load32_splat(a2);
        c2_0 = madd(x, b0, c2_0);
        c2_1 = madd(x, b1, c2_1);
        x = v128.load32_splat(a3);
        c3_0 = madd(x, b0, c3_0);
        c3_1 = madd(x, b1, c3_1);
      }
      if (rows > 4) {
        x = v128.load32_splat(a4);
        c4_0 = madd(x, b0, c4_0);
        c4_1 = madd(x, b1, c4_1);
        x = v128.load32_splat(a5);
        c5_0 = madd(x, b0, c5_0);
        c5_1 = madd(x, b1, c5_1);
      }
      a += aColumn;
      if (rows > 1) {
        a1 += aColumn;
      }
      if (rows > 2) {
        a2 += aColumn;
        a3 += aColumn;
      }
      if (rows > 4) {
        a4 += aColumn;
        a5 += aColumn;
      }
      b += bRow;
    }
    const p1 = c + cRow;
    const p2 = p1 + cRow;
    const p3 = p2 + cRow;
    const p4 = p3 + cRow;
    const p5 = p4 + cRow;
    v128.store(c, c0_0, 0);
    v128.store(c, c0_1, 16);
    if (rows > 1) {
      v128.store(p1, c1_0, 0);
      v128.store(p1, c1_1, 16);
    }
    if (rows > 2) {
      v128.store(p2, c2_0, 0);
      v128.store(p2, c2_1, 16);
      v128.store(p3, c3_0, 0);
      v128.store(p3, c3_1, 16);
    }
    if (rows > 4) {
      v128.store(p4, c4_0, 0);
      v128.store(p4, c4_1, 16);
      v128.store(p5, c5_0, 0);
      v128.store(p5, c5_1, 16);
    }
  }
}
