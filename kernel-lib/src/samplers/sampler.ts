import type { Direction, Trial } from '../trials/trial';

/** One axis of the unit cube on which samplers work; what lies behind it is the scale's affair. */
export interface Dimension {
  readonly name: string;
  /** How many different values there are; `Infinity` on a continuous scale. */
  readonly size: number;
  /** Positions in [0, 1] of `points` values at equal distances on the scale. */
  grid(points: number): number[];
}

/** What a sampler is told when it is asked for the next point. */
export interface AskContext {
  /** Number of the trial to be made, from 0. */
  readonly number: number;
  /** Seed of the sampler's stream, another one than the trials'. */
  readonly seed: number;
  readonly dimensions: readonly Dimension[];
  readonly direction: Direction;
  /** All trials so far, running ones included. */
  readonly trials: readonly Trial[];
  /** How many trials there will be in all, when that is known. */
  readonly budget?: number;
}

/** Decides where to look next. */
export interface Sampler {
  readonly name: string;
  /** A position in [0, 1] for every dimension, or `undefined` when there is nothing left to try. */
  ask(context: AskContext): readonly number[] | undefined;
}
