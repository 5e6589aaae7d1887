import { rangeError, show } from '../errors';
import { checkSeed, createRng } from '../numeric/rng';
import { selectRows, type Dataset, type Split } from './dataset';

export interface SplitOptions {
  /** Share of train, dev and test; each > 0, together 1. Default: `[0.6, 0.2, 0.2]`. */
  shares?: readonly [train: number, dev: number, test: number];
  /** Which rows go where. Default: `0`. */
  seed?: number;
}

/**
 * Splits examples at random into train, dev and test, class by class, so that each part has the same
 * mixture of classes (stratified).
 *
 * @throws RangeError if the shares are not positive or do not sum to 1, or a part would be empty.
 * @example splitDataset(data, { shares: [0.8, 0.1, 0.1], seed: 1 })
 */
export function splitDataset(data: Dataset, options: SplitOptions = {}): Split {
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
  const order = rng.permutation(data.rows);
  const parts: number[][] = [[], [], []];
  for (let label = 0; label < data.classes; label++) {
    const rows = order.filter(row => data.y[row] === label);
    const devStart = Math.round(rows.length * shares[0]);
    const testStart = Math.round(rows.length * (shares[0] + shares[1]));
    rows.forEach((row, i) => parts[i < devStart ? 0 : i < testStart ? 1 : 2].push(row));
  }
  if (parts.some(part => part.length === 0)) {
    throw rangeError(
      'splitDataset',
      'each part must get at least one row',
      `${data.rows} rows in shares ${show(shares)}`,
      'Use more data or larger shares.'
    );
  }
  // Back into random order: a part must not come sorted by class.
  const [train, dev, test] = parts.map(part =>
    selectRows(
      data,
      Array.from(rng.permutation(part.length), i => part[i])
    )
  );
  return { train, dev, test };
}
