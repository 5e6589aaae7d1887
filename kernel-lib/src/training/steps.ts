import { knownOptions, rangeError } from '../errors';
import type { Tensor } from '../numeric/tensor';
import type { BatchResult, FloatArray, Mode } from '../wasm/engine';
import { checkMode } from './activations';
import { shareOf } from './evaluate';
import { checkUpdate, type UpdateOptions } from './fitOptions';
import { floatsOf, readInputs } from './inputs';
import { checkBatch, countStep, programOf, type Network } from './network';
import type { Predictions } from './predict';
import { checkLearns, readTrainingSet, type TrainingData } from './trainingSet';
import { refuseSecond } from './turns';

/** What a learner's own step gives back. */
export interface StepResult {
  /** Loss of the mini-batch, before any update. */
  loss: number;
  /** Share of its rows that are got right; NaN with mean squared error. */
  accuracy: number;
}

/** Rows and features of the last `forward` in train mode, which `backward` goes back through. */
const passes = new WeakMap<Network, { x: FloatArray; rows: number }>();

/**
 * First part of a learner's own step: the outputs for a mini-batch. In train mode batch norm normalizes by the
 * mini-batch and moves its running averages, and dropout drops.
 *
 * @param x (examples, inputs)
 * @param options `mode`: `'train'` (default) or `'test'`
 * @returns the network's outputs, a copy; `activations` shows those of every layer
 * @throws RangeError if the examples do not fit the network, for 1 example in train mode with batch norm, or in train mode while a
 *   `fit` or `panda` trains the network.
 * @example
 * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
 * const { train } = datasets.digits();
 * for (const batch of miniBatches(train)) {
 *   forward(network, batch.x);
 *   const { loss } = backward(network, batch);
 *   update(network, { optimizer: optimizers.adam() });
 * }
 * @see lecture, "Fitting Batch Norm into a neural network": for t = 1 … mini-batches.
 */
export function forward(network: Network, x: Tensor, options: { mode?: Mode } = {}): Predictions {
  const program = programOf(network);
  knownOptions('forward', options, ['mode']);
  const { values, rows } = readInputs('forward', network, x);
  const { mode = 'train' } = options;
  checkMode('forward', network, mode, rows);
  if (mode === 'train') {
    refuseSecond('forward', network);
  }
  const outputs = program.forward(values, rows, mode);
  passes.delete(network);
  if (mode === 'train') {
    program.settle();
    passes.set(network, { x: values, rows });
  }
  const last = outputs[outputs.length - 1];
  return { rows, units: last.units, values: last.values.slice() };
}

/**
 * Second part of a learner's own step: loss of the last `forward`, and its gradients, which then lie in
 * `network.parameters`. Gradients are those of the mean over the mini-batch.
 *
 * @param data the same mini-batch, as a dataset, regression data, or `{ x, y }`
 * @throws RangeError without a `forward` in train mode before, if the rows are not those of it, or while a `fit` or
 *   `panda` trains the network.
 * @example
 * const network = sequential([layers.dense(2), layers.softmax()], { inputs: 1 });
 * const batch = { x: [[0], [1], [2]], y: [0, 0, 1] };
 * forward(network, batch.x);
 * const { loss } = backward(network, batch);
 * network.parameters[0].gradient // of the weights
 */
export function backward(network: Network, data: TrainingData): StepResult {
  const program = programOf(network);
  refuseSecond('backward', network);
  checkLearns('backward', network);
  const pass = passes.get(network);
  const { targets, rows } = readTrainingSet('backward', network, data);
  if (!pass || pass.rows !== rows) {
    throw rangeError(
      'backward',
      'gradients need a forward pass in train mode for the same rows',
      pass ? `${rows} rows after a forward pass of ${pass.rows}` : 'none before',
      'Call forward(network, batch.x) first, then backward(network, batch).'
    );
  }
  const result = program.loss(targets);
  program.backward(targets);
  return toStepResult(network, result, rows);
}

const toStepResult = (
  network: Network,
  { loss, correct }: BatchResult,
  rows: number
): StepResult => ({
  loss,
  accuracy: shareOf(network, correct, rows)
});

/**
 * Third part of a learner's own step: one step of the optimizer along the gradients in `network.parameters`, which
 * may have been changed by hand before.
 *
 * @param options the optimizer, and `clipNorm`, `clipValue` if the gradients are to be bounded first
 * @throws RangeError unless the optimizer comes from `optimizers.*`, if a limit is not > 0, or while a `fit` or `panda`
 *   trains the network.
 * @example
 * const network = sequential([layers.dense(2), layers.softmax()], { inputs: 1 });
 * const batch = { x: [[0], [1], [2]], y: [0, 0, 1] };
 * forward(network, batch.x);
 * backward(network, batch);
 * update(network, { optimizer: optimizers.adam(), clipNorm: 1 });
 */
export function update(network: Network, options: UpdateOptions): void {
  const program = programOf(network);
  refuseSecond('update', network);
  knownOptions('update', options, ['optimizer', 'clipNorm', 'clipValue']);
  const { optimizer, limits } = checkUpdate('update', options);
  if (limits) {
    program.clip(limits);
  }
  program.update(optimizer);
  countStep(network);
}

/**
 * A whole step on one mini-batch: forward in train mode, loss, backward, update.
 *
 * @returns loss and accuracy before the update
 * @throws RangeError if the examples do not fit the network, an option is out of range, or a `fit` or `panda` is training
 *   the network.
 * @example
 * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
 * const { train } = datasets.digits();
 * for (const batch of miniBatches(train, { batchSize: 64, epoch: 1 })) {
 *   trainStep(network, batch, { optimizer: optimizers.adam() });
 * }
 */
export function trainStep(
  network: Network,
  data: TrainingData,
  options: UpdateOptions
): StepResult {
  const program = programOf(network);
  refuseSecond('trainStep', network);
  knownOptions('trainStep', options, ['optimizer', 'clipNorm', 'clipValue']);
  const { optimizer, limits } = checkUpdate('trainStep', options);
  checkLearns('trainStep', network);
  const { x, targets, rows } = readTrainingSet('trainStep', network, data);
  checkBatch('trainStep', network, rows);
  const inputs = network.precision === 'float64' ? floatsOf(network).from(x) : x;
  const result = program.step(inputs, targets, rows, optimizer, limits);
  countStep(network);
  return toStepResult(network, result, rows);
}
