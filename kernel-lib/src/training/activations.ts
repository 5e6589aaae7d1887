import { knownOptions, rangeError, show } from '../errors';
import type { Tensor } from '../numeric/tensor';
import type { Mode } from '../wasm/engine';
import { readInputs } from './inputs';
import { checkBatch, checkRoom, programOf, type Layer, type Network } from './network';

/** What one layer gives for some examples. Plain data. */
export interface LayerActivations {
  /** Place of the layer, from 0. */
  layer: number;
  type: Layer['type'];
  rows: number;
  units: number;
  /** rows x units, row by row. */
  values: Float32Array | Float64Array;
}

/** @throws RangeError for another mode, or for one row in train mode with batch norm. */
export function checkMode(where: string, network: Network, mode: Mode, rows: number): void {
  if (mode !== 'train' && mode !== 'test') {
    throw rangeError(
      where,
      "`mode` must be 'train' or 'test'",
      show(mode),
      "'train' normalizes by these examples, 'test' by the averages of training."
    );
  }
  if (mode === 'train') {
    checkBatch(where, network, rows);
  }
  checkRoom(where, network, rows);
}

/**
 * What every layer gives for some examples: z after a dense layer, z̃ after batch norm, and so on.
 *
 * @param x (examples, inputs): nested arrays, a mathjs matrix, or a typed array of whole rows
 * @param options `mode: 'train'` normalizes by the statistics of these examples, `'test'` (default) by the
 *   averages of training, which stay as they are in both modes
 * @returns one entry a layer, in order; plain copies
 * @throws RangeError if the examples do not fit the network, or for 1 example in train mode with batch norm.
 * @example
 * const data = datasets.digits();
 * const network = sequential(
 *   [layers.dense(32), layers.batchNorm(), layers.relu(), layers.dense(10), layers.softmax()],
 *   { inputs: 64 }
 * );
 * const [z, zTilde] = activations(network, data.dev.x); // dense, then batch norm
 */
export function activations(
  network: Network,
  x: Tensor,
  options: { mode?: Mode } = {}
): LayerActivations[] {
  const program = programOf(network);
  knownOptions('activations', options, ['mode']);
  const { values, rows } = readInputs('activations', network, x);
  const { mode = 'test' } = options;
  checkMode('activations', network, mode, rows);
  return program.forward(values, rows, mode).map((output, layer) => ({
    layer,
    type: network.layers[layer].type,
    rows,
    units: output.units,
    values: output.values.slice()
  }));
}
