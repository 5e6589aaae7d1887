import type { Trial } from '../trials/trial';
import type { SearchHistory } from './history';

/** One axis of the unit cube on which samplers work; what lies behind it is the scale's affair. */
export interface Dimension {
  /** With a dot for each group that it stands in: `optimizer.learningRate`. */
  readonly name: string;
  /** The names on the way to its value in a configuration. */
  readonly path: readonly string[];
  /**
   * - `continuous`: every position is another value.
   * - `integer`: `size` values in order, each with an equal share of [0, 1].
   * - `choice`: the same, but neighbours have nothing in common.
   */
  readonly kind: 'continuous' | 'integer' | 'choice';
  /** How many different values there are; `Infinity` on a continuous scale. */
  readonly size: number;
  /** Positions in [0, 1] of `points` values at equal distances on the scale. */
  grid(points: number): number[];
  /**
   * The position in [0, 1] that stands for a value: the middle of its share if there are shares; NaN for one that does
   * not exist (`scales.when`).
   * @throws RangeError for a value that does not lie on the scale.
   */
  position(value: unknown): number;
  /** Whether a value lies on the scale; `undefined` does where the hyperparameter does not always exist. */
  contains(value: unknown): boolean;
  /** The value at a position in [0, 1], in its own units: for words, such as those of `reason`. */
  value(position: number): unknown;
}

/** What a sampler is told when it is asked for the next point. */
export interface AskContext {
  /**
   * Place of the point in the sampler's own sequence, from 0: the trial's number, unless trials came from elsewhere
   * (queued, taken over, retried) or points were skipped that a constraint forbids.
   */
  readonly number: number;
  /** Seed of the sampler's stream, another one than the trials'. */
  readonly seed: number;
  readonly dimensions: readonly Dimension[];
  /** All trials so far, running ones included, as columns; it grows, and stays the same object. */
  readonly history: SearchHistory;
  /** The same trials as records, for what the columns leave out: what was reported on the way. */
  readonly trials: readonly Trial[];
  /**
   * Which dimensions exist at a point: a place along the others says nothing there. Left out where all dimensions
   * exist everywhere.
   */
  readonly existing?: (point: readonly number[]) => readonly boolean[];
  /** How many points there will be asked for in all, when that is known. */
  readonly budget?: number;
}

/** Decides where to look next. */
export interface Sampler {
  readonly name: string;
  /** Whether it also serves studies of several objectives. Default: `false`. */
  readonly multiObjective?: boolean;
  /**
   * A position in [0, 1] for every dimension, or `undefined` when there is nothing left to try. The same
   * context gives the same answer: what a sampler remembers (`perStudy`) can be had from the history as well.
   */
  ask(context: AskContext): readonly number[] | undefined;
  /** How this sampler decided for a study that it has been asked for, in words; if it decides anything. */
  reason?(history: SearchHistory): string | undefined;
}

/**
 * Keeps what a sampler has worked out for a study, so that an ask costs what is new and not what is old. One
 * sampler may serve many studies, and what it keeps goes when the study goes.
 */
export function perStudy<State>(create: (context: AskContext) => State) {
  const states = new WeakMap<SearchHistory, State>();
  return (context: AskContext): State => {
    let state = states.get(context.history);
    if (state === undefined) {
      state = create(context);
      states.set(context.history, state);
    }
    return state;
  };
}
