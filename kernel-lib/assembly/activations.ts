import { expm1_4, normalCdf4, normalDensity4, sigmoid4, tanh4 } from './functions';

/**
 * Activations, element by element: `value` is a = f(z), `gradient` is dz = da f'(z), `p` the activation's constant.
 * They are classes without instances, so that one loop serves all and each is compiled into it.
 */
@unmanaged
class Relu {
  @inline
  value(z: v128, _p: v128): v128 {
    // NaN must stay: it says that training has diverged.
    return v128.andnot(z, f32x4.le(z, f32x4.splat(0)));
  }
  @inline
  gradient(da: v128, z: v128, _a: v128, _p: v128): v128 {
    return v128.and(da, f32x4.gt(z, f32x4.splat(0)));
  }
}

@unmanaged
class LeakyRelu {
  @inline
  value(z: v128, p: v128): v128 {
    return v128.bitselect(z, f32x4.mul(z, p), f32x4.gt(z, f32x4.splat(0)));
  }
  @inline
  gradient(da: v128, z: v128, _a: v128, p: v128): v128 {
    return v128.bitselect(da, f32x4.mul(da, p), f32x4.gt(z, f32x4.splat(0)));
  }
}

@unmanaged
class Elu {
  @inline
  value(z: v128, p: v128): v128 {
    return v128.bitselect(z, f32x4.mul(p, expm1_4(z)), f32x4.gt(z, f32x4.splat(0)));
  }
  @inline
  gradient(da: v128, z: v128, a: v128, p: v128): v128 {
    // alpha exp(z) = a + alpha where z <= 0.
    return v128.bitselect(da, f32x4.mul(da, f32x4.add(a, p)), f32x4.gt(z, f32x4.splat(0)));
  }
}

@unmanaged
class Gelu {
  @inline
  value(z: v128, _p: v128): v128 {
    return f32x4.mul(z, normalCdf4(z));
  }
  @inline
  gradient(da: v128, z: v128, _a: v128, _p: v128): v128 {
    return f32x4.mul(da, f32x4.add(normalCdf4(z), f32x4.mul(z, normalDensity4(z))));
  }
}

/** (1 + tanh u) / 2 = sigmoid(2 u), and 2 u = 2 sqrt(2 / pi) (z + 0.044715 z^3). */
@unmanaged
class GeluTanh {
  @inline
  share(z: v128): v128 {
    const cube = f32x4.mul(f32x4.splat(0.044715), f32x4.mul(f32x4.mul(z, z), z));
    return sigmoid4(f32x4.mul(f32x4.splat(1.5957691216057308), f32x4.add(z, cube)));
  }
  @inline
  value(z: v128, _p: v128): v128 {
    return f32x4.mul(z, this.share(z));
  }
  @inline
  gradient(da: v128, z: v128, _a: v128, _p: v128): v128 {
    const one = f32x4.splat(1);
    const s = this.share(z);
    const slope = f32x4.mul(
      f32x4.splat(1.5957691216057308),
      f32x4.add(one, f32x4.mul(f32x4.splat(0.134145), f32x4.mul(z, z)))
    );
    const change = f32x4.mul(f32x4.mul(z, slope), f32x4.mul(s, f32x4.sub(one, s)));
    return f32x4.mul(da, f32x4.add(s, change));
  }
}

@unmanaged
class Tanh {
  @inline
  value(z: v128, _p: v128): v128 {
    return tanh4(z);
  }
  @inline
  gradient(da: v128, _z: v128, a: v128, _p: v128): v128 {
    return f32x4.mul(da, f32x4.sub(f32x4.splat(1), f32x4.mul(a, a)));
  }
}

@unmanaged
class Sigmoid {
  @inline
  value(z: v128, _p: v128): v128 {
    return sigmoid4(z);
  }
  @inline
  gradient(da: v128, _z: v128, a: v128, _p: v128): v128 {
    return f32x4.mul(da, f32x4.mul(a, f32x4.sub(f32x4.splat(1), a)));
  }
}

/**
 * a = f(z) for (rows, n); n is a multiple of 4 and `row` the stride in bytes, so that a caller can take a part of
 * the columns. Whole rows are one sweep.
 */
