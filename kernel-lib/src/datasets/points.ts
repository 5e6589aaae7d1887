import { knownOptions, rangeError, show } from '../errors';
import { count } from '../numeric/options';
import { checkSeed, createRng, type Rng } from '../numeric/rng';
import { selectRows, type Dataset } from './dataset';
import { checkSize } from './source';

/** What all made-up data sets have in common. */
export interface PointOptions {
  /** How many examples, over all classes, whose sizes differ by one at most. Default: `500`. */
  rows?: number;
  /** Standard deviation of the normal noise added to each coordinate, >= 0. */
  noise?: number;
  /** Which points. Default: `0`. */
  seed?: number;
}

/** How a data set is made: what has been checked already, and how one point comes about. */
export interface Recipe {
  where: string;
  classes: number;
  /** Default: `2`. */
  features?: number;
  /** The noise unless the caller chooses. */
  noise: number;
  /** Names of options that the caller has read itself. */
  more?: readonly string[];
  /**
   * Writes the place of example `i` of the `n` of class `label`, before noise, into `point`.
   * @param at `noise` as chosen, and random numbers, for noise other than on the coordinates
   */
  place(
    label: number,
    i: number,
    n: number,
    point: Float64Array,
    at: { noise: number; rng: Rng }
  ): void;
  /** Whether `place` adds the noise itself. Default: `false`. */
  ownNoise?: boolean;
}

/** Makes points class by class and shuffles them. */
export function makePoints(recipe: Recipe, options: PointOptions): Dataset {
  const { where, classes, features = 2, more = [], ownNoise = false } = recipe;
  knownOptions(where, options, ['rows', 'noise', 'seed', ...more]);
  const rows = count(where, 'rows', options.rows ?? 500, classes);
  const noise = checkNoise(where, options.noise ?? recipe.noise);
  checkSize(where, `${rows} rows of ${features} numbers`, 4 * rows * features);
  const rng = createRng(checkSeed(where, options.seed ?? 0));
  const x = new Float32Array(rows * features);
  const y = new Int32Array(rows);
  const point = new Float64Array(features);
  let row = 0;
  for (let label = 0; label < classes; label++) {
    // The last classes take what is left over, as in scikit-learn's make_moons.
    const n = Math.floor((rows + label) / classes);
    for (let i = 0; i < n; i++, row++) {
      recipe.place(label, i, n, point, { noise, rng });
      for (let c = 0; c < features; c++) {
        x[row * features + c] = point[c] + (ownNoise ? 0 : noise * rng.normal());
      }
      y[row] = label;
    }
  }
  return selectRows({ x, y, rows, features, classes }, rng.permutation(rows));
}

/** Checks a standard deviation: a finite number >= 0. @throws RangeError otherwise. */
export function checkNoise(where: string, noise: unknown): number {
  if (typeof noise !== 'number' || !Number.isFinite(noise) || noise < 0) {
    throw rangeError(
      where,
      '`noise` must be a finite number >= 0',
      `noise=${show(noise)}`,
      'It is a standard deviation: 0 for none.'
    );
  }
  return noise;
}
