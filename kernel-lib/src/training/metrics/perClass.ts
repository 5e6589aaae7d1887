import { confusion, type ConfusionOptions } from './confusion';
import type { ClassNumbers } from './classNumbers';

/** How well one class is told from the others. Shares are in [0, 1]; 0 where nothing could be counted. */
export interface ClassMetrics {
  /** Class number. */
  label: number;
  /** Of the examples taken for this class, the share that belongs to it. */
  precision: number;
  /** Of the examples of this class, the share that was found. */
  recall: number;
  /** `2 precision recall / (precision + recall)`. */
  f1: number;
  /** Examples of this class. */
  support: number;
}

const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

/**
 * Precision, recall and F1 of each class by itself.
 *
 * @param y true class numbers
 * @param yHat predicted class numbers, from `predictClasses`
 * @returns one entry a class, in order: shares in [0, 1], and `support`, the examples of the class
 * @throws RangeError if the lengths differ, there are no examples, or a label is no class number.
 * @example metrics.perClass([0, 1, 1, 2], [0, 1, 2, 2])[1] // { label: 1, precision: 1, recall: 0.5, f1: 0.667, support: 2 }
 * @see as scikit-learn's `precision_recall_fscore_support(zero_division=0)`.
 */
export function perClass(
  y: ClassNumbers,
  yHat: ClassNumbers,
  options: ConfusionOptions = {}
): ClassMetrics[] {
  const table = confusion(y, yHat, options);
  return table.map((row, label) => {
    const right = row[label];
    const support = row.reduce((sum, cell) => sum + cell, 0);
    const taken = table.reduce((sum, other) => sum + other[label], 0);
    return {
      label,
      precision: ratio(right, taken),
      recall: ratio(right, support),
      f1: ratio(2 * right, taken + support),
      support
    };
  });
}
