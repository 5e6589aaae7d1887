import { rangeError } from '../errors';
import { readTensor, rowsAndColumns, type Tensor } from '../numeric/tensor';
import type { FloatArray } from '../wasm/engine';
import { layerName, type Network } from './network';

/** The array type of a network's numbers. */
export const floatsOf = (network: Pick<Network, 'precision'>) =>
  network.precision === 'float64' ? Float64Array : Float32Array;

/**
 * Reads rows of features into the network's precision. A typed array of that precision is taken as it is.
 * @throws RangeError if the width differs, there is no row, or a number is not finite.
 */
export function readInputs(
  where: string,
  network: Network,
  x: Tensor
): { values: FloatArray; rows: number } {
  const Floats = floatsOf(network);
  const { inputs } = network;
  // A long typed array is many rows: the network knows how wide one is.
  const isRows = ArrayBuffer.isView(x) && x.length > 0 && x.length % inputs === 0;
  if (isRows && x instanceof Floats && x.every(Number.isFinite)) {
    return { values: x, rows: x.length / inputs };
  }
  const flat = readTensor(where, x);
  const [rows, columns] = isRows ? [flat.values.length / inputs, inputs] : rowsAndColumns(flat);
  if (columns !== inputs) {
    throw rangeError(
      where,
      `each example must have the network's ${inputs} inputs, those of ${layerName(network, 0)}`,
      `${columns} features`,
      'Pass rows of features in the order used for training.'
    );
  }
  return { values: Floats.from(flat.values), rows };
}
