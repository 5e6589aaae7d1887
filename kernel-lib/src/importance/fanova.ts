import { mean } from '../numeric/stats';
import { forest, type Examples, type Tree } from './forest';
import type { AfterPart } from './parts';

/** A leaf of a tree: a box of the unit cube, its volume, and the value that the tree predicts in it. */
interface Box {
  low: number[];
  high: number[];
  volume: number;
  value: number;
}

/**
 * For each column the share of a forest's variance over the unit cube that this column explains by itself,
 * averaged over the trees; all zero when the values are constant.
 * @see Hutter, Hoos and Leyton-Brown 2014, "An efficient approach for assessing hyperparameter importance".
 */
export async function fanova(
  examples: Examples,
  trees: number,
  seed: number,
  afterTree: AfterPart
): Promise<number[]> {
  const { columns } = examples;
  const shares: number[][] = [];
  for (const tree of forest(examples, trees, seed)) {
    const share = sharesOf(boxesOf(tree, columns), columns);
    if (share) {
      shares.push(share);
    }
    await afterTree();
  }
  return Array.from({ length: columns }, (_, column) =>
    shares.length === 0 ? 0 : mean(shares.map(share => share[column]))
  );
}

function boxesOf(tree: Tree, columns: number): Box[] {
  const boxes: Box[] = [];
  function visit(node: number, low: number[], high: number[]): void {
    const feature = tree.feature[node];
    if (feature < 0) {
      const volume = low.reduce((product, edge, j) => product * (high[j] - edge), 1);
      boxes.push({ low, high, volume, value: tree.value[node] });
      return;
    }
    const edge = tree.threshold[node];
    visit(tree.left[node], low, Object.assign([...high], { [feature]: edge }));
    visit(tree.right[node], Object.assign([...low], { [feature]: edge }), high);
  }
  visit(0, Array<number>(columns).fill(0), Array<number>(columns).fill(1));
  return boxes;
}

/** `undefined` for a tree that predicts one value everywhere. */
function sharesOf(boxes: readonly Box[], columns: number): number[] | undefined {
  const middle = boxes.reduce((sum, { volume, value }) => sum + volume * value, 0);
  const total = boxes.reduce((sum, { volume, value }) => sum + volume * (value - middle) ** 2, 0);
  if (!(total > 0)) {
    return undefined;
  }
  return Array.from({ length: columns }, (_, j) => marginalVariance(boxes, j, middle) / total);
}

/**
 * The variance along one column of the mean over all others. Between neighbouring edges the mean is constant, and
 * a box adds its value times its cross-section there: the steps at the edges are added up from left to right.
 */
function marginalVariance(boxes: readonly Box[], column: number, middle: number): number {
  const steps = boxes
    .flatMap(({ low, high, volume, value }) => {
      const width = high[column] - low[column];
      const step = width > 0 ? (volume / width) * (value - middle) : 0;
      return [
        [low[column], step],
        [high[column], -step]
      ];
    })
    .sort((a, b) => a[0] - b[0]);
  let variance = 0;
  let height = 0;
  let from = 0;
  for (const [edge, step] of steps) {
    variance += (edge - from) * height * height;
    from = edge;
    height += step;
  }
  return variance;
}
