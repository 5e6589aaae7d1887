import { rangeError, show } from '../errors';

/**
 * Checks the ends of a scale: finite numbers with low < high.
 * @throws RangeError otherwise.
 */
export function checkBounds(where: string, low: unknown, high: unknown): void {
  const got = `low=${show(low)}, high=${show(high)}`;
  if (
    typeof low !== 'number' ||
    typeof high !== 'number' ||
    !Number.isFinite(low) ||
    !Number.isFinite(high)
  ) {
    throw rangeError(
      where,
      '`low` and `high` must be finite numbers',
      got,
      `Pass the smallest and the largest value to try, such as ${where}(0.1, 0.9).`
    );
  }
  if (!Number.isFinite(high - low)) {
    throw rangeError(
      where,
      '`high - low` must be a finite number',
      got,
      'No search covers such a range: choose bounds in which a good value may lie.'
    );
  }
  if (low >= high) {
    throw rangeError(
      where,
      '`low < high` must hold',
      got,
      low === high
        ? 'A value that never changes needs no scale: write it into the objective.'
        : 'Swap the two.'
    );
  }
}

/** Brings a position back into [0, 1]: sums of rounding errors must not leave the domain. */
export const clampUnit = (u: number) => Math.min(1, Math.max(0, u));

/** `points` values at equal distances on a scale, both ends included; the middle for a single one. */
export function unitGrid(where: string, points: number): number[] {
  if (!Number.isSafeInteger(points) || points < 1) {
    throw rangeError(
      where,
      'a grid needs a whole number of points >= 1',
      show(points),
      'Pass how many values to try, such as 5.'
    );
  }
  return points === 1 ? [0.5] : Array.from({ length: points }, (_, i) => i / (points - 1));
}
