import { knownOptions } from '../errors';
import { fraction } from '../numeric/options';
import { rowsAndColumns, readTensor, writeTensor, type Tensor } from '../numeric/tensor';
import type { SoftmaxPlan } from '../wasm/engine';
import { softmaxRows } from '../wasm/reference/softmax';

/**
 * Softmax: turns scores into probabilities, `a_i = exp(z_i) / Σ_j exp(z_j)`. Positive, and each
 * row sums to 1; input and output have the same shape.
 *
 * @param z one example's scores as a vector, or (examples, classes): each row by itself
 * @returns the probabilities, in the form in which z came
 * @throws TypeError for anything but numbers; RangeError if z is empty, ragged or not finite.
 * @example softmax([5, 2, -1, 3]) // about [0.842, 0.042, 0.002, 0.114]
 * @see lecture, "Softmax Regression".
 */
export function softmax<T extends Tensor>(z: T): T {
  const flat = readTensor('softmax', z);
  const [rows, classes] = rowsAndColumns(flat);
  const values = new Float64Array(flat.values.length);
  softmaxRows(flat.values, rows, classes, values);
  return writeTensor(z, { values, shape: flat.shape });
}

/** Options of `layers.softmax`. */
export interface SoftmaxLayerOptions {
  /**
   * Share of the truth that is spread evenly over all classes in the loss: y becomes (1 - s) onehot + s / classes. In
   * [0, 1). Default: `0`.
   */
  labelSmoothing?: number;
}

/**
 * The last layer of a classifier: the class probabilities of each example,
 * `a_i = exp(z_i) / Σ_j exp(z_j)`, (rows, classes) -> (rows, classes). Trained with cross-entropy, whose
 * gradient with respect to z is simply a - y.
 *
 * @throws RangeError if `labelSmoothing` is outside [0, 1) or an option is unknown.
 * @example sequential([layers.dense(10), layers.softmax()], { inputs: 64 }) // softmax regression
 * @see lecture, "Softmax Regression"; label smoothing: Szegedy et al. 2016, as in PyTorch's `CrossEntropyLoss`.
 */
export function softmaxLayer(options: SoftmaxLayerOptions = {}): SoftmaxPlan {
  const where = 'layers.softmax';
  knownOptions(where, options, ['labelSmoothing']);
  const labelSmoothing = fraction(
    where,
    'labelSmoothing',
    options.labelSmoothing ?? 0,
    'It is the share of the truth given to all classes alike: 0 for none, 0.1 usually.'
  );
  return { type: 'softmax', labelSmoothing };
}
