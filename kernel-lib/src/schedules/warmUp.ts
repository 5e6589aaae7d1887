import { knownOptions, show, typeError } from '../errors';
import { count, fraction } from '../numeric/options';
import type { Schedule } from './schedule';

/** Options of `schedules.warmUp`. */
export interface WarmUpOptions {
  /** Steps until the full learning rate is reached, a whole number >= 1. */
  length: number;
  /** The factor of the first step, in [0, 1). Default: `1/3`. */
  start?: number;
}

/**
 * Rises in a straight line from `start` to 1 during the first steps, then follows another schedule, whose clock
 * begins at the end of the rise.
 *
 * @param after any schedule
 * @throws TypeError if `after` is no function; RangeError if an option is outside its domain or unknown.
 * @example schedules.warmUp(schedules.cosine(), { length: 500 })
 * @see Goyal et al. 2017; as PyTorch's `SequentialLR` of `LinearLR(start, total_iters=length)` and another.
 */
export function warmUp(after: Schedule, options: WarmUpOptions): Schedule {
  const where = 'schedules.warmUp';
  if (typeof after !== 'function') {
    throw typeError(
      where,
      'what follows the warm-up must be a schedule',
      show(after),
      'Write schedules.warmUp(schedules.constant(), { length: 100 }).'
    );
  }
  knownOptions(where, options, ['length', 'start']);
  const length = count(where, 'length', options.length);
  const start = fraction(where, 'start', options.start ?? 1 / 3);
  return (step, context) => {
    if (step < length) {
      return start + ((1 - start) * step) / length;
    }
    const { stepsPerEpoch, steps } = context;
    return after(step - length, {
      epoch: Math.floor((step - length) / stepsPerEpoch),
      stepsPerEpoch,
      steps: Math.max(1, steps - length)
    });
  };
}
