import { knownOptions, rangeError, show } from '../errors';
import { checkSeed } from '../numeric/rng';
import { count } from '../numeric/options';
import { readTensor, rowsAndColumns, type Tensor } from '../numeric/tensor';
import type {
  FloatArray,
  LayerPlan,
  Mode,
  NetworkPlan,
  Parameter,
  Program,
  Variant
} from '../wasm/engine';
import { selectEngine } from '../wasm/select';

/** A description of one layer, as `layers.*` makes it. */
export type Layer = LayerPlan;

export interface NetworkOptions {
  /** Numbers in one example, a whole number >= 1. */
  inputs: number;
  /** Seed of the initial weights. Default: `0`. */
  seed?: number;
  /** Width of weights and activations. Default: `'float32'`. */
  precision?: 'float32' | 'float64';
  /**
   * Which build computes it: `'auto'` the fastest that this machine runs, `'plain'` the same bits on every machine with
   * WebAssembly SIMD, `'reference'` plain TypeScript (always so for float64). Default: `'auto'`.
   */
  variant?: Variant;
}

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

/** A network with its weights. Made by `sequential`, trained by `fit`. */
export interface Network {
  readonly layers: readonly Layer[];
  readonly inputs: number;
  /** Numbers that come out for each example: the number of classes after softmax. */
  readonly outputs: number;
  readonly precision: 'float32' | 'float64';
  /** Views of the weights and of batch norm's averages; writing to one changes the network. */
  readonly parameters: readonly Parameter[];
  /** Mini-batches seen so far. */
  readonly steps: number;
}

/** The network's program, for the verbs of this folder; not part of the public shape. */
const programs = new WeakMap<Network, Program>();

export function programOf(network: Network): Program {
  const program = programs.get(network);
  if (!program) {
    throw rangeError(
      'network',
      'a network must come from `sequential`',
      show(network),
      'Networks cannot be copied field by field: build another with sequential(network.layers, …).'
    );
  }
  return program;
}

/** Whether a network's outputs depend on the other rows of the batch while it trains. */
export const hasBatchNorm = (network: Network) =>
  network.layers.some(layer => layer.type === 'batchNorm');

function checkLayers(layers: readonly Layer[]): void {
  if (!Array.isArray(layers) || layers.length === 0) {
    throw rangeError(
      'sequential',
      'a network needs at least one layer',
      show(layers),
      'Pass [layers.dense(10), layers.softmax()] for softmax regression.'
    );
  }
  layers.forEach((layer, i) => {
    if (!['dense', 'batchNorm', 'relu', 'softmax'].includes(layer?.type)) {
      throw rangeError(
        'sequential',
        'layers are made by `layers.*`',
        `${show(layer)} as layer ${i}`,
        'Call the factory: layers.relu(), not layers.relu.'
      );
    }
    if (layer.type === 'softmax' && i !== layers.length - 1) {
      throw rangeError(
        'sequential',
        'softmax must be the last layer',
        `softmax as layer ${i} of ${layers.length}`,
        'Use layers.relu() between dense layers.'
      );
    }
  });
}

/**
 * A network of layers, each fed by the one before: (rows, inputs) -> … -> (rows, outputs).
 *
 * @param layers from `layers.*`; for `fit` the last one is `layers.softmax()`
 * @throws RangeError if there is no layer, softmax is not last, or `inputs` is not a whole number >= 1.
 * @example
 * const network = sequential(
 *   [layers.dense(32), layers.batchNorm(), layers.relu(), layers.dense(10), layers.softmax()],
 *   { inputs: 64, seed: 1 }
 * );
 */
