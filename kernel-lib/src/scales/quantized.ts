import { rangeError, show } from '../errors';
import { checkBounds } from './bounds';
import type { Scale } from './scale';
import { stepScale } from './steps';

/**
 * `low`, `low + step`, `low + 2 step`, … with equal chances: batch sizes in steps of 16, dropout in steps of 0.05.
 * The last value is the largest of them that does not exceed `high`, as in Optuna and Keras Tuner.
 *
 * @param step distance between neighbours, > 0 and at most `high - low`
 * @throws RangeError if a bound or `step` is not finite, `low >= high`, or there are fewer than two values.
 * @example scales.quantized(0, 0.5, 0.05) // 0, 0.05, 0.1, …, 0.5
 */
export function quantized(low: number, high: number, step: number): Scale<number> {
  const where = 'scales.quantized';
  checkBounds(where, low, high);
  // A step that fits but for rounding fits: (0.3 - 0) / 0.1 is 2.9999999999999996.
  const size = Math.floor((high - low) / step + 1e-9) + 1;
  if (typeof step !== 'number' || !(step > 0 && size >= 2 && Number.isSafeInteger(size))) {
    throw rangeError(
      where,
      '`step` must be a number > 0 and at most `high - low`, with fewer than 2^53 values',
      `low=${low}, high=${high}, step=${show(step)}`,
      'Pass the distance between neighbouring values, such as 0.05.'
    );
  }
  return stepScale({
    kind: 'quantized',
    size,
    // Fifteen digits: 0.3, where 3 * 0.1 is 0.30000000000000004.
    value: index => Number((low + index * step).toPrecision(15)),
    index: value => Math.round((value - low) / step),
    description: { low, high, step }
  });
}
