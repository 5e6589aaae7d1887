import { knownOptions } from '../errors';
import type { Dataset, Split } from './dataset';
import { DIGITS } from './digitsData';
import { splitDataset, type SplitOptions } from './split';

let all: Dataset | undefined;

/** All 1,797 rows in the order of the source, pixels from 0 (blank) to 1 (full ink). */
function readAll(): Dataset {
  const lines = DIGITS.split('\n');
  const x = new Float32Array(lines.length * 64);
  const y = new Int32Array(lines.length);
  lines.forEach((line, row) => {
    y[row] = Number(line[0]);
    for (let i = 0; i < 64; i++) {
      // 'a' is 0 and 'q' is 16, full ink.
      x[row * 64 + i] = (line.charCodeAt(i + 1) - 97) / 16;
    }
  });
  return { x, y, rows: lines.length, features: 64, classes: 10, image: [8, 8] };
}

/**
 * Real handwritten digits: 1,797 images of 8 x 8 pixels in [0, 1], classes 0 to 9, split at random and
 * stratified into train (1,078 rows by default), dev (360) and test (359).
 *
 * @param options `shares` and `seed` of the split
 * @throws RangeError if the shares are not positive or do not sum to 1.
 * @example const { train, dev, test } = datasets.digits({ seed: 1 });
 * @see Alpaydin and Kaynak 1998, UCI Machine Learning Repository, CC BY 4.0 (as scikit-learn's `load_digits`).
 */
export function digits(options: SplitOptions = {}): Split {
  knownOptions('datasets.digits', options, ['shares', 'seed']);
  return splitDataset((all ??= readAll()), options);
}

/**
 * The digits unsplit, in the order of scikit-learn's `load_digits`: for `datasets.folds`.
 *
 * @example const turns = datasets.folds(datasets.allDigits(), { folds: 5, seed: 1 });
 */
export function allDigits(): Dataset {
  const data = (all ??= readAll());
  // A copy: whoever writes into it must not change what others get.
  return { ...data, x: data.x.slice(), y: data.y.slice() };
}
