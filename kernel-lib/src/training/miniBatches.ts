import { selectRows, type Dataset } from '../datasets/dataset';
import type { RegressionData } from '../datasets/regression';
import { knownOptions, rangeError, show, typeError } from '../errors';
import { count } from '../numeric/options';
import { checkSeed } from '../numeric/rng';
import { batchBounds, epochOrder } from './batches';

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
 * @param data a dataset or regression data
 * @throws TypeError for other data; RangeError for options out of range.
 * @example
 * for (const batch of miniBatches(train, { batchSize: 64, epoch: 1 })) {
 *   forward(network, batch.x);
 *   backward(network, batch);
 *   update(network, { optimizer });
 * }
 * Source: lecture, "Fitting Batch Norm into a neural network": for t = 1 … mini-batches.
 */
export function* miniBatches<D extends Dataset | RegressionData>(
  data: D,
  options: MiniBatchOptions = {}
): Generator<D, void, undefined> {
  const where = 'miniBatches';
  if (!(data?.x instanceof Float32Array) || typeof data.rows !== 'number') {
    throw typeError(
      where,
      'mini-batches are cut from a dataset or regression data',
      show(data),
      'Make one of your arrays with `datasets.*` first.'
    );
  }
  knownOptions(where, options, ['batchSize', 'seed', 'epoch', 'lone']);
  const { seed = 0, epoch = 1, lone = false } = options;
  const batchSize = checkBatchSize(where, options.batchSize, data.rows);
  const order = epochOrder(data.rows, checkSeed(where, seed), count(where, 'epoch', epoch));
  const bounds = batchBounds(data.rows, batchSize, lone);
  for (let b = 1; b < bounds.length; b++) {
    yield selectRows(data, order.subarray(bounds[b - 1], bounds[b])) as D;
  }
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
