import { rangeError, show, typeError } from '../errors';

/** What an objective may use beside the configuration. */
export interface ObjectiveTools<Context = unknown> {
  /** Aborted when the search is stopped; pass it on to `fit`. */
  signal: AbortSignal;
  /**
   * Records a value on the way, such as the dev error after an epoch. `step` is a whole number >= 0.
   * @throws Pruned when the pruner says that this trial is not worth going on with.
   */
  report: (step: number, value: number) => void;
  /** Seed for everything random in this trial; depends on the study's seed and the trial's number alone. */
  seed: number;
  /** What `optimize` was given as `context`. */
  context: Context;
  /** The trial's number, from 0. */
  trial: { number: number };
}

/** What an objective may return: its value, or the value with anything worth keeping. */
export type Outcome = number | { value: number; attributes?: Record<string, unknown> };

/** Trains with one configuration and says how good it was. */
export type Objective<Config, Context = unknown> = (
  config: Config,
  tools: ObjectiveTools<Context>
) => Outcome | Promise<Outcome>;

/** Thrown inside an objective to end a trial early without calling it failed. */
export class Pruned extends Error {
  constructor(message = 'the trial was not worth going on with') {
    super(message);
    this.name = 'Pruned';
  }
}

/**
 * Reads what an objective returned.
 * @throws RangeError for NaN or infinity, TypeError for anything that is not a number.
 */
export function readOutcome(outcome: unknown): {
  value: number;
  attributes: Record<string, unknown>;
} {
  const hasValue = typeof outcome === 'object' && outcome !== null && 'value' in outcome;
  const value: unknown = hasValue ? outcome.value : outcome;
  if (typeof value !== 'number') {
    throw typeError(
      'objective',
      'it must return a number, or { value, attributes }',
      show(outcome),
      'Return what the search shall make small or large, such as the dev error.'
    );
  }
  if (!Number.isFinite(value)) {
    throw rangeError(
      'objective',
      'it must return a finite number',
      String(value),
      'Training may have diverged: look at the learning rate of this trial.'
    );
  }
  const attributes = (hasValue && (outcome as { attributes?: object }).attributes) || {};
  return { value, attributes: { ...attributes } };
}
