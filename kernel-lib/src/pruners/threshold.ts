import { knownOptions, rangeError, show } from '../errors';
import { count } from '../numeric/options';
import type { Pruner } from './pruner';
import { firstInInterval, lastStep, reportAt } from './reported';

/** Options of `pruners.threshold`. */
export interface ThresholdOptions {
  /** A trial that reports less is stopped. Default: no limit. */
  lower?: number;
  /** A trial that reports more is stopped. Default: no limit. */
  upper?: number;
  /** No trial is stopped before this step, a whole number >= 0. Default: `0`. */
  warmupSteps?: number;
  /** After the warm-up, a trial is looked at once in so many steps, a whole number >= 1. Default: `1`. */
  intervalSteps?: number;
}

/**
 * Stops a trial whose latest value lies outside of limits, or is NaN: a loss that explodes.
 *
 * @throws RangeError if no limit is given, `lower > upper`, or an option is unknown or out of its domain.
 * @example study({ space: { learningRate: scales.log(1e-4, 1) }, pruner: pruners.threshold({ upper: 10 }) })
 * @see Optuna's ThresholdPruner.
 */
export function threshold(options: ThresholdOptions): Pruner {
  const where = 'pruners.threshold';
  knownOptions(where, options, ['lower', 'upper', 'warmupSteps', 'intervalSteps']);
  const { lower = -Infinity, upper = Infinity } = options;
  const given = options.lower !== undefined || options.upper !== undefined;
  if (!given || typeof lower !== 'number' || typeof upper !== 'number' || !(lower <= upper)) {
    throw rangeError(
      where,
      'a number `lower` or `upper` must be given, with `lower <= upper`',
      `lower=${show(options.lower)}, upper=${show(options.upper)}`,
      'Pass { upper: 10 } to stop a trial whose loss exceeds 10.'
    );
  }
  const warmup = count(where, 'warmupSteps', options.warmupSteps ?? 0, 0);
  const interval = count(where, 'intervalSteps', options.intervalSteps ?? 1);
  return {
    name: 'threshold',
    prune({ trial }) {
      const step = lastStep(trial);
      if (step === undefined || step < warmup || !firstInInterval(trial, step, warmup, interval)) {
        return false;
      }
      const latest = reportAt(trial, step)!;
      return !(latest >= lower && latest <= upper);
    }
  };
}
