import { knownOptions, rangeError, show, typeError } from '../errors';
import { count, positive } from '../numeric/options';
import type { Trial } from '../trials/trial';
import type { StopRule } from './stopRules';

/** Options of a study's `optimize`. */
export interface OptimizeOptions<Context> {
  /**
   * How many trials to make, a whole number >= 1; fewer when the sampler has nothing left to try. Default: as many as
   * there is time for, or until a stop rule ends the search.
   */
  trials?: number;
  /** For how long to begin trials, in seconds > 0; one that runs then ends on its own. Default: no limit. */
  seconds?: number;
  /**
   * How long a trial may take, in seconds > 0: then its `signal` is aborted, and it is kept as failed. It cannot be
   * taken from an objective that computes without `await`. Default: no limit.
   */
  trialSeconds?: number;
  /** Rules that end the search, such as `stopRules.noImprovement(50)`; asked after each trial. Default: none. */
  stopWhen?: StopRule | readonly StopRule[];
  /** How often a failed trial is tried again, with its configuration and its seed. Default: `0`. */
  retries?: number;
  /** Stops the search when aborted. Default: the notebook cell's interrupt. */
  signal?: AbortSignal;
  /** Handed to the objective as it is. */
  context?: Context;
  /** Called after each trial with its record. */
  onTrial?: (trial: Trial) => void;
  /** Shows a line with trials done, best value and remaining time when the search lasts. Default: `true`. */
  progress?: boolean;
}

/** What ends a search, checked. */
export interface Limits {
  /** Infinite without a limit. */
  trials: number;
  /** Infinite without a limit. */
  seconds: number;
  trialSeconds: number | undefined;
  rules: readonly StopRule[];
  retries: number;
}

const OPTIONS = [
  'trials',
  'seconds',
  'trialSeconds',
  'stopWhen',
  'retries',
  'signal',
  'context',
  'onTrial',
  'progress'
] as const;

/** @throws TypeError unless the objective is a function. */
export function checkObjective(where: string, objective: unknown): void {
  if (typeof objective !== 'function') {
    throw typeError(
      where,
      'the objective must be a function of a configuration',
      show(objective),
      'Pass async config => value.'
    );
  }
}

/**
 * @param own options that the caller has beside those of a search
 * @throws RangeError or TypeError if an option is not what it must be, or nothing ends the search.
 */
export function readLimits<Context>(
  where: string,
  options: OptimizeOptions<Context>,
  own: readonly string[] = []
): Limits {
  knownOptions(where, options, [...OPTIONS, ...own]);
  const { trials, seconds, trialSeconds, stopWhen, retries = 0, onTrial } = options;
  if (onTrial !== undefined && typeof onTrial !== 'function') {
    throw typeError(
      where,
      '`onTrial` must be a function of a finished trial',
      show(onTrial),
      'Pass trial => console.log(trial.value).'
    );
  }
  const rules = (stopWhen === undefined ? [] : [stopWhen]).flat() as StopRule[];
  if (!rules.every(rule => typeof rule === 'function')) {
    throw typeError(
      where,
      '`stopWhen` must be a stop rule, or several',
      show(stopWhen),
      'Pass stopRules.noImprovement(50), or a function that answers true when the search should end.'
    );
  }
  if (trials === undefined && seconds === undefined && rules.length === 0) {
    throw rangeError(
      where,
      '`trials` must be a whole number >= 1, or `seconds` or `stopWhen` be given',
      'trials=undefined',
      'Say how many trials to make, for how long, or when to stop.'
    );
  }
  return {
    trials: trials === undefined ? Infinity : count(where, 'trials', trials),
    seconds: seconds === undefined ? Infinity : positive(where, 'seconds', seconds),
    trialSeconds:
      trialSeconds === undefined ? undefined : positive(where, 'trialSeconds', trialSeconds),
    rules,
    retries: count(where, 'retries', retries, 0)
  };
}
