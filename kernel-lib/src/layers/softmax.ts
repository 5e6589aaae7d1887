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
 * Source: lecture, "Softmax Regression".
 */
export function softmax<T extends Tensor>(z: T): T {
  const flat = readTensor('softmax', z);
  const [rows, classes] = rowsAndColumns(flat);
  const values = new Float64Array(flat.values.length);
  softmaxRows(flat.values, rows, classes, values);
  return writeTensor(z, { values, shape: flat.shape });
}

/**
 * The last layer of a classifier: the class probabilities of each example,
 * `a_i = exp(z_i) / Σ_j exp(z_j)`, (rows, classes) -> (rows, classes). Trained with cross-entropy, whose
 * gradient with respect to z is simply a - y.
 *
 * @example sequential([layers.dense(10), layers.softmax()], { inputs: 64 }) // softmax regression
 * Source: lecture, "Softmax Regression".
 */
export function softmaxLayer(): SoftmaxPlan {
  return { type: 'softmax', labelSmoothing: 0 };
}
