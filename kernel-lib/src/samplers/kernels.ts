import { normalCdf } from '../numeric/normal';
import type { SearchHistory } from './history';

/** Up to so many whole numbers a kernel's share of each is exact; above, its density at their middles. */
const EXACT = 64;

/** One hyperparameter, as the kernels of `tpe` see it. */
export interface Column {
  /** Which one it is in the space. */
  index: number;
  /** How many values are told apart; 0 where every position is another value. */
  size: number;
  /** Whether neighbouring values have nothing in common. */
  choice: boolean;
}

export function columnsOf({ dimensions }: SearchHistory, group: readonly number[]): Column[] {
  return group.map(index => {
    const { kind, size } = dimensions[index];
    const choice = kind === 'choice';
    return { index, size: choice || size <= EXACT ? size : 0, choice };
  });
}

/** Index of the value at a position, among `size`. */
export const indexAt = (position: number, size: number) =>
  Math.min(size - 1, Math.floor(position * size));

/** Which share of a normal distribution around `mean` lies in [0, 1]. */
export function massInside(mean: number, deviation: number): number {
  // Far from both ends nothing is cut off: the common case, and the exponentials cost.
  if (mean > 8 * deviation && 1 - mean > 8 * deviation) {
    return 1;
  }
  return normalCdf((1 - mean) / deviation) - normalCdf(-mean / deviation);
}

/** The share that a normal distribution around `mean`, cut off outside of [0, 1], gives to value `index`. */
export function stepMass(index: number, size: number, mean: number, deviation: number): number {
  const above = normalCdf(((index + 1) / size - mean) / deviation);
  const below = normalCdf((index / size - mean) / deviation);
  // Never 0: its logarithm must be a number.
  return Math.max(1e-300, (above - below) / massInside(mean, deviation));
}

/**
 * A choice's kernel: the observed value with weight 1, and all values with an equal part of the prior's weight,
 * 1, of which each of the mixture's `kernels` has its share.
 */
export function choiceMass(same: boolean, size: number, kernels: number): number {
  return ((same ? 1 : 0) + 1 / kernels) / (1 + size / kernels);
}

const STEPS = 32;
const POWERS = Float64Array.from({ length: 32 * STEPS }, (_, i) => Math.exp(-(i + 0.5) / STEPS));

/**
 * exp(-t) for t in [0, 32), to 9 digits. `Math.exp` would take most of the time that `tpe` needs, and its last
 * digit differs between engines.
 */
export function expNegative(t: number): number {
  const at = (t * STEPS) | 0;
  const r = (at + 0.5) / STEPS - t;
  return POWERS[at] * (1 + r * (1 + r * (0.5 + r / 6)));
}
