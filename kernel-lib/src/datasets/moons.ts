import type { Dataset } from './dataset';
import { makePoints, type PointOptions } from './points';

/**
 * Two half circles that reach into each other: `(cos t, sin t)` and `(1 - cos t, 1/2 - sin t)` for t from
 * 0 to pi, in even steps. Two classes, two features.
 *
 * @param options `rows` (default 500), `noise` (default 0.1), `seed`
 * @throws RangeError for fewer than 2 rows, negative noise, unknown options.
 * @example const { train, dev, test } = datasets.split(datasets.moons({ noise: 0.2, seed: 1 }));
 * @see scikit-learn's `make_moons`.
 */
export function moons(options: PointOptions = {}): Dataset {
  return makePoints(
    {
      where: 'datasets.moons',
      classes: 2,
      noise: 0.1,
      place(label, i, n, point) {
        const t = (Math.PI * i) / Math.max(1, n - 1);
        point[0] = label === 0 ? Math.cos(t) : 1 - Math.cos(t);
        point[1] = label === 0 ? Math.sin(t) : 0.5 - Math.sin(t);
      }
    },
    options
  );
}