export function sequential(layers: readonly Layer[], options: NetworkOptions): Network {
  checkLayers(layers);
  knownOptions('sequential', options ?? {}, ['inputs', 'seed', 'precision', 'variant']);
  const { seed = 0, precision = 'float32' } = options ?? {};
  if (precision !== 'float32' && precision !== 'float64') {
    throw rangeError(
      'sequential',
      "`precision` must be 'float32' or 'float64'",
      show(precision),
      "Leave it out for 'float32', which is faster."
    );
  }
  const plan: NetworkPlan = {
    inputs: count('sequential', 'inputs', options?.inputs),
    layers: [...layers],
    seed: checkSeed('sequential', seed),
    precision
  };
  const outputs = layers.reduce(
    (width, layer) => (layer.type === 'dense' ? layer.units : width),
    plan.inputs
  );
  const program = selectEngine(options.variant, precision).compile(plan);
  const network: Network & { steps: number } = {
    layers: plan.layers,
    inputs: plan.inputs,
    outputs,
    precision,
    parameters: program.parameters,
    steps: 0
  };
  programs.set(network, program);
  return network;
}

/** Reads rows of features into the network's precision. */
export function readInputs(
  where: string,
  network: Network,
  x: Tensor
): { values: FloatArray; rows: number } {
  const Floats = network.precision === 'float64' ? Float64Array : Float32Array;
  // A long typed array is many rows: the network knows how wide one is.
  const isRows = ArrayBuffer.isView(x) && x.length % network.inputs === 0;
  const flat = readTensor(where, x);
  const [rows, columns] = isRows
    ? [flat.values.length / network.inputs, network.inputs]
    : rowsAndColumns(flat);
  if (columns !== network.inputs) {
    throw rangeError(
      where,
      `each example must have the network's ${network.inputs} inputs`,
      `${columns} features`,
      'Pass rows of features in the order used for training.'
    );
  }
  return { values: Floats.from(flat.values), rows };
}

/**
 * What every layer gives for some examples: z after a dense layer, z̃ after batch norm, and so on.
 *
 * @param x (examples, inputs): nested arrays, a mathjs matrix, or a typed array of whole rows
 * @param options `mode: 'train'` normalizes by the statistics of these examples, `'test'` (default) by the
 *   averages of training, which stay as they are in both modes
 * @returns one entry a layer, in order; plain copies
 * @throws RangeError if the examples do not fit the network, or for 1 example in train mode with batch norm.
 * @example const [z, zTilde] = activations(network, data.dev.x); // dense, then batch norm
 */
export function activations(
  network: Network,
  x: Tensor,
  options: { mode?: Mode } = {}
): LayerActivations[] {
  knownOptions('activations', options, ['mode']);
  const { values, rows } = readInputs('activations', network, x);
  const { mode = 'test' } = options;
  if (mode !== 'train' && mode !== 'test') {
    throw rangeError(
      'activations',
      "`mode` must be 'train' or 'test'",
      show(mode),
      "'train' normalizes by these examples, 'test' by the averages of training."
    );
  }
  if (mode === 'train') {
    checkBatch('activations', network, rows);
  }
  return programOf(network)
    .forward(values, rows, mode)
    .map((output, layer) => ({
      layer,
      type: network.layers[layer].type,
      rows,
      units: output.units,
      values: output.values.slice()
    }));
}

/** @throws RangeError for a batch of one row when its own statistics are needed. */
export function checkBatch(where: string, network: Network, rows: number): void {
  if (rows < 2 && hasBatchNorm(network)) {
    throw rangeError(
      where,
      'batch norm needs at least 2 rows to train on: the variance of one is always 0',
      '1 row',
      'Use a larger batch size, or test mode, which takes the averages of training.'
    );
  }
}

/**
 * What the network says of each example: class probabilities after softmax. Batch norm works in test
 * mode, so that one example gets the same answer in any company.
 *
 * @param x (examples, inputs)
 * @returns (examples, outputs) as nested arrays
 * @throws RangeError if the examples do not fit the network.
 * @example predict(network, [pixels])[0] // ten probabilities
 */
export function predict(network: Network, x: Tensor): number[][] {
  const { values, rows } = readInputs('predict', network, x);
  const outputs = programOf(network).forward(values, rows, 'test');
  const last = outputs[outputs.length - 1];
  return Array.from({ length: rows }, (_, r) =>
    Array.from(last.values.subarray(r * last.units, (r + 1) * last.units))
  );
}
