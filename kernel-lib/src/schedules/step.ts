import { knownOptions } from '../errors';
import { count, positive } from '../numeric/options';
import { clock, type Schedule, type ScheduleUnit } from './schedule';

/** Options of `schedules.step`. */
export interface StepOptions {
  /** Epochs (or steps) from one drop to the next, a whole number >= 1. */
  every: number;
  /** What the learning rate is multiplied by at each drop, > 0. Default: `0.1`. */
  factor?: number;
  /** What `every` counts. Default: `'epoch'`. */
  unit?: ScheduleUnit;
}

/**
 * Drops the learning rate at regular times (a staircase): `alpha = alpha0 * factor^floor(t / every)`.
 *
 * @throws RangeError if `every` is no whole number >= 1, `factor` is not > 0, or an option is unknown.
 * @example schedules.step({ every: 10, factor: 0.5 }) // halved every 10 epochs
 * @see as PyTorch's `StepLR(step_size=every, gamma=factor)`.
 */
export function step(options: StepOptions): Schedule {
  const where = 'schedules.step';
  knownOptions(where, options, ['every', 'factor', 'unit']);
  const every = count(where, 'every', options.every);
  const factor = positive(where, 'factor', options.factor ?? 0.1);
  const time = clock(where, options.unit ?? 'epoch');
  return (at, context) => factor ** Math.floor(time(at, context) / every);
}
