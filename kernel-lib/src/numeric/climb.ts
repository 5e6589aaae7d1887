/** A function's value at a point, and how it changes with each coordinate. */
export interface Slope {
  value: number;
  gradient: Float64Array;
}

export interface ClimbOptions {
  /** How often the function is looked at. */
  steps: number;
  /** First and longest step along a coordinate. */
  first: number;
  longest: number;
  /** Brings a point back to where the function lives. */
  inside?: (x: Float64Array) => void;
}

/**
 * Climbs from `start` and gives the highest point seen. Method: Rprop, which heeds only the gradient's signs; a
 * step grows while its sign stays and is halved when it turns. So scales do not matter, and no step is lost.
 *
 * @see Riedmiller and Braun 1993; Igel and Huesken 2000.
 */
export function climb(
  f: (x: Float64Array) => Slope,
  start: Float64Array,
  { steps, first, longest, inside }: ClimbOptions
): Float64Array {
  const x = start.slice();
  const lengths = new Float64Array(x.length).fill(first);
  const before = new Float64Array(x.length);
  let highest = -Infinity;
  let found = start;
  for (let step = 0; step < steps; step++) {
    const { value, gradient } = f(x);
    if (value > highest) {
      highest = value;
      found = x.slice();
    }
    for (let j = 0; j < x.length; j++) {
      const turn = gradient[j] * before[j];
      if (turn > 0) {
        lengths[j] = Math.min(longest, 1.4 * lengths[j]);
      } else if (turn < 0) {
        lengths[j] *= 0.4;
      }
      before[j] = turn < 0 ? 0 : gradient[j];
      x[j] += Math.sign(before[j]) * lengths[j];
    }
    inside?.(x);
  }
  return found;
}
