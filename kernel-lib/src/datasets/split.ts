import { knownOptions, rangeError, show } from '../errors';
import { count } from '../numeric/options';
import { checkSeed, createRng, type Rng } from '../numeric/rng';
import { checkData, selectRows, type Dataset, type Split } from './dataset';
import type { RegressionData } from './regression';

/** Options of `datasets.split`. */
export interface SplitOptions {
  /** Share of train, dev and test; each > 0, together 1. Default: `[0.6, 0.2, 0.2]`. */
  shares?: readonly [train: number, dev: number, test: number];
  /** Which rows go where. Default: `0`. */
  seed?: number;
}

/** Options of `datasets.folds`. */
export interface FoldOptions {
  /** How many parts; each is the test part once. At least 2. Default: `5`. */
  folds?: number;
  /** Which rows go where. Default: `0`. */
  seed?: number;
}

/** One turn of cross-validation. */
export interface Fold<D extends Dataset | RegressionData = Dataset> {
  readonly train: D;
  readonly test: D;
}

/**
 * Splits examples at random into train, dev and test; those with classes class by class, so that each
 * part has the same mixture (stratified): a class's rows in each part are its share to within one row.
 *
 * @throws RangeError if the shares are not positive or do not sum to 1, or a part would be empty.
 * @example
 * const { train, dev, test } = datasets.split(datasets.moons(), { shares: [0.8, 0.1, 0.1], seed: 1 });
 */
export function splitDataset<D extends Dataset | RegressionData>(
  data: D,
  options: SplitOptions = {}
): Split<D> {
  knownOptions('splitDataset', options, ['shares', 'seed']);
  const { shares = [0.6, 0.2, 0.2], seed = 0 } = options;
  const sum = shares.reduce((a, b) => a + b, 0);
  if (shares.length !== 3 || shares.some(share => !(share > 0)) || Math.abs(sum - 1) > 1e-9) {
    throw rangeError(
      'splitDataset',
      '`shares` must be three positive numbers that sum to 1',
      show(shares),
      'Pass [train, dev, test] such as [0.6, 0.2, 0.2].'
    );
  }
  const rng = createRng(checkSeed('splitDataset', seed));
  const [train, dev, test] = cut('splitDataset', checkData('splitDataset', data), shares, rng);
  return { train, dev, test };
}

/** Cuts examples into parts of these shares, stratified and in random order. */
export function cut<D extends Dataset | RegressionData>(
  where: string,
  data: D,
  shares: readonly number[],
  rng: Rng
): D[] {
  const ends = shares.map((_, i) => shares.slice(0, i + 1).reduce((a, b) => a + b, 0));
  const parts: number[][] = shares.map(() => []);
  for (const rows of strata(data, rng)) {
    let part = 0;
    rows.forEach((row, i) => {
      while (part < shares.length - 1 && i >= Math.round(rows.length * ends[part])) {
        part++;
      }
      parts[part].push(row);
    });
  }
  if (parts.some(part => part.length === 0)) {
    throw rangeError(
      where,
      'each part must get at least one row',
      `${data.rows} rows in shares ${show(shares)}`,
      'Use more data or larger shares.'
    );
  }
  // Back into random order: a part must not come sorted by class.
  return parts.map(part =>
    selectRows(
      data,
      Array.from(rng.permutation(part.length), i => part[i])
    )
  );
}

/** The rows of each class in random order; of examples without classes, all rows. */
function strata(data: Dataset | RegressionData, rng: Rng): number[][] {
  const order = rng.permutation(data.rows);
  const result = Array.from({ length: 'y' in data ? data.classes : 1 }, (): number[] => []);
  order.forEach(row => result['y' in data ? data.y[row] : 0].push(row));
  return result;
}

/**
 * Cuts examples at random into equal parts for cross-validation: turn k tests on part k and trains on
 * all others. Parts differ in size by at most one row, and in the rows of each class by at most one
 * (stratified, with the guarantee of scikit-learn's `StratifiedKFold`).
 *
 * @throws RangeError for fewer than two folds, or more than rows.
 * @example
 * for (const { train, test } of datasets.folds(datasets.moons(), { folds: 5, seed: 1 })) {
 *   // fit on train, evaluate on test
 * }
 * @see as scikit-learn's `StratifiedKFold`.
 */
export function folds<D extends Dataset | RegressionData>(
  data: D,
  options: FoldOptions = {}
): Fold<D>[] {
  const where = 'datasets.folds';
  knownOptions(where, options, ['folds', 'seed']);
  const parts = count(where, 'folds', options.folds ?? 5, 2);
  if (parts > checkData(where, data).rows) {
    throw rangeError(
      where,
      'each fold must test on at least one row',
      `${parts} folds of ${data.rows} rows`,
      'Use fewer folds.'
    );
  }
  const rng = createRng(checkSeed(where, options.seed ?? 0));
  // Cards are dealt class after class without starting anew, which evens out both sizes and classes.
  const part = new Int32Array(data.rows);
  strata(data, rng)
    .flat()
    .forEach((row, i) => (part[row] = i % parts));
  const order = Array.from(rng.permutation(data.rows));
  return Array.from({ length: parts }, (_, k) => ({
    train: selectRows(
      data,
      order.filter(row => part[row] !== k)
    ),
    test: selectRows(
      data,
      order.filter(row => part[row] === k)
    )
  }));
}
