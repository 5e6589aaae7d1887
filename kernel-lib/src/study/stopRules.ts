import { finite, count } from '../numeric/options';
import type { Direction, Trial } from '../trials/trial';

/** What a stop rule is shown after each trial. */
export interface SearchProgress {
  /** The best trial so far; `undefined` while there is none, and with several objectives. */
  readonly best: Trial | undefined;
  /** The first direction. */
  readonly direction: Direction;
  /** How many trials of the study have ended. */
  readonly finished: number;
  /** How many have ended since one improved on all before it. */
  readonly sinceImproved: number;
  /** All trials, by number. */
  readonly trials: readonly Trial[];
}

/** Says after each trial whether a search should end: `true`, or the reason in words. */
export type StopRule = (progress: SearchProgress) => boolean | string;

/**
 * Ends a search when `trials` trials in a row brought no improvement: no better value or, with several objectives,
 * no trial that none before is superior to.
 * @throws RangeError unless `trials` is a whole number >= 1.
 * @example
 * const search = study({ space: { learningRate: scales.log(1e-4, 1) }, sampler: samplers.random() });
 * const objective = ({ learningRate }: { learningRate: number }) => Math.abs(Math.log10(learningRate) + 2);
 * await search.optimize(objective, { trials: 500, stopWhen: stopRules.noImprovement(50) });
 */
export function noImprovement(trials: number): StopRule {
  count('stopRules.noImprovement', 'trials', trials);
  return ({ sinceImproved }) => sinceImproved >= trials && `no improvement in ${trials} trials`;
}

/**
 * Ends a search when the best value is as good as `value`, or better.
 * @throws RangeError unless `value` is a finite number.
 * @example
 * const search = study({ space: { learningRate: scales.log(1e-4, 1) }, sampler: samplers.random() });
 * const objective = ({ learningRate }: { learningRate: number }) => Math.abs(Math.log10(learningRate) + 2);
 * await search.optimize(objective, { trials: 500, stopWhen: stopRules.valueReached(0.02) });
 */
export function valueReached(value: number): StopRule {
  finite('stopRules.valueReached', 'value', value);
  return ({ best, direction }) =>
    best !== undefined &&
    (direction === 'minimize' ? best.value! <= value : best.value! >= value) &&
    `the value ${value} was reached`;
}
