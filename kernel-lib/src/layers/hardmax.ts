import { rowsAndColumns, readTensor, writeTensor, type Tensor } from '../numeric/tensor';

/**
 * Hardmax: 1 at the largest element and 0 at all others; of equal ones, the first. Softmax is its soft
 * form: softmax(c z) comes ever nearer to hardmax(z) as c grows.
 *
 * @param z a vector, or (examples, classes): each row by itself
 * @returns zeros and ones, in the form in which z came
 * @throws TypeError for anything but numbers; RangeError if z is empty, ragged or not finite.
 * @example hardmax([5, 2, -1, 3]) // [1, 0, 0, 0]
 * @see lecture, "Training a softmax classifier".
 */
export function hardmax<T extends Tensor>(z: T): T {
  const flat = readTensor('hardmax', z);
  const [rows, classes] = rowsAndColumns(flat);
  const values = new Float64Array(flat.values.length);
  for (let r = 0; r < rows; r++) {
    const row = flat.values.subarray(r * classes, (r + 1) * classes);
    values[r * classes + row.indexOf(row.reduce((a, b) => Math.max(a, b)))] = 1;
  }
  return writeTensor(z, { values, shape: flat.shape });
}
