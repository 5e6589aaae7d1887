import { rangeError } from '../errors';
import { checkBounds, clampUnit, unitGrid } from './bounds';
import type { Scale } from './scale';

/**
 * Whole numbers from `low` to `high`, both included, with equal chances: layers, units, epochs.
 *
 * @throws RangeError if a bound is not a whole number or `low >= high`.
 * @example scales.integer(1, 4) // number of hidden layers
 * Source: lecture, "Using an appropriate scale to pick hyperparameters".
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
  // Each number owns an equal share of the unit interval and stands for its middle.
  const fromUnit = (u: number) => low + Math.min(size - 1, Math.floor(clampUnit(u) * size));
  return {
    kind: 'integer',
    size,
    fromUnit,
    toUnit: value => (value - low + 0.5) / size,
    contains: value =>
      Number.isSafeInteger(value) && (value as number) >= low && (value as number) <= high,
    grid: points => [
      ...new Set(
        unitGrid('scales.integer', Math.min(points, size)).map(u =>
          Math.round(low + u * (size - 1))
        )
      )
    ],
    axis: label => ({ label, scale: 'linear', range: [low, high], integer: true }),
    toNumber: value => value,
    toJSON: () => ({ kind: 'integer', low, high })
  };
}
