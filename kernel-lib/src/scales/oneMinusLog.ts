import { rangeError } from '../errors';
import { checkBounds } from './bounds';
import { continuousScale } from './continuous';
import type { Scale } from './scale';

/**
 * A scale for values near 1, such as the beta of momentum or of exponentially weighted averages: `1 - 10^-r` with r
 * uniform, so that 1 - beta has equal chances in each decade. An average with weight beta looks back over about
 * 1 / (1 - beta) steps: between 0.9 and 0.999 that is 10 to 1,000, and it changes most close to 1.
 *
 * @param low smallest value, inclusive
 * @param high largest value, < 1, inclusive; `high > low`
 * @throws RangeError if `high >= 1`, a bound is not finite, or `low >= high`.
 * @example scales.oneMinusLog(0.9, 0.999) // as many draws in [0.9, 0.99] as in [0.99, 0.999]
 * @see lecture, "Using an appropriate scale to pick hyperparameters"; quiz question 4.
 */
export function oneMinusLog(low: number, high: number): Scale<number> {
  checkBounds('scales.oneMinusLog', low, high);
  if (high >= 1) {
    throw rangeError(
      'scales.oneMinusLog',
      '`high < 1` must hold',
      `low=${low}, high=${high}`,
      'The scale approaches 1 and never reaches it: end at a value such as 0.999.'
    );
  }
  return continuousScale({
    kind: 'oneMinusLog',
    low,
    high,
    position: x => -Math.log10(1 - x),
    value: p => 1 - 10 ** -p
  });
}
