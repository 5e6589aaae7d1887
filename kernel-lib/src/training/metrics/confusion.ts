import { knownOptions } from '../../errors';
import { count } from '../../numeric/options';
import { checkPair, type ClassNumbers } from './classNumbers';

/** Options of `metrics.confusion` and `metrics.perClass`. */
export interface ConfusionOptions {
  /** How many classes there are. Default: the largest class number seen, plus 1. */
  classes?: number;
}

/**
 * The confusion matrix: row i, column j counts the examples of class i that were taken for class j. The diagonal is
 * what is right.
 *
 * @param y true class numbers
 * @param yHat predicted class numbers, from `predictClasses`
 * @returns (classes, classes) counts as nested arrays
 * @throws RangeError if the lengths differ, there are no examples, or a label is no class number.
 * @example metrics.confusion([0, 1, 1, 2], [0, 1, 2, 2]) // [[1, 0, 0], [0, 1, 1], [0, 0, 1]]
 * @see as scikit-learn's `confusion_matrix`.
 */
export function confusion(
  y: ClassNumbers,
  yHat: ClassNumbers,
  options: ConfusionOptions = {}
): number[][] {
  const where = 'metrics.confusion';
  knownOptions(where, options, ['classes']);
  const given =
    options.classes === undefined ? undefined : count(where, 'classes', options.classes);
  const classes = checkPair(where, y, yHat, given);
  const table = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < y.length; i++) {
    table[y[i]][yHat[i]]++;
  }
  return table;
}
