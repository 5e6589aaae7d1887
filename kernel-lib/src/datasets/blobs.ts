import { count } from '../numeric/options';
import { checkSeed, createRng } from '../numeric/rng';
import type { Dataset } from './dataset';
import { makePoints, type PointOptions } from './points';
import { checkSize } from './source';

/** Options of `datasets.blobs`. */
export interface BlobsOptions extends PointOptions {
  /** How many clouds, each a class; at least 2. Default: `3`. */
  classes?: number;
  /** How many coordinates. Default: `2`. */
  features?: number;
}

/**
 * Round clouds: normal noise around centres that are drawn uniformly from [-10, 10) in each coordinate.
 *
 * @param options `rows` (default 500), `noise` (the clouds' standard deviation, default 1), `seed`
 *   (of centres and points), `classes`, `features`
 * @throws RangeError for fewer rows than classes, negative noise, unknown options.
 * @example datasets.blobs({ classes: 4, features: 8, seed: 1 })
 * @see scikit-learn's `make_blobs`.
 */
export function blobs(options: BlobsOptions = {}): Dataset {
  const where = 'datasets.blobs';
  const classes = count(where, 'classes', options?.classes ?? 3, 2);
  const features = count(where, 'features', options?.features ?? 2);
  checkSize(where, `${classes} centres of ${features} numbers`, 8 * classes * features);
  // A stream of their own: the same centres with any number of rows.
  const rng = createRng(checkSeed(where, options?.seed ?? 0)).fork('centres');
  const centres = Float64Array.from({ length: classes * features }, () => 20 * rng.uniform() - 10);
  return makePoints(
    {
      where,
      classes,
      features,
      noise: 1,
      more: ['classes', 'features'],
      place(label, _i, _n, point) {
        point.set(centres.subarray(label * features, (label + 1) * features));
      }
    },
    options
  );
}
