import { madd } from './simd';

/**
 * A block of C, `rows` x 4 `vectors`: sums over k, added to what lies at `from` and stored at `c`. `rows` (1 to 6),
 * `vectors` (2 to 4) and `packs` are constants where this is called: what is left out leaves no code. With `packs` the
 * rows of B are copied to `panel` on the way.
 *
 * All of C stays in registers. Loads, products and stores come in neighbouring pairs, with no branch between them, so
 * that V8 can join each pair to one operation of 256 bits. Unrolling k would make V8 spill.
 */
@unmanaged
export class Block {
  @inline
  static add(
    rows: i32,
    vectors: i32,
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
    const none = f32x4.splat(0);
    const f1 = from + fromRow;
    const f2 = f1 + fromRow;
    const f3 = f2 + fromRow;
    const f4 = f3 + fromRow;
    const f5 = f4 + fromRow;
    let c0_0 = v128.load(from, 0);
    let c0_1 = v128.load(from, 16);
    let c0_2 = vectors > 2 ? v128.load(from, 32) : none;
    let c0_3 = vectors > 3 ? v128.load(from, 48) : none;
    let c1_0 = rows > 1 ? v128.load(f1, 0) : none;
    let c1_1 = rows > 1 ? v128.load(f1, 16) : none;
    let c1_2 = rows > 1 && vectors > 2 ? v128.load(f1, 32) : none;
    let c1_3 = rows > 1 && vectors > 3 ? v128.load(f1, 48) : none;
    let c2_0 = rows > 2 ? v128.load(f2, 0) : none;
    let c2_1 = rows > 2 ? v128.load(f2, 16) : none;
    let c2_2 = rows > 2 && vectors > 2 ? v128.load(f2, 32) : none;
    let c2_3 = rows > 2 && vectors > 3 ? v128.load(f2, 48) : none;
    let c3_0 = rows > 3 ? v128.load(f3, 0) : none;
    let c3_1 = rows > 3 ? v128.load(f3, 16) : none;
    let c3_2 = rows > 3 && vectors > 2 ? v128.load(f3, 32) : none;
    let c3_3 = rows > 3 && vectors > 3 ? v128.load(f3, 48) : none;
    let c4_0 = rows > 4 ? v128.load(f4, 0) : none;
    let c4_1 = rows > 4 ? v128.load(f4, 16) : none;
    let c4_2 = rows > 4 && vectors > 2 ? v128.load(f4, 32) : none;
    let c4_3 = rows > 4 && vectors > 3 ? v128.load(f4, 48) : none;
    let c5_0 = rows > 5 ? v128.load(f5, 0) : none;
    let c5_1 = rows > 5 ? v128.load(f5, 16) : none;
    let c5_2 = rows > 5 && vectors > 2 ? v128.load(f5, 32) : none;
    let c5_3 = rows > 5 && vectors > 3 ? v128.load(f5, 48) : none;
    let a1 = a + aRow;
    let a2 = a1 + aRow;
    let a3 = a2 + aRow;
    let a4 = a3 + aRow;
    let a5 = a4 + aRow;
    for (; k > 0; k--) {
      const b0 = v128.load(b, 0);
      const b1 = v128.load(b, 16);
      const b2 = vectors > 2 ? v128.load(b, 32) : none;
      const b3 = vectors > 3 ? v128.load(b, 48) : none;
      if (packs) {
        v128.store(panel, b0, 0);
        v128.store(panel, b1, 16);
        if (vectors > 2) v128.store(panel, b2, 32);
        if (vectors > 3) v128.store(panel, b3, 48);
        panel += vectors * 16;
      }
      let x = v128.load32_splat(a);
      c0_0 = madd(x, b0, c0_0);
      c0_1 = madd(x, b1, c0_1);
      if (vectors > 2) c0_2 = madd(x, b2, c0_2);
      if (vectors > 3) c0_3 = madd(x, b3, c0_3);
      if (rows > 1) {
        x = v128.load32_splat(a1);
        c1_0 = madd(x, b0, c1_0);
        c1_1 = madd(x, b1, c1_1);
        if (vectors > 2) c1_2 = madd(x, b2, c1_2);
        if (vectors > 3) c1_3 = madd(x, b3, c1_3);
      }
      if (rows > 2) {
        x = v128.load32_splat(a2);
        c2_0 = madd(x, b0, c2_0);
        c2_1 = madd(x, b1, c2_1);
        if (vectors > 2) c2_2 = madd(x, b2, c2_2);
        if (vectors > 3) c2_3 = madd(x, b3, c2_3);
      }
      if (rows > 3) {
        x = v128.load32_splat(a3);
        c3_0 = madd(x, b0, c3_0);
        c3_1 = madd(x, b1, c3_1);
        if (vectors > 2) c3_2 = madd(x, b2, c3_2);
        if (vectors > 3) c3_3 = madd(x, b3, c3_3);
      }
      if (rows > 4) {
        x = v128.load32_splat(a4);
        c4_0 = madd(x, b0, c4_0);
        c4_1 = madd(x, b1, c4_1);
        if (vectors > 2) c4_2 = madd(x, b2, c4_2);
        if (vectors > 3) c4_3 = madd(x, b3, c4_3);
      }
      if (rows > 5) {
        x = v128.load32_splat(a5);
        c5_0 = madd(x, b0, c5_0);
        c5_1 = madd(x, b1, c5_1);
        if (vectors > 2) c5_2 = madd(x, b2, c5_2);
        if (vectors > 3) c5_3 = madd(x, b3, c5_3);
      }
      a += aColumn;
      if (rows > 1) a1 += aColumn;
      if (rows > 2) a2 += aColumn;
      if (rows > 3) a3 += aColumn;
      if (rows > 4) a4 += aColumn;
      if (rows > 5) a5 += aColumn;
      b += bRow;
    }
    const p1 = c + cRow;
    const p2 = p1 + cRow;
    const p3 = p2 + cRow;
    const p4 = p3 + cRow;
    const p5 = p4 + cRow;
    v128.store(c, c0_0, 0);
    v128.store(c, c0_1, 16);
    if (vectors > 2) v128.store(c, c0_2, 32);
    if (vectors > 3) v128.store(c, c0_3, 48);
    if (rows > 1) {
      v128.store(p1, c1_0, 0);
      v128.store(p1, c1_1, 16);
      if (vectors > 2) v128.store(p1, c1_2, 32);
      if (vectors > 3) v128.store(p1, c1_3, 48);
    }
    if (rows > 2) {
      v128.store(p2, c2_0, 0);
      v128.store(p2, c2_1, 16);
      if (vectors > 2) v128.store(p2, c2_2, 32);
      if (vectors > 3) v128.store(p2, c2_3, 48);
    }
    if (rows > 3) {
      v128.store(p3, c3_0, 0);
      v128.store(p3, c3_1, 16);
      if (vectors > 2) v128.store(p3, c3_2, 32);
      if (vectors > 3) v128.store(p3, c3_3, 48);
    }
    if (rows > 4) {
      v128.store(p4, c4_0, 0);
      v128.store(p4, c4_1, 16);
      if (vectors > 2) v128.store(p4, c4_2, 32);
      if (vectors > 3) v128.store(p4, c4_3, 48);
    }
    if (rows > 5) {
      v128.store(p5, c5_0, 0);
      v128.store(p5, c5_1, 16);
      if (vectors > 2) v128.store(p5, c5_2, 32);
      if (vectors > 3) v128.store(p5, c5_3, 48);
    }
  }
}
