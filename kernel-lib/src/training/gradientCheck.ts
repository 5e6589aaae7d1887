import { knownOptions } from '../errors';
import { count, positive } from '../numeric/options';
import { checkSeed, createRng } from '../numeric/rng';
import type { FloatArray, Parameter, Targets, Variant } from '../wasm/engine';
import { floatsOf } from './inputs';
import { checkBatch, programOf, sequential, type Layer, type Network } from './network';
import { checkLearns, readTrainingSet, type TrainingData } from './trainingSet';

/** Options of `checkGradients`. */
export interface GradientCheckOptions {
  /** Numbers of each array that are tried, a whole number >= 1; arrays that have fewer are tried whole. Default: `50`. */
  samples?: number;
  /** Distance to either side in central differences, > 0. Default: `1e-5`. */
  step?: number;
  /** Seed of which numbers are tried. Default: `0`. */
  seed?: number;
}

/** How far gradients of one array are from the truth, as `|g - g'| / (|g| + |g'|)`. */
export interface ParameterCheck {
  layer: number;
  type: Layer['type'];
  name: Parameter['name'];
  /** How many of its numbers were tried. */
  samples: number;
  /** Backward in double precision against central differences: below 1e-7 the formulas are right. */
  formulaError: number;
  /** The network's own engine against double precision, over the whole array: its rounding. */
  engineError: number;
}

/** What `checkGradients` found, array by array and in all. */
export interface GradientCheck {
  parameters: ParameterCheck[];
  /** The largest of the errors. */
  formulaError: number;
  engineError: number;
}

/** Norms below this are rounding noise around a gradient of exactly 0, as that of a bias before batch norm. */
const NOISE = 1e-9;

function relativeError(ours: ArrayLike<number>, theirs: ArrayLike<number>, noise = NOISE): number {
  let [distance, own, other] = [0, 0, 0];
  for (let i = 0; i < ours.length; i++) {
    distance += (ours[i] - theirs[i]) ** 2;
    own += ours[i] ** 2;
    other += theirs[i] ** 2;
  }
  const size = Math.sqrt(own) + Math.sqrt(other);
  return size < noise ? 0 : Math.sqrt(distance) / size;
}

/** The same network anew, as it is or in double precision. Dropout keeps everything: a mask would differ from pass to pass. */
function copyOf(network: Network, precision: Network['precision'], variant: Variant): Network {
  const layers = network.layers.map(layer =>
    layer.type === 'dropout' ? { ...layer, rate: 0 } : layer
  );
  const copy = sequential(layers, { inputs: network.inputs, precision, variant });
  copy.parameters.forEach(({ values }, i) => values.set(network.parameters[i].values));
  return copy;
}

function centralDifferences(
  lossNow: () => number,
  values: FloatArray,
  places: ArrayLike<number>,
  step: number
): number[] {
  return Array.from(places, place => {
    const value = values[place];
    values[place] = value + step;
    const above = lossNow();
    values[place] = value - step;
    const below = lossNow();
    values[place] = value;
    return (above - below) / (2 * step);
  });
}

/**
 * Checks the gradients of a network for some examples against central differences,
 * `(L(w + step) - L(w - step)) / (2 step)`, on a copy in double precision; and the network's own engine against that
 * copy. The network stays as it is.
 *
 * A kink of ReLU between the two sides makes a difference of its own: take another seed or fewer examples then.
 * Dropout keeps everything in both.
 *
 * @param data a few examples are enough: each number that is tried costs two forward passes
 * @throws RangeError if the examples do not fit the network or an option is out of range.
 * @example
 * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
 * const { train } = datasets.digits();
 * const [miniBatch] = miniBatches(train, { batchSize: 16 });
 * checkGradients(network, miniBatch).formulaError < 1e-7 // true
 * @see lecture, gradient checking: the relative error `|g - g'| / (|g| + |g'|)`.
 */
export function checkGradients(
  network: Network,
  data: TrainingData,
  options: GradientCheckOptions = {}
): GradientCheck {
  const where = 'checkGradients';
  programOf(network);
  knownOptions(where, options, ['samples', 'step', 'seed']);
  checkLearns(where, network);
  const samples = count(where, 'samples', options.samples ?? 50);
  const step = positive(where, 'step', options.step ?? 1e-5);
  const rng = createRng(checkSeed(where, options.seed ?? 0));
  const { x, targets, rows } = readTrainingSet(where, network, data);
  checkBatch(where, network, rows);

  const own = gradientsOf(
    copyOf(network, network.precision, network.engine as Variant),
    x,
    targets,
    rows
  );
  const copy = copyOf(network, 'float64', 'reference');
  const exact = gradientsOf(copy, x, targets, rows);
  const program = programOf(copy);
  const inputs = Float64Array.from(x);
  const lossNow = () => {
    program.forward(inputs, rows, 'train');
    return program.loss(targets).loss;
  };
  const noise = network.precision === 'float64' ? NOISE : 1e-5;
  const parameters = copy.parameters.flatMap(({ layer, name, values }, i): ParameterCheck[] => {
    const gradient = exact[i];
    if (!gradient) {
      return [];
    }
    const places = rng.permutation(values.length).subarray(0, samples);
    const numeric = centralDifferences(lossNow, values, places, step);
    const tried = Array.from(places, place => gradient[place]);
    return [
      {
        layer,
        type: network.layers[layer].type,
        name,
        samples: places.length,
        formulaError: relativeError(tried, numeric),
        engineError: relativeError(own[i]!, gradient, noise)
      }
    ];
  });
  return {
    parameters,
    formulaError: Math.max(...parameters.map(({ formulaError }) => formulaError)),
    engineError: Math.max(...parameters.map(({ engineError }) => engineError))
  };
}

/** Copies of all gradients for some examples. */
function gradientsOf(network: Network, x: Float32Array, targets: Targets, rows: number) {
  const program = programOf(network);
  program.forward(floatsOf(network).from(x), rows, 'train');
  program.backward(targets);
  return network.parameters.map(({ gradient }) => gradient?.slice());
}
