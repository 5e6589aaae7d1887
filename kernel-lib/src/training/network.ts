import { knownOptions, rangeError, show } from '../errors';
import * as factories from '../layers/catalogue';
import { checkSeed } from '../numeric/rng';
import { count } from '../numeric/options';
import type { LayerPlan, NetworkPlan, Parameter, Program, Variant } from '../wasm/engine';
import { lossOf, type Loss } from '../wasm/plan';
import { selectEngine } from '../wasm/select';
import { checkSize } from './sizes';

/** A description of one layer, as `layers.*` makes it. */
export type Layer = LayerPlan;

/** Options of `sequential`. */
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
  /**
   * Threads that share the work of large layers, this one included, 1 to 16. They change no bit of any result, help from
   * about a million operations a step on, and need Node: in a browser there is one. Default: `1`.
   */
  threads?: number;
}

/** A network with its weights. Made by `sequential`, trained by `fit`. */
export interface Network {
  readonly layers: readonly Layer[];
  readonly inputs: number;
  /** Numbers that come out for each example: the number of classes after softmax. */
  readonly outputs: number;
  readonly precision: 'float32' | 'float64';
  /** Seed of its initial weights and of dropout. */
  readonly seed: number;
  /** What training makes small; it follows from the last layer. */
  readonly loss: Loss;
  /** The build that computes it, as `engineInfo()` names them. */
  readonly engine: string;
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

/** Counts a mini-batch that the network has learned from. */
export function countStep(network: Network): void {
  (network as { steps: number }).steps++;
}

/** A network that was loaded has seen mini-batches before. */
export function restoreSteps(network: Network, steps: number): void {
  (network as { steps: number }).steps = count('load', 'steps', steps, 0);
}

/** Whether a network's outputs depend on the other rows of the batch while it trains. */
export const hasBatchNorm = (network: Network) =>
  network.layers.some(layer => layer.type === 'batchNorm');

/** A layer as messages call it: `layer 2 (dense)`. */
export const layerName = ({ layers }: Pick<Network, 'layers'>, layer: number) =>
  `layer ${layer} (${layers[layer].type})`;

/** Every type of layer; the compiler asks for each one. */
const FACTORIES: {
  [T in Layer['type']]: (plan: Omit<Extract<Layer, { type: T }>, 'type'>) => Layer;
} = {
  ...factories,
  dense: ({ units, ...options }) => factories.dense(units, options),
  dropout: ({ rate, ...options }) => factories.dropout(rate, options)
};

/**
 * Makes layers anew by their factories, which check what a file or a plan written by hand says.
 * @throws RangeError that names the first layer that none could have made.
 */
export function remakeLayers(where: string, layers: readonly Layer[], advice: string): Layer[] {
  return layers.map((layer, i) => {
    const { type, ...options } = layer ?? {};
    if (!Object.hasOwn(FACTORIES, type ?? '')) {
      throw rangeError(
        where,
        'layers are made by `layers.*`',
        `${show(layer)} as layer ${i}`,
        advice
      );
    }
    try {
      return (FACTORIES[type] as (plan: object) => Layer)(options);
    } catch (error) {
      throw rangeError(
        where,
        `${layerName({ layers }, i)} must be as its factory makes it`,
        show(layer),
        (error as Error).message
      );
    }
  });
}

function checkLayers(layers: readonly Layer[]): Layer[] {
  if (!Array.isArray(layers) || layers.length === 0) {
    throw rangeError(
      'sequential',
      'a network needs at least one layer',
      show(layers),
      'Pass [layers.dense(10), layers.softmax()] for softmax regression.'
    );
  }
  const advice = 'Call the factory: layers.relu(), not layers.relu.';
  return remakeLayers('sequential', layers, advice).map((layer, i) => {
    if (layer.type === 'softmax' && i !== layers.length - 1) {
      throw rangeError(
        'sequential',
        'softmax must be the last layer',
        `softmax as layer ${i} of ${layers.length}`,
        'Use layers.relu() between dense layers.'
      );
    }
    return layer;
  });
}

/** Decides where batch norm takes a bias away: z - mu is the same for every b. */
const settleBias = (layers: readonly Layer[]): Layer[] =>
  layers.map((layer, i) =>
    layer.type === 'dense' && layer.bias === 'auto'
      ? { ...layer, bias: layers[i + 1]?.type !== 'batchNorm' }
      : layer
  );

/**
 * A network of layers, each fed by the one before: (rows, inputs) -> … -> (rows, outputs).
 *
 * The last layer decides what `fit` makes small: cross-entropy after `layers.softmax()`, the logistic loss after
 * `layers.sigmoid()`, mean squared error after any other. A dense layer with batch norm right after it has no bias, unless
 * it says `bias: true`.
 *
 * @param layers from `layers.*`
 * @throws RangeError if there is no layer, softmax is not last, `inputs` is not a whole number >= 1, or the
 *   network would need more than 4 GiB.
 * @example
 * const network = sequential(
 *   [layers.dense(32), layers.batchNorm(), layers.relu(), layers.dense(10), layers.softmax()],
 *   { inputs: 64, seed: 1 }
 * );
 * @see lecture, "Fitting Batch Norm into a neural network"; the name is Keras's and PyTorch's.
 */
export function sequential(layers: readonly Layer[], options: NetworkOptions): Network {
  const made = checkLayers(layers);
  knownOptions('sequential', options ?? {}, ['inputs', 'seed', 'precision', 'variant', 'threads']);
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
    layers: settleBias(made),
    seed: checkSeed('sequential', seed),
    precision
  };
  const outputs = made.reduce(
    (width, layer) => (layer.type === 'dense' ? layer.units : width),
    plan.inputs
  );
  checkSize('sequential', plan.inputs, plan.layers, 1, precision === 'float64' ? 8 : 4);
  const engine = selectEngine(options.variant, precision);
  const program = engine.compile(plan, { threads: checkThreads(options.threads) });
  const network: Network & { steps: number } = {
    layers: plan.layers,
    inputs: plan.inputs,
    outputs,
    precision,
    seed: plan.seed,
    loss: lossOf(plan),
    engine: engine.name,
    parameters: program.parameters,
    steps: 0
  };
  programs.set(network, program);
  return network;
}

/** More do not help: the shares of a call become too small. */
const MOST_THREADS = 16;

function checkThreads(value: number | undefined): number {
  const threads = value === undefined ? 1 : count('sequential', 'threads', value);
  if (threads > MOST_THREADS) {
    throw rangeError(
      'sequential',
      `\`threads\` must be at most ${MOST_THREADS}`,
      show(value),
      'Take as many as the machine has cores, or leave it out for one.'
    );
  }
  return threads;
}

/** @throws RangeError for more rows than memory holds. */
export function checkRoom(where: string, network: Network, rows: number): void {
  const bytes = network.precision === 'float64' ? 8 : 4;
  checkSize(where, network.inputs, network.layers, rows, bytes);
}

/** @throws RangeError for a batch of one row when its own statistics are needed, or more rows than memory holds. */
export function checkBatch(where: string, network: Network, rows: number): void {
  checkRoom(where, network, rows);
  if (rows < 2 && hasBatchNorm(network)) {
    const layer = network.layers.findIndex(({ type }) => type === 'batchNorm');
    throw rangeError(
      where,
      `${layerName(network, layer)} needs at least 2 rows to train on: the variance of one is always 0`,
      '1 row',
      'Use a larger batch size, or test mode, which takes the averages of training.'
    );
  }
}
