import { knownOptions, rangeError, show } from '../errors';
import { count } from '../numeric/options';
import { percentile as percentileOf } from '../numeric/stats';
import type { Pruner } from './pruner';
import { bestOf, firstInInterval, lastStep, reportAt } from './reported';

/** Options of `pruners.percentile`. */
export interface PercentileOptions {
  /** How many trials must be complete before any is stopped, a whole number >= 0. Default: `5`. */
  startupTrials?: number;
  /** No trial is stopped before this step, a whole number >= 0. Default: `0`. */
  warmupSteps?: number;
  /** After the warm-up, a trial is looked at once in so many steps, a whole number >= 1. Default: `1`. */
  intervalSteps?: number;
  /** How many complete trials must have reported this very step, a whole number >= 1. Default: `1`. */
  minTrials?: number;
}

/**
 * Stops a trial whose best value so far is worse than a percentile of what the complete trials reported at the
 * same step: `percentile(25)` keeps the best quarter. A trial that reported nothing but NaN is stopped.
 *
 * @param share how many percent to keep, in [0, 100]
 * @throws RangeError if `share` is outside, or an option is unknown or out of its domain.
 * @example study({ space: { learningRate: scales.log(1e-4, 1) }, pruner: pruners.percentile(25, { warmupSteps: 5 }) })
 * @see Golovin et al. 2017, "Google Vizier", section 3.2; Optuna's PercentilePruner.
 */
export function percentile(share: number, options: PercentileOptions = {}): Pruner {
  return percentileRule('percentile', share, options);
}

/** The rule behind `pruners.percentile` and `pruners.median`. */
export function percentileRule(name: string, share: number, options: PercentileOptions): Pruner {
  const where = `pruners.${name}`;
  if (typeof share !== 'number' || !(share >= 0 && share <= 100)) {
    throw rangeError(
      where,
      'the share to keep must be a number from 0 to 100, in percent',
      show(share),
      'Pass 25 to keep the best quarter of the trials.'
    );
  }
  knownOptions(where, options, ['startupTrials', 'warmupSteps', 'intervalSteps', 'minTrials']);
  const startup = count(where, 'startupTrials', options.startupTrials ?? 5, 0);
  const warmup = count(where, 'warmupSteps', options.warmupSteps ?? 0, 0);
  const interval = count(where, 'intervalSteps', options.intervalSteps ?? 1);
  const least = count(where, 'minTrials', options.minTrials ?? 1);
  return {
    name,
    prune({ trial, trials, study: { direction } }) {
      const step = lastStep(trial);
      if (step === undefined || step < warmup || !firstInInterval(trial, step, warmup, interval)) {
        return false;
      }
      const complete = trials.filter(({ state }) => state === 'complete');
      if (complete.length === 0 || complete.length < startup) {
        return false;
      }
      const best = bestOf(
        trial.reports.map(([, value]) => value),
        direction
      );
      if (Number.isNaN(best)) {
        return true;
      }
      const others = complete
        .map(other => reportAt(other, step))
        .filter((value): value is number => value !== undefined);
      if (others.length < least) {
        return false;
      }
      const limit = percentileOf(others, direction === 'minimize' ? share : 100 - share);
      return direction === 'minimize' ? best > limit : best < limit;
    }
  };
}
