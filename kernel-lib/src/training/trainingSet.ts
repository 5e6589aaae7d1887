import { toDataset, type Dataset, type Examples } from '../datasets/dataset';
import { toRegression, type RegressionData, type RegressionExamples } from '../datasets/regression';
import { rangeError } from '../errors';
import { lossOf } from '../wasm/plan';
import { programOf, type Network } from './network';

/** What a network learns from: a dataset, regression data, or a learner's own `{ x, y }`. */
export type TrainingData = Dataset | RegressionData | Examples | RegressionExamples;

/** Examples in the form that the network's loss asks for, checked. */
export interface TrainingSet {
  /** rows x features, row by row. */
  readonly x: Float32Array;
  /** Class numbers for cross-entropy, else rows x outputs. */
  readonly targets: Int32Array | Float32Array;
  readonly rows: number;
  readonly features: number;
  /** Numbers in `targets` for each row. */
  readonly width: number;
}

/**
 * Checks examples against a network and its loss, before anything is computed.
 * @throws RangeError for no rows, shapes that do not agree, labels out of range or numbers that are not finite.
 */
export function readTrainingSet(where: string, network: Network, data: TrainingData): TrainingSet {
  programOf(network);
  const { inputs, outputs } = network;
  const loss = lossOf(network);
  if (loss === 'crossEntropy') {
    const expected = { features: inputs, classes: outputs };
    const { x, y, rows, features } = toDataset(where, data as Dataset | Examples, expected);
    return { x, targets: y, rows, features, width: 1 };
  }
  const regression = data as RegressionData | RegressionExamples | Dataset;
  const { x, targets, rows, features } = toRegression(where, regression, {
    features: inputs,
    outputs
  });
  const wrong = loss === 'logistic' ? targets.findIndex(value => value < 0 || value > 1) : -1;
  if (wrong !== -1) {
    throw rangeError(
      where,
      'a network that ends in sigmoid learns probabilities: targets must lie in [0, 1]',
      `${targets[wrong]} in row ${Math.floor(wrong / outputs)}`,
      'Use 0 and 1 for the two classes, or leave the last sigmoid out for mean squared error.'
    );
  }
  return { x, targets, rows, features, width: outputs };
}

/** @throws RangeError if no layer of the network has anything to learn. */
export function checkLearns(where: string, network: Network): void {
  if (!network.parameters.some(({ gradient }) => gradient)) {
    throw rangeError(
      where,
      'the network must have a layer that learns',
      network.layers.map(layer => layer.type).join(', '),
      'Add layers.dense(classes) in front of layers.softmax().'
    );
  }
}
