import { toDataset, type Dataset, type Examples } from '../datasets/dataset';
import { rangeError } from '../errors';
import { programOf, type Network } from './network';

/** How well a network does on some examples. */
export interface Evaluation {
  /** Mean cross-entropy, in nats. */
  loss: number;
  /** Share of examples whose most probable class is the right one. */
  accuracy: number;
  /** 1 - accuracy. */
  error: number;
}

/** Rows in one forward pass: enough for speed, small enough for memory. */
const CHUNK = 1024;

/** @throws RangeError unless the network ends in softmax, for which a loss is defined. */
export function checkClassifier(where: string, network: Network): void {
  const last = network.layers[network.layers.length - 1].type;
  if (last !== 'softmax' || network.layers.length < 2) {
    throw rangeError(
      where,
      'the network must end in a layer that computes scores, then softmax',
      `${network.layers.map(layer => layer.type).join(', ')}`,
      'Add layers.dense(classes) and layers.softmax() at the end.'
    );
  }
}

/**
 * Loss and accuracy on some examples. Batch norm works in test mode; nothing is learned.
 *
 * @throws RangeError if the examples do not fit the network or the network does not end in softmax.
 * @example evaluate(network, data.dev).accuracy
 */
export function evaluate(network: Network, data: Dataset | Examples): Evaluation {
  const program = programOf(network);
  checkClassifier('evaluate', network);
  const { x, y, rows, features } = toDataset('evaluate', data, {
    features: network.inputs,
    classes: network.outputs
  });
  const Floats = network.precision === 'float64' ? Float64Array : Float32Array;
  let loss = 0;
  let correct = 0;
  for (let start = 0; start < rows; start += CHUNK) {
    const end = Math.min(start + CHUNK, rows);
    const inputs = x.subarray(start * features, end * features);
    program.forward(
      network.precision === 'float64' ? Floats.from(inputs) : inputs,
      end - start,
      'test'
    );
    const result = program.loss(y.subarray(start, end));
    loss += result.loss * (end - start);
    correct += result.correct;
  }
  return { loss: loss / rows, accuracy: correct / rows, error: 1 - correct / rows };
}
