import { rangeError } from '../errors';
import { checkBounds } from './bounds';
import type { Scale } from './scale';
import { stepScale } from './steps';

/**
 * Whole numbers from `low` to `high`, both included, with equal chances: layers, units, epochs.
 *
 * @throws RangeError if a bound is not a whole number or `low >= high`.
 * @example scales.integer(1, 4) // number of hidden layers
 * @see lecture, "Using an appropriate scale to pick hyperparameters".
 */
export function integer(low: number, high: number): Scale<number> {
  checkBounds('scales.integer', low, high);
  if (![low, high, high - low + 1].every(Number.isSafeInteger)) {
    throw rangeError(
      'scales.integer',
      '`low` and `high` must be whole numbers, less than 2^53 apart and from 0',
      `low=${low}, high=${high}`,
      'Use scales.linear for fractions.'
    );
  }
  const size = high - low + 1;
  return stepScale({
    kind: 'integer',
    size,
    value: index => low + index,
    index: value => Math.round(value - low),
    description: { low, high }
  });
}
