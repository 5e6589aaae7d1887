import { createRng, hashSeed } from '../numeric/rng';
import { mean } from '../numeric/stats';
import { growForest, predict, type Examples } from './forest';

/**
 * For each column by how much a forest's R^2 on the trials falls when the column's values are shuffled among
 * them, averaged over `repeats`; all zero when the values are constant.
 * @see Breiman 2001, "Random forests", section 10; scikit-learn's permutation_importance.
 */
export function permutation(
  examples: Examples,
  trees: number,
  repeats: number,
  seed: number
): number[] {
  const { x, y, columns } = examples;
  const n = y.length;
  const forest = growForest(examples, trees, seed);
  const rng = createRng(hashSeed(seed, 'permutation'));
  const middle = mean(y);
  const total = y.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  if (!(total > 0)) {
    return Array<number>(columns).fill(0);
  }
  const errorWith = (column: number, order: Uint32Array) => {
    let error = 0;
    for (let i = 0; i < n; i++) {
      const row = x.slice(i * columns, (i + 1) * columns);
      row[column] = x[order[i] * columns + column];
      error += (y[i] - predict(forest, row)) ** 2;
    }
    return error;
  };
  const before = errorWith(0, Uint32Array.from(y.keys()));
  return Array.from({ length: columns }, (_, column) => {
    const errors = Array.from({ length: repeats }, () => errorWith(column, rng.permutation(n)));
    return (mean(errors) - before) / total;
  });
}
