import { rangeError, show } from '../errors';
import type { Dataset } from './dataset';
import { makePoints, type PointOptions } from './points';

/** Options of `datasets.circles`. */
export interface CirclesOptions extends PointOptions {
  /** Radius of the inner circle, in (0, 1); the outer one's is 1. Default: `0.5`. */
  factor?: number;
}

/**
 * A circle (class 1) inside another (class 0), around the origin, in even steps. Two features.
 *
 * @param options `rows` (default 500), `noise` (default 0.1), `seed`, `factor`
 * @throws RangeError for fewer than 2 rows, negative noise, a factor outside (0, 1), unknown options.
 * @example datasets.circles({ factor: 0.3, seed: 1 })
 * @see scikit-learn's `make_circles`.
 */
export function circles(options: CirclesOptions = {}): Dataset {
  const where = 'datasets.circles';
  const factor = options?.factor ?? 0.5;
  if (!(factor > 0 && factor < 1)) {
    throw rangeError(
      where,
      '`0 < factor < 1` must hold',
      `factor=${show(factor)}`,
      'It is the radius of the inner circle; the outer one has 1.'
    );
  }
  return makePoints(
    {
      where,
      classes: 2,
      noise: 0.1,
      more: ['factor'],
      place(label, i, n, point) {
        const t = (2 * Math.PI * i) / n;
        const radius = label === 0 ? 1 : factor;
        point[0] = radius * Math.cos(t);
        point[1] = radius * Math.sin(t);
      }
    },
    options
  );
}
