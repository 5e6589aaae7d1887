import { knownOptions, rangeError, show } from '../errors';
import { count } from '../numeric/options';
import type { DensePlan, Initialization } from '../wasm/engine';

export interface DenseOptions {
  /** Whether a bias b is added. In front of batch norm it has no effect: the mean takes it away. Default: `true`. */
  bias?: boolean;
  /**
   * How the weights begin. `'fanIn'`: uniform in ±1/√inputs, weights and bias, as PyTorch's `nn.Linear`.
   * `'he'`: normal with variance 2/inputs, bias 0, made for ReLU. Default: `'fanIn'`.
   */
  initialization?: Initialization;
}

/**
 * A fully connected layer: `z = x W + b`, shapes (rows, inputs) x (inputs, units) + (units) -> (rows, units).
 *
 * @param units how many units it has, a whole number >= 1
 * @throws RangeError if `units` is not such a number or an option is unknown.
 * @example sequential([layers.dense(32), layers.relu(), layers.dense(10), layers.softmax()], { inputs: 64 })
 * Source: lecture, "Fitting Batch Norm into a neural network": the step that computes Z.
 */
export function dense(units: number, options: DenseOptions = {}): DensePlan {
  knownOptions('layers.dense', options, ['bias', 'initialization']);
  const { bias = true, initialization = 'fanIn' } = options;
  if (initialization !== 'fanIn' && initialization !== 'he') {
    throw rangeError(
      'layers.dense',
      "`initialization` must be 'fanIn' or 'he'",
      show(initialization),
      "Use 'he' in front of ReLU, 'fanIn' elsewhere."
    );
  }
  return { type: 'dense', units: count('layers.dense', 'units', units), bias, initialization };
}
