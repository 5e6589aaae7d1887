import { checkFinite } from '../datasets/dataset';
import { floatsOf } from './inputs';
import { checkRoom, programOf, type Network } from './network';
import { CHUNK } from './predict';
import { readTrainingSet, type TrainingData, type TrainingSet } from './trainingSet';

/** How well a network does on some examples. */
export interface Evaluation {
  /** Mean cross-entropy or logistic loss, in nats, or mean squared error. */
  loss: number;
  /** Share of examples that are got right: the most probable class, or all outputs on the right side of 1/2. NaN with mean squared error. */
  accuracy: number;
  /** 1 - accuracy. */
  error: number;
}

/** The share of rows that were got right, where that means something. */
export const shareOf = (network: Network, correct: number, rows: number) =>
  network.loss === 'meanSquaredError' ? NaN : correct / rows;

/** `evaluate` on examples that are checked already. */
export function evaluateSet(network: Network, set: TrainingSet): Evaluation {
  const program = programOf(network);
  const { x, targets, rows, features, width } = set;
  const Floats = floatsOf(network);
  let loss = 0;
  let correct = 0;
  for (let start = 0; start < rows; start += CHUNK) {
    const end = Math.min(start + CHUNK, rows);
    const inputs = x.subarray(start * features, end * features);
    program.forward(Floats === Float32Array ? inputs : Floats.from(inputs), end - start, 'test');
    const result = program.loss(targets.subarray(start * width, end * width));
    loss += result.loss * (end - start);
    correct += result.correct;
  }
  if (Number.isNaN(loss)) {
    // Large features are looked through once, and may have been changed since.
    checkFinite('evaluate', 'features', x, features);
  }
  const accuracy = shareOf(network, correct, rows);
  return { loss: loss / rows, accuracy, error: 1 - accuracy };
}

/**
 * Loss and accuracy on some examples. Batch norm works in test mode, dropout keeps everything; nothing is learned.
 *
 * @throws RangeError if the examples do not fit the network.
 * @example
 * const data = datasets.digits();
 * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
 * evaluate(network, data.dev).accuracy // about 0.1 before training
 * @see lecture, "Batch Norm at test time".
 */
export function evaluate(network: Network, data: TrainingData): Evaluation {
  const set = readTrainingSet('evaluate', network, data);
  checkRoom('evaluate', network, Math.min(set.rows, CHUNK));
  return evaluateSet(network, set);
}
