import { rangeError } from '../errors';
import { hashSeed } from '../numeric/rng';
import type { DropoutPlan } from './engine';

/** What decides which units a dropout layer keeps at one step. */
export interface DropoutDraw {
  keyA: number;
  keyB: number;
  /** A unit is dropped where 24 random bits are below it. */
  threshold: number;
  /** What kept units are multiplied by, so that their expected value stays: 1 / (1 - rate). */
  scale: number;
}

/** The draw of a layer after `updates` updates: it depends on these numbers alone, so every engine has the same. */
export function dropoutDraw(
  { rate, seed }: DropoutPlan,
  networkSeed: number,
  layer: number,
  updates: number
): DropoutDraw {
  const step = hashSeed(hashSeed(seed ?? networkSeed, layer), updates);
  return {
    keyA: hashSeed(step, 0) | 0,
    keyB: hashSeed(step, 1) | 0,
    threshold: Math.round(rate * 2 ** 24),
    scale: 1 / (1 - rate)
  };
}

/** Whether the unit with this index, example times units plus column, is kept. */
export function isKept(index: number, { keyA, keyB, threshold }: DropoutDraw): boolean {
  // A murmur3 finalizer with a second key between its rounds, as in assembly/dropout.ts.
  let h = (Math.imul(index, 0x9e3779b9) + keyA) | 0;
  h ^= h >>> 16;
  h = (Math.imul(h, 0x85ebca6b) + keyB) | 0;
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  h ^= h >>> 16;
  return h >>> 8 >= threshold;
}

/** @throws RangeError if an injected mask does not have one number for each unit of each example. */
export function checkMask(mask: ArrayLike<number>, rows: number, units: number): void {
  if (mask.length !== rows * units) {
    throw rangeError(
      'setDropoutMask',
      `a mask must hold a number for each unit of each example, ${rows} x ${units}`,
      `${mask.length} numbers`,
      'Pass 1 to keep and 0 to drop, row by row, or undefined to draw masks again.'
    );
  }
}
