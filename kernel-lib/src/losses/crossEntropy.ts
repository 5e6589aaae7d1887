import { rangeError, show } from '../errors';
import { isMathMatrix, readTensor, rowsAndColumns, type Tensor } from '../numeric/tensor';

/**
 * Cross-entropy of predicted probabilities against the truth, in nats, as the mean over examples:
 * `L = -Σ_j y_j log(yHat_j)`.
 *
 * @param yHat probabilities: a vector for one example, or (examples, classes)
 * @param y the truth: a class number for each example (a single number for a vector), or one-hot rows of
 *   yHat's shape
 * @returns the loss; `Infinity` if a true class was given the probability 0
 * @throws RangeError if shapes do not agree, a label is no class, or a probability is outside [0, 1].
 * @example crossEntropy([0.3, 0.2, 0.1, 0.4], [0, 1, 0, 0]) // -log(0.2) = 1.609…
 * @see lecture, "Training a softmax classifier".
 */
export function crossEntropy(yHat: Tensor, y: number | Tensor): number {
  const predicted = readTensor('crossEntropy', yHat);
  const [rows, classes] = rowsAndColumns(predicted);
  const outside = predicted.values.find(p => p < 0 || p > 1);
  if (outside !== undefined) {
    throw rangeError(
      'crossEntropy',
      'probabilities lie in [0, 1]',
      show(outside),
      'Pass the output of softmax, not its scores.'
    );
  }
  const truth = readTruth(y, rows, classes, predicted.shape.length === 1);
  let loss = 0;
  for (let i = 0; i < truth.length; i++) {
    // 0 log 0 counts as 0, its limit.
    loss -= truth[i] === 0 ? 0 : truth[i] * Math.log(predicted.values[i]);
  }
  return loss / rows;
}

/** One-hot rows, whichever way the truth was given. */
function readTruth(
  y: number | Tensor,
  rows: number,
  classes: number,
  vector: boolean
): Float64Array {
  const { values } = readTensor('crossEntropy', typeof y === 'number' ? [y] : y);
  const isOneHot = typeof y !== 'number' && (vector || hasRows(y));
  if (isOneHot) {
    if (values.length !== rows * classes) {
      throw rangeError(
        'crossEntropy',
        `one-hot truth must have the shape of yHat, (${rows}, ${classes})`,
        `${values.length} numbers`,
        'Pass as many columns as there are classes, or class numbers instead.'
      );
    }
    for (let r = 0; r < rows; r++) {
      const row = values.subarray(r * classes, (r + 1) * classes);
      const sum = row.reduce((total, value) => total + value, 0);
      if (Math.abs(sum - 1) > 1e-6 || row.some(value => value < 0)) {
        throw rangeError(
          'crossEntropy',
          'each row of the truth must be 1 at the right class and 0 elsewhere, or probabilities that sum to 1',
          `${show(row)} for example ${r}`,
          'Pass one-hot rows, or class numbers instead.'
        );
      }
    }
    return values;
  }
  if (values.length !== rows) {
    throw rangeError(
      'crossEntropy',
      'there must be one class number for each example',
      `${values.length} for ${rows}`,
      'Rows of yHat are examples, columns are classes.'
    );
  }
  const truth = new Float64Array(rows * classes);
  values.forEach((label, r) => {
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw rangeError(
        'crossEntropy',
        `class numbers are whole numbers from 0 to ${classes - 1}`,
        `${show(label)} for example ${r}`,
        'Count classes from 0.'
      );
    }
    truth[r * classes + label] = 1;
  });
  return truth;
}

function hasRows(y: Tensor): boolean {
  return isMathMatrix(y) ? y.size().length === 2 : typeof y[0] !== 'number';
}
