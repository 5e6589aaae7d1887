import { checkPair, type ClassNumbers } from './classNumbers';

/**
 * Share of examples whose predicted class is the right one.
 *
 * @param y true class numbers
 * @param yHat predicted class numbers, from `predictClasses`
 * @throws RangeError if the lengths differ, there are no examples, or a label is no class number.
 * @example metrics.accuracy([0, 1, 1, 2], [0, 1, 2, 2]) // 0.75
 * @see as scikit-learn's `accuracy_score`.
 */
export function accuracy(y: ClassNumbers, yHat: ClassNumbers): number {
  checkPair('metrics.accuracy', y, yHat);
  let right = 0;
  for (let i = 0; i < y.length; i++) {
    right += y[i] === yHat[i] ? 1 : 0;
  }
  return right / y.length;
}
