import { count, positive } from '../numeric/options';
import type { Dataset } from './dataset';
import { makePoints, type PointOptions } from './points';

/** Options of `datasets.spirals`. */
export interface SpiralsOptions extends PointOptions {
  /** How many arms, each a class; at least 2. Default: `2`. */
  classes?: number;
  /** How often each arm winds around the origin, > 0. Default: `1`. */
  turns?: number;
}

/**
 * Arms that wind around each other: at radius r from 0 to 1, in even steps, arm k of K lies at the angle
 * `2 pi (k / K + turns r)`. Two features.
 *
 * @param options `rows` (default 500), `noise` (default 0.03), `seed`, `classes`, `turns`
 * @throws RangeError for fewer rows than classes, negative noise, unknown options.
 * @example datasets.spirals({ classes: 3, seed: 1 })
 * @see after A. Karpathy, CS231n, "Putting it together: minimal neural network case study".
 */
export function spirals(options: SpiralsOptions = {}): Dataset {
  const where = 'datasets.spirals';
  const classes = count(where, 'classes', options?.classes ?? 2, 2);
  const turns = positive(where, 'turns', options?.turns ?? 1);
  return makePoints(
    {
      where,
      classes,
      noise: 0.03,
      more: ['classes', 'turns'],
      place(label, i, n, point) {
        const radius = i / Math.max(1, n - 1);
        const angle = 2 * Math.PI * (label / classes + turns * radius);
        point[0] = radius * Math.cos(angle);
        point[1] = radius * Math.sin(angle);
      }
    },
    options
  );
}
