import { knownOptions } from '../errors';
import { positive } from '../numeric/options';
import { clock, type Schedule, type ScheduleUnit } from './schedule';

/** Options of `schedules.exponential`. */
export interface ExponentialOptions {
  /** What the learning rate is multiplied by in each epoch (or step), > 0. */
  factor: number;
  /** What is counted. Default: `'epoch'`. */
  unit?: ScheduleUnit;
}

/**
 * Exponential decay: `alpha = alpha0 * factor^t`.
 *
 * @throws RangeError if `factor` is not > 0 or an option is unknown.
 * @example schedules.exponential({ factor: 0.95 }) // the lecture's 0.95^epoch alpha0
 * @see lecture, learning rate decay; as PyTorch's `ExponentialLR(gamma=factor)`.
 */
export function exponential(options: ExponentialOptions): Schedule {
  const where = 'schedules.exponential';
  knownOptions(where, options, ['factor', 'unit']);
  const factor = positive(where, 'factor', options.factor);
  const time = clock(where, options.unit ?? 'epoch');
  return (at, context) => factor ** time(at, context);
}
