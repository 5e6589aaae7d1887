import { knownOptions, rangeError, show } from '../errors';
import { checkSeed, createRng, type Rng } from '../numeric/rng';
import { checkData, selectRows, type Dataset } from './dataset';
import { checkNoise } from './points';
import type { RegressionData } from './regression';
import { rotate } from './rotate';

/** Options of `datasets.shift`. */
export interface ShiftOptions {
  /**
   * Degrees, counterclockwise. Images (data with `image`) turn about their middle, with what comes in from
   * outside blank; other data must have two features, which turn about the origin. Default: `0`.
   */
  rotation?: number;
  /**
   * What each pixel's distance from the mean of its image is multiplied by, >= 0: below 1 pale, above 1
   * strong. Images only. Default: `1`.
   */
  contrast?: number;
  /** Standard deviation of normal noise added to every feature, >= 0. Default: `0`. */
  noise?: number;
  /**
   * Share of each class, each >= 0, together 1. As many rows are drawn as these shares allow without
   * taking one twice. Default: all rows as they are.
   */
  classBalance?: readonly number[];
  /** Which noise, and which rows. Default: `0`. */
  seed?: number;
}

/**
 * The same examples under other circumstances, as a network may meet them after training: for covariate
 * shift (turned, paler, noisier inputs) and label shift (other shares of the classes). Changes are made in
 * the order of the options' list, rows being chosen first.
 *
 * @returns new data; what was given stays as it is. Pixels are not cut off at 0 and 1.
 * @throws RangeError for options outside their domain, or that these data cannot have.
 * @example
 * const { test } = datasets.digits();
 * const turned = datasets.shift(test, { rotation: 15, contrast: 0.5, seed: 1 });
 * @see lecture "Why does batch norm work?" (covariate shift).
 */
export function shift<D extends Dataset | RegressionData>(data: D, options: ShiftOptions = {}): D {
  const where = 'datasets.shift';
  knownOptions(where, options, ['rotation', 'contrast', 'noise', 'classBalance', 'seed']);
  const { rotation = 0, contrast = 1, classBalance, seed = 0 } = options;
  const noise = checkNoise(where, options.noise ?? 0);
  checkFiniteNumber(where, 'rotation', rotation, -Infinity);
  checkFiniteNumber(where, 'contrast', contrast, 0);
  checkData(where, data);
  const rng = createRng(checkSeed(where, seed));
  const chosen = classBalance ? balance(where, data, classBalance, rng.fork('classes')) : data;
  let x: Float32Array = chosen.x.slice();
  if (rotation !== 0) {
    x = rotate(where, { ...chosen, x }, rotation);
  }
  if (contrast !== 1) {
    stretch(where, chosen, x, contrast);
  }
  if (noise !== 0) {
    const stream = rng.fork('noise');
    x = x.map(value => value + noise * stream.normal());
  }
  return { ...chosen, x };
}

function checkFiniteNumber(where: string, name: string, value: unknown, least: number): void {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < least) {
    throw rangeError(
      where,
      `\`${name}\` must be a finite number${least === 0 ? ' >= 0' : ''}`,
      `${name}=${show(value)}`,
      name === 'rotation' ? 'It is in degrees.' : '1 leaves images as they are.'
    );
  }
}

function stretch(
  where: string,
  { image, features, rows }: Dataset | RegressionData,
  x: Float32Array,
  contrast: number
): void {
  if (!image) {
    throw rangeError(
      where,
      'only images have contrast',
      'data without `image`',
      'If each row is an image, say so: { ...data, image: [height, width] }.'
    );
  }
  for (let row = 0; row < rows; row++) {
    const pixels = x.subarray(row * features, (row + 1) * features);
    const mean = pixels.reduce((sum, pixel) => sum + pixel, 0) / features;
    pixels.forEach((pixel, i) => (pixels[i] = mean + contrast * (pixel - mean)));
  }
}

/** Draws rows without taking one twice, so that the classes have these shares. */
function balance<D extends Dataset | RegressionData>(
  where: string,
  data: D,
  shares: readonly number[],
  rng: Rng
): D {
  if (!('y' in data)) {
    throw rangeError(
      where,
      'only data with classes have a balance of classes',
      'regression data',
      'Leave `classBalance` out.'
    );
  }
  const { y, classes } = data;
  const sum = Array.from(shares).reduce((a, b) => a + b, 0);
  if (
    shares.length !== classes ||
    shares.some(share => !(share >= 0)) ||
    Math.abs(sum - 1) > 1e-9
  ) {
    throw rangeError(
      where,
      `\`classBalance\` must be ${classes} shares >= 0, one for each class, that sum to 1`,
      show(shares),
      'For example [0.5, 0.5] for two classes of the same size.'
    );
  }
  const available = new Int32Array(classes);
  y.forEach(label => available[label]++);
  // The class that is shortest for its share decides; the small number forgives 0.1 + 0.2.
  const total = shares.reduce(
    (least, share, label) => (share > 0 ? Math.min(least, available[label] / share) : least),
    Infinity
  );
  const left = shares.map((share, label) =>
    Math.min(available[label], Math.round(share * total + 1e-9))
  );
  const order = Array.from(rng.permutation(data.rows)).filter(row => left[y[row]]-- > 0);
  if (order.length === 0) {
    throw rangeError(
      where,
      'each class with a share must have rows',
      `${show(available)} rows of the classes, for the shares ${show(shares)}`,
      'Give classes without rows the share 0.'
    );
  }
  return selectRows(data, order);
}
