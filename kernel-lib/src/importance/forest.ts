import { createRng, type Rng } from '../numeric/rng';

/** A regression tree as arrays by node, from the root at 0; a leaf has feature -1. */
export interface Tree {
  feature: number[];
  threshold: number[];
  left: number[];
  right: number[];
  value: number[];
}

/** Rows (examples x columns) and what they are worth. */
export interface Examples {
  x: Float64Array;
  y: Float64Array;
  columns: number;
}

const DEEPEST = 64;

/**
 * The trees of a random forest for regression, one by one: each is grown on a bootstrap sample until its leaves are pure,
 * splitting where the squared error falls most. As scikit-learn's RandomForestRegressor with its defaults.
 * @see Breiman 2001, "Random forests".
 */
export function* forest(examples: Examples, trees: number, seed: number): Generator<Tree> {
  const rng = createRng(seed);
  for (let tree = 0; tree < trees; tree++) {
    yield growTree(examples, rng.fork(tree));
  }
}

function growTree(examples: Examples, rng: Rng): Tree {
  const n = examples.y.length;
  const tree: Tree = { feature: [], threshold: [], left: [], right: [], value: [] };
  grow(
    tree,
    examples,
    Uint32Array.from({ length: n }, () => rng.integer(n)),
    0,
    rng
  );
  return tree;
}

/** Adds the node that holds `rows`, with all below it; returns its index. */
function grow(tree: Tree, examples: Examples, rows: Uint32Array, depth: number, rng: Rng): number {
  const { x, y, columns } = examples;
  const node = tree.feature.length;
  const sum = rows.reduce((total, row) => total + y[row], 0);
  tree.feature.push(-1);
  tree.threshold.push(0);
  tree.left.push(-1);
  tree.right.push(-1);
  tree.value.push(sum / rows.length);
  const split =
    depth < DEEPEST && rows.some(row => y[row] !== y[rows[0]])
      ? bestSplit(examples, rows, sum, rng)
      : undefined;
  if (split) {
    const { feature, threshold } = split;
    const below = (row: number) => x[row * columns + feature] <= threshold;
    tree.feature[node] = feature;
    tree.threshold[node] = threshold;
    tree.left[node] = grow(tree, examples, rows.filter(below), depth + 1, rng);
    tree.right[node] = grow(
      tree,
      examples,
      rows.filter(row => !below(row)),
      depth + 1,
      rng
    );
  }
  return node;
}

/** The split after which the sum of squared errors is least; among equal ones the first of a random order. */
function bestSplit(
  { x, y, columns }: Examples,
  rows: Uint32Array,
  sum: number,
  rng: Rng
): { feature: number; threshold: number } | undefined {
  let best: { feature: number; threshold: number } | undefined;
  let most = -Infinity;
  const n = rows.length;
  for (const feature of rng.permutation(columns)) {
    const at = (row: number) => x[row * columns + feature];
    const sorted = rows.slice().sort((a, b) => at(a) - at(b));
    let left = 0;
    for (let i = 1; i < n; i++) {
      left += y[sorted[i - 1]];
      const [low, high] = [at(sorted[i - 1]), at(sorted[i])];
      const middle = (low + high) / 2;
      // Minus what all splits share, the squared errors are these means' squares, weighted.
      const gain = (left * left) / i + (sum - left) ** 2 / (n - i);
      if (gain > most && middle > low && middle < high) {
        most = gain;
        best = { feature, threshold: middle };
      }
    }
  }
  return best;
}

/** What a forest predicts for one row, `column` read from another place in `x`. */
export function predict(trees: readonly Tree[], row: ArrayLike<number>): number {
  let sum = 0;
  for (const { feature, threshold, left, right, value } of trees) {
    let node = 0;
    while (feature[node] >= 0) {
      node = row[feature[node]] <= threshold[node] ? left[node] : right[node];
    }
    sum += value[node];
  }
  return sum / trees.length;
}
