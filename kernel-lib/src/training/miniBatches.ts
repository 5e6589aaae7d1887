import { selectRows, toDataset, type Dataset, type Examples } from '../datasets/dataset';
import { toRegression, type RegressionData, type RegressionExamples } from '../datasets/regression';
import { knownOptions, rangeError } from '../errors';
import { count } from '../numeric/options';
import { checkSeed } from '../numeric/rng';
import { batchBounds, epochOrder } from './batches';
import type { TrainingData } from './trainingSet';

/** Options of `miniBatches`. */
export interface MiniBatchOptions {
  /** Rows in a mini-batch, a whole number >= 1, at most all. Default: `64`, or all if there are fewer. */
  batchSize?: number;
  /** Seed of the order of examples. Default: `0`. */
  seed?: number;
  /** Which pass over the data this is, from 1: each has another order. Default: `1`. */
  epoch?: number;
  /** Keeps a last mini-batch of a single row apart; batch norm cannot learn from it. Default: `false`: it joins the one before. */
  lone?: boolean;
}

/**
 * The mini-batches of one epoch, for a learner's own loop: the examples shuffled and cut, each batch a small
 * dataset. The order is the one that `fit` takes with the same seed, in the same epoch.
 *
 * @param data a dataset, regression data, or `{ x, y }`: whole numbers from 0 in `y` are class numbers
 * @throws TypeError for other data; RangeError for shapes that do not agree or options out of range.
 * @example
 * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
 * const { train } = datasets.digits();
 * for (const batch of miniBatches(train, { batchSize: 64, epoch: 1 })) {
 *   forward(network, batch.x);
 *   backward(network, batch);
 *   update(network, { optimizer: optimizers.adam() });
 * }
 * @see lecture, "Fitting Batch Norm into a neural network": for t = 1 … mini-batches.
 */
export function* miniBatches<D extends TrainingData>(
  data: D,
  options: MiniBatchOptions = {}
): Generator<D extends Dataset | RegressionData ? D : Dataset | RegressionData, void, undefined> {
  const where = 'miniBatches';
  const set = toSet(where, data);
  knownOptions(where, options, ['batchSize', 'seed', 'epoch', 'lone']);
  const { seed = 0, epoch = 1, lone = false } = options;
  const batchSize = checkBatchSize(where, options.batchSize, set.rows);
  const order = epochOrder(set.rows, checkSeed(where, seed), count(where, 'epoch', epoch));
  const bounds = batchBounds(set.rows, batchSize, lone);
  for (let b = 1; b < bounds.length; b++) {
    yield selectRows(set, order.subarray(bounds[b - 1], bounds[b])) as never;
  }
}

/** A learner's own `{ x, y }` becomes a dataset where y holds class numbers, else regression data. */
function toSet(where: string, data: TrainingData): Dataset | RegressionData {
  if (data && 'x' in data && data.x instanceof Float32Array && 'rows' in data) {
    return data as Dataset | RegressionData;
  }
  const y: unknown = (data as Partial<Examples> | undefined)?.y;
  const labels =
    Array.isArray(y) || ArrayBuffer.isView(y) ? Array.from(y as ArrayLike<unknown>) : [];
  return labels.every(label => Number.isInteger(label) && (label as number) >= 0)
    ? toDataset(where, data as Examples)
    : toRegression(where, data as RegressionExamples);
}

/** @throws RangeError unless `batchSize` is a whole number from 1 to the number of rows. */
export function checkBatchSize(where: string, batchSize: number | undefined, rows: number): number {
  const size = count(where, 'batchSize', batchSize ?? Math.min(64, rows));
  if (size > rows) {
    throw rangeError(
      where,
      '`batchSize` must be at most the number of training rows',
      `batchSize=${size} for ${rows} rows`,
      `Use batchSize: ${rows} for batch gradient descent.`
    );
  }
  return size;
}
