import { symmetricEigen } from './eigen';

/** The function `gradient . s + s^T hessian s / 2` of a step s, in n dimensions. */
export interface Quadratic {
  gradient: Float64Array;
  /** (n, n), symmetric, row by row. */
  hessian: Float64Array;
}

/** The value of a quadratic function after a step from where its value is 0. */
export function quadraticAt({ gradient, hessian }: Quadratic, s: ArrayLike<number>): number {
  const n = gradient.length;
  let value = 0;
  for (let i = 0; i < n; i++) {
    let bend = 0;
    for (let j = 0; j < n; j++) {
      bend += hessian[i * n + j] * s[j];
    }
    value += s[i] * (gradient[i] + bend / 2);
  }
  return value;
}

/**
 * The step that makes a quadratic function small, no longer than `radius` and within bounds: the best one in the
 * ball, and where that one leaves the bounds, the best with those coordinates held on them.
 *
 * @param lower the bounds of each coordinate of the step, <= 0
 * @param upper the same, >= 0
 */
export function trustStep(
  { gradient, hessian }: Quadratic,
  radius: number,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>
): Float64Array {
  const n = gradient.length;
  const step = new Float64Array(n);
  let free = Array.from({ length: n }, (_, i) => i);
  let room = radius * radius;
  while (free.length > 0 && room > 0) {
    const size = free.length;
    const reduced = Float64Array.from(free, i => {
      let slope = gradient[i];
      for (let j = 0; j < n; j++) {
        slope += hessian[i * n + j] * step[j];
      }
      return slope;
    });
    const bend = Float64Array.from(
      { length: size * size },
      (_, at) => hessian[free[Math.floor(at / size)] * n + free[at % size]]
    );
    const inner = stepInBall({ gradient: reduced, hessian: bend }, Math.sqrt(room));
    const kept: number[] = [];
    free.forEach((i, k) => {
      if (inner[k] < lower[i] || inner[k] > upper[i]) {
        step[i] = inner[k] < lower[i] ? lower[i] : upper[i];
        room -= step[i] * step[i];
      } else {
        kept.push(i);
      }
    });
    if (kept.length === size) {
      free.forEach((i, k) => (step[i] = inner[k]));
      break;
    }
    free = kept;
  }
  return step;
}

/** The minimum in the ball: (hessian + shift I) s = -gradient, with the shift that makes s as long as allowed. */
function stepInBall({ gradient, hessian }: Quadratic, radius: number): Float64Array {
  const n = gradient.length;
  const { values, vectors } = symmetricEigen(hessian, n);
  const along = Float64Array.from({ length: n }, (_, k) => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      sum += vectors[i * n + k] * gradient[i];
    }
    return sum;
  });
  const lowest = Math.min(...values);
  const size = Math.max(...values.map(Math.abs), Math.hypot(...along) / radius, 1e-300);
  const lengthAt = (shift: number) => Math.hypot(...along.map((a, k) => a / (values[k] + shift)));
  let low = lowest > 1e-13 * size ? 0 : 1e-13 * size - lowest;
  const reaches = lengthAt(low) <= radius;
  if (!reaches) {
    let high = low + 2 * size;
    for (let i = 0; i < 100 && high - low > 1e-12 * high; i++) {
      const middle = (low + high) / 2;
      if (lengthAt(middle) > radius) {
        low = middle;
      } else {
        high = middle;
      }
    }
    low = high;
  }
  const inner = along.map((a, k) => -a / (values[k] + low));
  if (reaches && lowest < -1e-13 * size) {
    // Nothing slopes along the axis that bends down: any way along it, to the ball's surface, is as good.
    const k = values.indexOf(lowest);
    const others = inner.reduce((sum, v, i) => (i === k ? sum : sum + v * v), 0);
    inner[k] = (inner[k] < 0 ? -1 : 1) * Math.sqrt(Math.max(0, radius * radius - others));
  }
  return Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < n; k++) {
      sum += vectors[i * n + k] * inner[k];
    }
    return sum;
  });
}
