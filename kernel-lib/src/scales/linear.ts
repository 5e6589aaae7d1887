import { checkBounds } from './bounds';
import { continuousScale } from './continuous';
import type { Scale } from './scale';

/**
 * A linear scale: `low + r (high - low)` with r uniform in [0, 1]. Equal chances for equal lengths: right for
 * dropout or a share, wrong for a learning rate.
 *
 * @param low smallest value, inclusive, in the hyperparameter's own units
 * @param high largest value, inclusive; `high > low`
 * @throws RangeError if a bound is not finite or `low >= high`.
 * @example scales.linear(0, 0.5) // a dropout rate
 * @see lecture, "Using an appropriate scale to pick hyperparameters".
 */
export function linear(low: number, high: number): Scale<number> {
  checkBounds('scales.linear', low, high);
  return continuousScale({ kind: 'linear', low, high, position: x => x, value: p => p });
}
