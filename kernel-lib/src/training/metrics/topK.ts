import { rangeError } from '../../errors';
import { count } from '../../numeric/options';
import { readTensor, rowsAndColumns, type Tensor } from '../../numeric/tensor';
import { checkLabels, type ClassNumbers } from './classNumbers';

/**
 * Share of examples whose true class is among the k most probable ones. Of equal probabilities the first counts as
 * the more probable, so that k = 1 is the accuracy.
 *
 * @param y true class numbers
 * @param probabilities (examples, classes), as `predict` gives them; scores will do as well
 * @param k whole number >= 1, at most the number of classes
 * @throws RangeError if the shapes do not agree, a label is no class, or `k` is out of range.
 * @example metrics.topK([0, 1], [[0.2, 0.5, 0.3], [0.3, 0.4, 0.3]], 2) // 0.5
 * @see as scikit-learn's `top_k_accuracy_score`, but for ties.
 */
export function topK(y: ClassNumbers, probabilities: Tensor, k: number): number {
  const where = 'metrics.topK';
  const flat = readTensor(where, probabilities);
  const isRows = ArrayBuffer.isView(probabilities) && flat.values.length % y.length === 0;
  const [rows, classes] = isRows ? [y.length, flat.values.length / y.length] : rowsAndColumns(flat);
  checkLabels(where, 'y', y, classes);
  if (rows !== y.length || count(where, 'k', k) > classes) {
    throw rangeError(
      where,
      'there must be one row of probabilities for each example, and at least k classes',
      `${rows} rows of ${classes} classes for ${y.length} examples, k=${k}`,
      'Pass predict(network, x) of the same examples.'
    );
  }
  let right = 0;
  for (let r = 0; r < rows; r++) {
    const own = flat.values[r * classes + y[r]];
    let ahead = 0;
    for (let c = 0; c < classes; c++) {
      const other = flat.values[r * classes + c];
      ahead += other > own || (other === own && c < y[r]) ? 1 : 0;
    }
    right += ahead < k ? 1 : 0;
  }
  return right / rows;
}
