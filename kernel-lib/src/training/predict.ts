import { knownOptions } from '../errors';
import type { Tensor } from '../numeric/tensor';
import type { FloatArray } from '../wasm/engine';
import { floatsOf, readInputs } from './inputs';
import { checkRoom, programOf, type Network } from './network';
import { checkOutputs } from './sizes';

/** Rows in one forward pass: enough for speed, small enough for memory. */
export const CHUNK = 1024;

/** A network's outputs in one array. Plain data. */
export interface Predictions {
  rows: number;
  /** Numbers for each example. */
  units: number;
  /** rows x units, row by row. */
  values: FloatArray;
}

/** The outputs in test mode, in chunks of rows. */
function outputsOf(where: string, network: Network, x: Tensor): Predictions {
  const program = programOf(network);
  const { values: inputs, rows } = readInputs(where, network, x);
  const units = network.outputs;
  checkRoom(where, network, Math.min(rows, CHUNK));
  checkOutputs(where, rows, units, floatsOf(network).BYTES_PER_ELEMENT);
  const values = new (floatsOf(network))(rows * units);
  for (let start = 0; start < rows; start += CHUNK) {
    const end = Math.min(start + CHUNK, rows);
    const chunk = inputs.subarray(start * network.inputs, end * network.inputs);
    const outputs = program.forward(chunk, end - start, 'test');
    values.set(outputs[outputs.length - 1].values, start * units);
  }
  return { rows, units, values };
}

/**
 * What the network says of each example: class probabilities after softmax or sigmoid, numbers for regression. Batch
 * norm works in test mode, so that one example gets the same answer in any company; dropout keeps everything.
 *
 * @param x (examples, inputs): nested arrays, a mathjs matrix, or a typed array of whole rows
 * @param options `typed: true` gives one typed array instead of nested ones, which is many times faster
 * @returns (examples, outputs) as nested arrays, or `{ rows, units, values }`
 * @throws RangeError if the examples do not fit the network or an option is unknown.
 * @example
 * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
 * const { x } = datasets.digits().test;
 * predict(network, x.subarray(0, 64))[0] // ten probabilities
 * @see lecture, "Batch Norm at test time".
 */
export function predict(network: Network, x: Tensor, options?: { typed?: false }): number[][];
export function predict(network: Network, x: Tensor, options: { typed: true }): Predictions;
export function predict(
  network: Network,
  x: Tensor,
  options: { typed?: boolean } = {}
): number[][] | Predictions {
  knownOptions('predict', options, ['typed']);
  const outputs = outputsOf('predict', network, x);
  if (options.typed) {
    return outputs;
  }
  const { rows, units, values } = outputs;
  return Array.from({ length: rows }, (_, r) =>
    Array.from(values.subarray(r * units, (r + 1) * units))
  );
}

/**
 * The most probable class of each example; of equally probable ones the first. With a single output, as after
 * sigmoid, the class is 1 where it is above 1/2.
 *
 * @param x (examples, inputs)
 * @returns class numbers, one for each example
 * @throws RangeError if the examples do not fit the network.
 * @example
 * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
 * const { test } = datasets.digits();
 * metrics.confusion(test.y, predictClasses(network, test.x))
 */
export function predictClasses(network: Network, x: Tensor): Int32Array {
  const { rows, units, values } = outputsOf('predictClasses', network, x);
  return Int32Array.from({ length: rows }, (_, r) => {
    if (units === 1) {
      return values[r] > 0.5 ? 1 : 0;
    }
    let best = 0;
    for (let c = 1; c < units; c++) {
      best = values[r * units + c] > values[r * units + best] ? c : best;
    }
    return best;
  });
}
