import { toDataset, type Dataset, type Examples } from '../datasets/dataset';
import { knownOptions, rangeError, show, typeError } from '../errors';
import { currentKernel, nextTurn } from '../host';
import { count } from '../numeric/options';
import { checkSeed, createRng } from '../numeric/rng';
import { startProgress } from '../progress';
import type { OptimizerPlan } from '../wasm/engine';
import { checkClassifier, evaluate } from './evaluate';
import { TrainingStopped, type EpochRecord, type History } from './history';
import { createMiniBatches } from './miniBatches';
import { hasBatchNorm, programOf, checkBatch, type Network } from './network';

export interface FitOptions {
  /** Passes over the training data, a whole number >= 1. Default: `10`. */
  epochs?: number;
  /** Rows in a mini-batch, a whole number >= 1 (>= 2 with batch norm), at most all. Default: `64`. */
  batchSize?: number;
  /** The rule of the updates, from `optimizers.*`. */
  optimizer: OptimizerPlan;
  /** Examples to measure after each epoch. Default: none. */
  dev?: Dataset | Examples;
  /** Seed of the order of examples. Default: `0`. */
  seed?: number;
  /** Stops after the current mini-batch when aborted. Default: the notebook cell's interrupt. */
  signal?: AbortSignal;
  /** Called after each epoch with its record. */
  onEpoch?: (record: EpochRecord) => void;
  /** Shows a line with epoch, loss and remaining time when training lasts. Default: `true`. */
  progress?: boolean;
}

const OPTIONS = [
  'epochs',
  'batchSize',
  'optimizer',
  'dev',
  'seed',
  'signal',
  'onEpoch',
  'progress'
] as const;

/** Milliseconds of work between two looks at the event loop: interrupts and messages get through. */
const SLICE = 30;

/**
 * Trains a network by mini-batches: in each epoch the examples are shuffled and cut into batches, and each
 * batch makes one step: forward, loss, backward, update.
 *
 * A last mini-batch of a single row joins the one before if the network has batch norm.
 *
 * @param network from `sequential`, ending in softmax; changed in place
 * @param data training examples: a dataset, or `{ x, y }`
 * @returns loss and accuracy of every epoch (in nats, and as a share of rows), and the loss of every step
 * @throws RangeError for options or data that do not fit; TrainingStopped if `signal` is aborted: the
 *   network is then as after its last whole step, and the error carries the history so far; Error if the loss
 *   is no longer finite, naming the step.
 * @example
 * const history = await fit(network, data.train, {
 *   epochs: 20, batchSize: 64, optimizer: optimizers.adam({ learningRate: 0.003 }), dev: data.dev
 * });
 * Source: lecture, "Fitting Batch Norm into a neural network": for t = 1 … mini-batches.
 */
export async function fit(
  network: Network,
  data: Dataset | Examples,
  options: FitOptions
): Promise<History> {
  const { program, train, dev, epochs, batchSize, rng, optimizer } = prepare(
    network,
    data,
    options
  );
  const Floats = network.precision === 'float64' ? Float64Array : Float32Array;
  const batches = createMiniBatches(train, batchSize, !hasBatchNorm(network), Floats);
  const signal = options.signal ?? currentKernel()?.signal;
  const records: EpochRecord[] = [];
  const stepLosses = new Float32Array(epochs * batches.count);
  const progress = options.progress === false ? undefined : startProgress();
  let steps = 0;
  let lastTurn = Date.now();
  const history = (ended: History['ended']): History => ({
    epochs: records,
    stepLosses: stepLosses.slice(0, steps),
    ended
  });

  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      let loss = 0;
      let correct = 0;
      for (const batch of batches.epoch(rng.fork(epoch))) {
        if (Date.now() - lastTurn > SLICE) {
          await nextTurn();
          lastTurn = Date.now();
        }
        if (signal?.aborted) {
          throw new TrainingStopped(history('stopped'), signal.reason);
        }
        const result = program.step(batch.x, batch.labels, batch.rows, optimizer);
        (network as { steps: number }).steps++;
        if (!Number.isFinite(result.loss)) {
          throw diverged(epoch, steps + 1, result.loss, optimizer.learningRate);
        }
        stepLosses[steps++] = result.loss;
        loss += result.loss * batch.rows;
        correct += result.correct;
      }
      const record: EpochRecord = {
        epoch,
        loss: loss / train.rows,
        accuracy: correct / train.rows
      };
      if (dev) {
        const { loss: devLoss, accuracy: devAccuracy } = evaluate(network, dev);
        Object.assign(record, { devLoss, devAccuracy });
      }
      records.push(record);
      options.onEpoch?.(record);
      progress?.update(epoch, epochs, 'epoch', `loss ${record.loss.toPrecision(3)}`);
    }
  } finally {
    progress?.end();
  }
  return history('complete');
}

function diverged(epoch: number, step: number, loss: number, learningRate: number): Error {
  return new Error(
    `fit: the loss must stay finite, but it was ${loss} at step ${step}, in epoch ${epoch}.\n` +
      `Training has diverged: try a learning rate below ${learningRate}, for example a tenth of it.`
  );
}

/** Checks everything before the first step, so that no wrong option costs an epoch. */
function prepare(network: Network, data: Dataset | Examples, options: FitOptions) {
  const program = programOf(network);
  knownOptions('fit', options, OPTIONS);
  checkClassifier('fit', network);
  if (options?.onEpoch !== undefined && typeof options.onEpoch !== 'function') {
    throw typeError(
      'fit',
      "`onEpoch` must be a function of an epoch's record",
      show(options.onEpoch),
      'Pass record => console.log(record.loss).'
    );
  }
  const optimizer = options?.optimizer;
  if (!['gradientDescent', 'momentum', 'adam'].includes(optimizer?.type)) {
    throw rangeError(
      'fit',
      '`optimizer` must come from `optimizers.*`',
      show(optimizer),
      'Pass optimizer: optimizers.adam({ learningRate: 0.001 }).'
    );
  }
  const expected = { features: network.inputs, classes: network.outputs };
  const train = toDataset('fit', data, expected);
  const dev = options.dev && toDataset('fit (dev)', options.dev, expected);
  const batchSize = count('fit', 'batchSize', options.batchSize ?? Math.min(64, train.rows));
  if (batchSize > train.rows) {
    throw rangeError(
      'fit',
      '`batchSize` must be at most the number of training rows',
      `batchSize=${batchSize} for ${train.rows} rows`,
      `Use batchSize: ${train.rows} for batch gradient descent.`
    );
  }
  checkBatch('fit', network, batchSize);
  return {
    program,
    train,
    dev,
    optimizer,
    batchSize,
    epochs: count('fit', 'epochs', options.epochs ?? 10),
    rng: createRng(checkSeed('fit', options.seed ?? 0))
  };
}
