import { createRng, hashSeed } from '../numeric/rng';
import { mean } from '../numeric/stats';
import { forest, predict, type Examples, type Tree } from './forest';
import type { AfterPart } from './parts';

/**
 * For each column by how much a forest's R^2 on the trials falls when the column's values are shuffled among
 * them, averaged over `repeats`; all zero when the values are constant. A part is a tree, or one shuffling.
 * @see Breiman 2001, "Random forests", section 10; scikit-learn's permutation_importance.
 */
export async function permutation(
  examples: Examples,
  trees: number,
  repeats: number,
  seed: number,
  afterPart: AfterPart
): Promise<number[]> {
  const { x, y, columns } = examples;
  const n = y.length;
  const grown: Tree[] = [];
  for (const tree of forest(examples, trees, seed)) {
    grown.push(tree);
    await afterPart();
  }
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
      error += (y[i] - predict(grown, row)) ** 2;
    }
    return error;
  };
  const before = errorWith(0, Uint32Array.from(y.keys()));
  const falls: number[] = [];
  for (let column = 0; column < columns; column++) {
    const errors: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      errors.push(errorWith(column, rng.permutation(n)));
      await afterPart();
    }
    falls.push((mean(errors) - before) / total);
  }
  return falls;
}
