import { knownOptions } from '../errors';
import { positive } from '../numeric/options';
import { clock, type Schedule, type ScheduleUnit } from './schedule';

/** Options of `schedules.inverseTime`. */
export interface InverseTimeOptions {
  /** How fast the learning rate falls, > 0. Default: `1`: half of it after one epoch. */
  decayRate?: number;
  /** What is counted. Default: `'epoch'`. */
  unit?: ScheduleUnit;
}

/**
 * The lecture's learning rate decay: `alpha = alpha0 / (1 + decayRate * epoch)`, where epoch is the number of passes
 * done: the first one runs at alpha0.
 *
 * @throws RangeError if `decayRate` is not > 0 or an option is unknown.
 * @example schedules.inverseTime({ decayRate: 1 }) // alpha0 times 1, 1/2, 1/3, 1/4, …
 * @see lecture, learning rate decay; as Keras's `InverseTimeDecay`.
 */
export function inverseTime(options: InverseTimeOptions = {}): Schedule {
  const where = 'schedules.inverseTime';
  knownOptions(where, options, ['decayRate', 'unit']);
  const decayRate = positive(where, 'decayRate', options.decayRate ?? 1);
  const time = clock(where, options.unit ?? 'epoch');
  return (at, context) => 1 / (1 + decayRate * time(at, context));
}
