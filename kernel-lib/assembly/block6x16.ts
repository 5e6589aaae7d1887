import { madd } from './simd';

/**
 * Adds to a block of 6 x 16 of C, for builds with fused products. `panel` holds 16 columns of B, row by row.
 * Loads, products and stores come in neighbouring pairs, with no branch between them: so V8 can join each
 * pair to one operation of 256 bits.
 */
export function block6x16(
  k: i32,
  a: usize,
  aRow: i32,
  aColumn: i32,
  panel: usize,
  c: usize,
  cRow: i32
): void {
  const p1 = c + cRow;
  const p2 = p1 + cRow;
  const p3 = p2 + cRow;
  const p4 = p3 + cRow;
  const p5 = p4 + cRow;
  let c00 = v128.load(c, 0);
  let c01 = v128.load(c, 16);
  let c02 = v128.load(c, 32);
  let c03 = v128.load(c, 48);
  let c10 = v128.load(p1, 0);
  let c11 = v128.load(p1, 16);
  let c12 = v128.load(p1, 32);
  let c13 = v128.load(p1, 48);
  let c20 = v128.load(p2, 0);
  let c21 = v128.load(p2, 16);
  let c22 = v128.load(p2, 32);
  let c23 = v128.load(p2, 48);
  let c30 = v128.load(p3, 0);
  let c31 = v128.load(p3, 16);
  let c32 = v128.load(p3, 32);
  let c33 = v128.load(p3, 48);
  let c40 = v128.load(p4, 0);
  let c41 = v128.load(p4, 16);
  let c42 = v128.load(p4, 32);
  let c43 = v128.load(p4, 48);
  let c50 = v128.load(p5, 0);
  let c51 = v128.load(p5, 16);
  let c52 = v128.load(p5, 32);
  let c53 = v128.load(p5, 48);
  let a1 = a + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  let a4 = a3 + aRow;
  let a5 = a4 + aRow;
  for (; k > 0; k--) {
    const b0 = v128.load(panel, 0);
    const b1 = v128.load(panel, 16);
    const b2 = v128.load(panel, 32);
    const b3 = v128.load(panel, 48);
    let x = v128.load32_splat(a);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    c02 = madd(x, b2, c02);
    c03 = madd(x, b3, c03);
    x = v128.load32_splat(a1);
    c10 = madd(x, b0, c10);
    c11 = madd(x, b1, c11);
    c12 = madd(x, b2, c12);
    c13 = madd(x, b3, c13);
    x = v128.load32_splat(a2);
    c20 = madd(x, b0, c20);
    c21 = madd(x, b1, c21);
    c22 = madd(x, b2, c22);
    c23 = madd(x, b3, c23);
    x = v128.load32_splat(a3);
    c30 = madd(x, b0, c30);
    c31 = madd(x, b1, c31);
    c32 = madd(x, b2, c32);
    c33 = madd(x, b3, c33);
    x = v128.load32_splat(a4);
    c40 = madd(x, b0, c40);
    c41 = madd(x, b1, c41);
    c42 = madd(x, b2, c42);
    c43 = madd(x, b3, c43);
    x = v128.load32_splat(a5);
    c50 = madd(x, b0, c50);
    c51 = madd(x, b1, c51);
    c52 = madd(x, b2, c52);
    c53 = madd(x, b3, c53);
    a += aColumn;
    a1 += aColumn;
    a2 += aColumn;
    a3 += aColumn;
    a4 += aColumn;
    a5 += aColumn;
    panel += 64;
  }
  v128.store(c, c00, 0);
  v128.store(c, c01, 16);
  v128.store(c, c02, 32);
  v128.store(c, c03, 48);
  v128.store(p1, c10, 0);
  v128.store(p1, c11, 16);
  v128.store(p1, c12, 32);
  v128.store(p1, c13, 48);
  v128.store(p2, c20, 0);
  v128.store(p2, c21, 16);
  v128.store(p2, c22, 32);
  v128.store(p2, c23, 48);
  v128.store(p3, c30, 0);
  v128.store(p3, c31, 16);
  v128.store(p3, c32, 32);
  v128.store(p3, c33, 48);
  v128.store(p4, c40, 0);
  v128.store(p4, c41, 16);
  v128.store(p4, c42, 32);
  v128.store(p4, c43, 48);
  v128.store(p5, c50, 0);
  v128.store(p5, c51, 16);
  v128.store(p5, c52, 32);
  v128.store(p5, c53, 48);
}
