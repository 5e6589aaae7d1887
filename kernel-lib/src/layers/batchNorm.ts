import { knownOptions, rangeError } from '../errors';
import { flag, fraction, positive } from '../numeric/options';
import { columnMoments } from '../numeric/stats';
import { readTensor, writeTensor, type Tensor } from '../numeric/tensor';
import type { BatchNormPlan } from '../wasm/engine';

/** Options of `layers.batchNorm`. */
export interface BatchNormLayerOptions {
  /** Weight of the past in the averages for test time: `running = decay * running + (1 - decay) * batch`. In [0, 1). Default: `0.9`. */
  decay?: number;
  /** Added to the variance, so that a constant unit divides by no zero. Default: `1e-5`. */
  epsilon?: number;
  /** Whether gamma and beta are learned; without them z̃ is zNorm. Default: `true`. */
  affine?: boolean;
}

/**
 * A layer that normalizes each unit over the mini-batch, then scales and shifts it by what it learns:
 *
 *     mu = 1/m Σ z,  sigma² = 1/m Σ (z - mu)²,  zNorm = (z - mu) / √(sigma² + epsilon),  z̃ = gamma zNorm + beta
 *
 * Shapes: (rows, units) -> (rows, units); gamma (begins at 1) and beta (begins at 0) are (units). At test time mu and
 * sigma² are exponentially weighted averages over the training batches. The variance is biased (1/m)
 * everywhere, as in the lecture; PyTorch's running variance is not. A dense layer right before it has no bias unless it
 * says `bias: true`.
 *
 * @throws RangeError if `decay` is outside [0, 1), `epsilon` is not > 0, `affine` is not a boolean, or an option
 *   is unknown.
 * @example sequential([layers.dense(32), layers.batchNorm(), layers.relu(), layers.dense(10), layers.softmax()], { inputs: 64 })
 * @see Ioffe and Szegedy 2015, algorithm 1; lecture, "Fitting Batch Norm into a neural network".
 */
export function batchNormLayer(options: BatchNormLayerOptions = {}): BatchNormPlan {
  knownOptions('layers.batchNorm', options, ['decay', 'epsilon', 'affine']);
  const { decay = 0.9, epsilon = 1e-5, affine = true } = options;
  return {
    type: 'batchNorm',
    decay: fraction('layers.batchNorm', 'decay', decay),
    epsilon: positive('layers.batchNorm', 'epsilon', epsilon),
    affine: flag('layers.batchNorm', 'affine', affine)
  };
}

/** Options of `batchNorm`. */
export interface BatchNormOptions {
  /** Scale of each unit, or one number for all. Default: `1`. */
  gamma?: number | Tensor;
  /** Shift of each unit, or one number for all. Default: `0`. */
  beta?: number | Tensor;
  /** Added to the variance, > 0. Default: `1e-5`. */
  epsilon?: number;
  /** Test time: the mean of each unit, instead of the batch's. Goes with `variance`. */
  mean?: number | Tensor;
  /** Test time: the variance of each unit, instead of the batch's. Goes with `mean`. */
  variance?: number | Tensor;
}

function perUnit(name: string, value: number | Tensor, units: number): Float64Array {
  if (typeof value === 'number') {
    return new Float64Array(units).fill(readTensor('batchNorm', [value]).values[0]);
  }
  const { values } = readTensor('batchNorm', value);
  if (values.length !== units) {
    throw rangeError(
      'batchNorm',
      `\`${name}\` must be one number or hold one for each unit`,
      `${values.length} numbers for ${units} unit${units === 1 ? '' : 's'}`,
      'Columns of z are units, rows are examples.'
    );
  }
  return values;
}

/**
 * Batch normalization as the lecture writes it, over the examples of a mini-batch:
 *
 *     mu = 1/m Σ z,  sigma² = 1/m Σ (z - mu)²,  zNorm = (z - mu) / √(sigma² + epsilon),  z̃ = gamma zNorm + beta
 *
 * @param z (examples, units), or a vector: one unit's value for each example
 * @returns z̃, in the form and shape in which z came
 * @throws RangeError for fewer than 2 examples (unless mean and variance are given), wrong lengths,
 *   numbers that are not finite, epsilon <= 0 or a negative variance.
 * @example batchNorm([1, 2, 3, 4]) // about [-1.342, -0.447, 0.447, 1.342]
 * @see lecture, "Normalizing activations in a network".
 */
export function batchNorm<T extends Tensor>(z: T, options: BatchNormOptions = {}): T {
  knownOptions('batchNorm', options, ['gamma', 'beta', 'epsilon', 'mean', 'variance']);
  const flat = readTensor('batchNorm', z);
  const rows = flat.shape[0];
  const units = flat.shape.length === 1 ? 1 : flat.shape[1];
  const gamma = perUnit('gamma', options.gamma ?? 1, units);
  const beta = perUnit('beta', options.beta ?? 0, units);
  const epsilon = positive('batchNorm', 'epsilon', options.epsilon ?? 1e-5);
  const { mean, variance } = statistics(flat.values, rows, units, options);
  const values = flat.values.map((value, i) => {
    const j = i % units;
    return (gamma[j] * (value - mean[j])) / Math.sqrt(variance[j] + epsilon) + beta[j];
  });
  return writeTensor(z, { values, shape: flat.shape });
}

function statistics(
  values: Float64Array,
  rows: number,
  units: number,
  { mean, variance }: BatchNormOptions
) {
  if ((mean === undefined) !== (variance === undefined)) {
    throw rangeError(
      'batchNorm',
      '`mean` and `variance` go together',
      `only \`${mean === undefined ? 'variance' : 'mean'}\``,
      'Give both at test time, and neither in training.'
    );
  }
  if (mean !== undefined && variance !== undefined) {
    const given = perUnit('variance', variance, units);
    const negative = given.find(value => value < 0);
    if (negative !== undefined) {
      throw rangeError(
        'batchNorm',
        'a variance is never negative',
        `variance=${negative}`,
        'Pass sigma², the mean of the squared distances from the mean.'
      );
    }
    return { mean: perUnit('mean', mean, units), variance: given };
  }
  if (rows < 2) {
    throw rangeError(
      'batchNorm',
      'a batch needs at least 2 examples: the variance of one is always 0',
      '1 example',
      'Pass more rows, or at test time the averages of training: { mean, variance }.'
    );
  }
  const moments = columnMoments(values, rows, units);
  const lost = moments.variance.find(value => !Number.isFinite(value));
  if (lost !== undefined) {
    throw rangeError(
      'batchNorm',
      'the squares of z must be finite',
      `numbers up to ${values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)}`,
      'Divide z by a power of ten first: batch norm takes any scale away.'
    );
  }
  return moments;
}
