import type { Dataset } from './dataset';
import { makePoints, type PointOptions } from './points';

/**
 * The flower: eight petals in two classes, one for t from 0 to 3.12 and one from 3.12 to 6.24, each point
 * at `(r sin t, r cos t)` with `r = 4 sin(4t)`. Two features.
 *
 * @param options `rows` (default 500), `noise` (default 0.2: the standard deviation of what is added to t
 *   and, anew, to r), `seed`
 * @throws RangeError for fewer than 2 rows, negative noise, unknown options.
 * @example datasets.flower({ rows: 400, seed: 1 })
 * @see deeplearning.ai, "Planar data classification with one hidden layer" (`load_planar_dataset`).
 */
export function flower(options: PointOptions = {}): Dataset {
  return makePoints(
    {
      where: 'datasets.flower',
      classes: 2,
      noise: 0.2,
      ownNoise: true,
      place(label, i, n, point, { noise, rng }) {
        const t = 3.12 * (label + i / Math.max(1, n - 1)) + noise * rng.normal();
        const r = 4 * Math.sin(4 * t) + noise * rng.normal();
        point[0] = r * Math.sin(t);
        point[1] = r * Math.cos(t);
      }
    },
    options
  );
}
