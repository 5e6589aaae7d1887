import { rangeError, show, typeError } from '../errors';

/** What an objective may use beside the configuration. */
export interface ObjectiveTools<Context = unknown> {
  /** Aborted when the search is stopped or the trial's time is up; pass it on to `fit`. */
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

/**
 * What an objective may return: its value (an array of values if the study has several directions), or the value
 * with anything worth keeping.
 */
export type Outcome =
  | number
  | readonly number[]
  | { value: number | readonly number[]; attributes?: Record<string, unknown> };

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

/** How a trial ended. */
export interface Ending {
  state: 'complete' | 'pruned' | 'failed';
  value: number | null;
  values?: readonly number[];
  attributes?: Record<string, unknown>;
  error?: string;
}

/**
 * Reads what came of a trial: values that are not finite, and errors, make it a failed one that keeps the reason.
 * @param objectives how many values there must be
 */
export function readEnding(outcome: unknown, objectives: number): Ending {
  if (outcome instanceof Pruned) {
    return { state: 'pruned', value: null };
  }
  if (outcome instanceof Error) {
    return { state: 'failed', value: null, error: outcome.message || outcome.name };
  }
  try {
    return { state: 'complete', ...readOutcome(outcome, objectives) };
  } catch (error) {
    return { state: 'failed', value: null, error: (error as Error).message };
  }
}

function readOutcome(outcome: unknown, objectives: number): Omit<Ending, 'state'> {
  const hasValue = typeof outcome === 'object' && outcome !== null && 'value' in outcome;
  const given: unknown = hasValue ? outcome.value : outcome;
  const attributes = {
    ...((hasValue && (outcome as { attributes?: object }).attributes) || undefined)
  };
  if (objectives === 1) {
    const value: unknown = Array.isArray(given) && given.length === 1 ? given[0] : given;
    return { value: finiteValue(value, outcome), attributes };
  }
  if (!Array.isArray(given) || given.length !== objectives) {
    throw typeError(
      'objective',
      `it must return ${objectives} numbers in an array, one for each direction`,
      show(given),
      'Return for example [error, seconds].'
    );
  }
  const values = Object.freeze(given.map(value => finiteValue(value, outcome)));
  return { value: null, values, attributes };
}

function finiteValue(value: unknown, outcome: unknown): number {
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
  return value;
}
