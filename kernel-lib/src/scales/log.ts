import { rangeError } from '../errors';
import { checkBounds } from './bounds';
import { continuousScale } from './continuous';
import type { Scale } from './scale';

/**
 * A logarithmic scale: `10^r` with r uniform in [log10(low), log10(high)]. Equal chances for equal ratios: each
 * decade gets the same share. Right for a learning rate: with low = 0.0001 and high = 1 it is the lecture's
 * r = -4 * rand(), alpha = 10^r.
 *
 * @param low smallest value, > 0, inclusive
 * @param high largest value, inclusive; `high > low`
 * @throws RangeError if `low <= 0`, a bound is not finite, or `low >= high`.
 * @example scales.log(1e-4, 1) // a learning rate; 1/4 of the draws in each decade
 * @see lecture, "Using an appropriate scale to pick hyperparameters".
 */
export function log(low: number, high: number): Scale<number> {
  checkBounds('scales.log', low, high);
  if (low <= 0) {
    throw rangeError(
      'scales.log',
      '`low > 0` must hold',
      `low=${low}, high=${high}`,
      'A log scale cannot reach 0: start at a small positive value such as 1e-4, or use scales.linear.'
    );
  }
  return continuousScale({ kind: 'log', low, high, position: Math.log10, value: p => 10 ** p });
}
