import { knownOptions } from '../errors';
import { count, fraction } from '../numeric/options';
import { clock, type Schedule, type ScheduleUnit } from './schedule';

/** Options of `schedules.cosine`. */
export interface CosineOptions {
  /** Steps (or epochs) until the lowest point, a whole number >= 1. Default: the whole training. */
  length?: number;
  /** The lowest factor, in [0, 1). Default: `0`. */
  minimum?: number;
  /** What `length` counts. Default: `'step'`. */
  unit?: ScheduleUnit;
}

/**
 * Half a cosine from 1 down to `minimum`, where it stays:
 *
 *     alpha = alpha0 (minimum + (1 - minimum) (1 + cos(pi t / length)) / 2)
 *
 * @throws RangeError if `length` is no whole number >= 1, `minimum` is outside [0, 1), or an option is unknown.
 * @example schedules.cosine({ minimum: 0.01 })
 * @see Loshchilov and Hutter 2017; as PyTorch's `CosineAnnealingLR(T_max=length)` up to T_max, with
 *   `eta_min = minimum * alpha0`.
 */
export function cosine(options: CosineOptions = {}): Schedule {
  const where = 'schedules.cosine';
  knownOptions(where, options, ['length', 'minimum', 'unit']);
  const { length, unit = 'step' } = options;
  const given = length === undefined ? undefined : count(where, 'length', length);
  const minimum = fraction(where, 'minimum', options.minimum ?? 0);
  const time = clock(where, unit);
  return (at, context) => {
    const whole = unit === 'step' ? context.steps : context.steps / context.stepsPerEpoch;
    const t = Math.min(time(at, context) / (given ?? whole), 1);
    return minimum + ((1 - minimum) * (1 + Math.cos(Math.PI * t))) / 2;
  };
}