function forward<T>(rows: i32, n: i32, row: i32, z: usize, a: usize, constant: f32): void {
  const p = f32x4.splat(constant);
  const sweep = n * 4 == row;
  const bytes = sweep ? rows * row : n * 4;
  const end = sweep ? 1 : rows;
  for (let i: i32 = 0; i < end; i++) {
    const first = i * row;
    for (let at = first; at < first + bytes; at += 16) {
      v128.store(a + at, changetype<T>(0).value(v128.load(z + at), p));
    }
  }
}

/** dz = da f'(z), of the same form. `dz` may be `da` itself. */
function backward<T>(
  rows: i32,
  n: i32,
  row: i32,
  z: usize,
  a: usize,
  da: usize,
  dz: usize,
  constant: f32
): void {
  const p = f32x4.splat(constant);
  const sweep = n * 4 == row;
  const bytes = sweep ? rows * row : n * 4;
  const end = sweep ? 1 : rows;
  for (let i: i32 = 0; i < end; i++) {
    const first = i * row;
    for (let at = first; at < first + bytes; at += 16) {
      const d = v128.load(da + at);
      const gradient = changetype<T>(0).gradient(d, v128.load(z + at), v128.load(a + at), p);
      v128.store(dz + at, gradient);
    }
  }
}

// prettier-ignore
export function relu(rows: i32, n: i32, row: i32, z: usize, a: usize, constant: f32): void {
  forward<Relu>(rows, n, row, z, a, constant);
}
// prettier-ignore
export function reluBackward(rows: i32, n: i32, row: i32, z: usize, a: usize, da: usize, dz: usize, constant: f32): void {
  backward<Relu>(rows, n, row, z, a, da, dz, constant);
}

// prettier-ignore
export function leakyRelu(rows: i32, n: i32, row: i32, z: usize, a: usize, constant: f32): void {
  forward<LeakyRelu>(rows, n, row, z, a, constant);
}
// prettier-ignore
export function leakyReluBackward(rows: i32, n: i32, row: i32, z: usize, a: usize, da: usize, dz: usize, constant: f32): void {
  backward<LeakyRelu>(rows, n, row, z, a, da, dz, constant);
}

// prettier-ignore
export function elu(rows: i32, n: i32, row: i32, z: usize, a: usize, constant: f32): void {
  forward<Elu>(rows, n, row, z, a, constant);
}
// prettier-ignore
export function eluBackward(rows: i32, n: i32, row: i32, z: usize, a: usize, da: usize, dz: usize, constant: f32): void {
  backward<Elu>(rows, n, row, z, a, da, dz, constant);
}

// prettier-ignore
export function gelu(rows: i32, n: i32, row: i32, z: usize, a: usize, constant: f32): void {
  forward<Gelu>(rows, n, row, z, a, constant);
}
// prettier-ignore
export function geluBackward(rows: i32, n: i32, row: i32, z: usize, a: usize, da: usize, dz: usize, constant: f32): void {
  backward<Gelu>(rows, n, row, z, a, da, dz, constant);
}

// prettier-ignore
export function geluTanh(rows: i32, n: i32, row: i32, z: usize, a: usize, constant: f32): void {
  forward<GeluTanh>(rows, n, row, z, a, constant);
}
// prettier-ignore
export function geluTanhBackward(rows: i32, n: i32, row: i32, z: usize, a: usize, da: usize, dz: usize, constant: f32): void {
  backward<GeluTanh>(rows, n, row, z, a, da, dz, constant);
}

// prettier-ignore
export function tanh(rows: i32, n: i32, row: i32, z: usize, a: usize, constant: f32): void {
  forward<Tanh>(rows, n, row, z, a, constant);
}
// prettier-ignore
export function tanhBackward(rows: i32, n: i32, row: i32, z: usize, a: usize, da: usize, dz: usize, constant: f32): void {
  backward<Tanh>(rows, n, row, z, a, da, dz, constant);
}

// prettier-ignore
export function sigmoid(rows: i32, n: i32, row: i32, z: usize, a: usize, constant: f32): void {
  forward<Sigmoid>(rows, n, row, z, a, constant);
}
// prettier-ignore
export function sigmoidBackward(rows: i32, n: i32, row: i32, z: usize, a: usize, da: usize, dz: usize, constant: f32): void {
  backward<Sigmoid>(rows, n, row, z, a, da, dz, constant);
}
