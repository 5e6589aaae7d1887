import { rangeError, show } from '../errors';

/** The class of each row, and what the classes are called unless they came as numbers from 0. */
export interface Labels {
  y: Int32Array;
  classes: number;
  classNames?: readonly string[];
}

const isWhole = (value: unknown): value is number => Number.isInteger(value);

/**
 * Numbers classes: whole numbers 0 … k - 1 stay as they are; anything else (texts, booleans, classes that
 * do not start at 0 or leave gaps) is sorted and numbered from 0, as scikit-learn's `LabelEncoder` does.
 *
 * @param names the classes in order, when they are known: of the training data, for a test file
 * @param place names the place of a row in messages
 * @throws RangeError for labels with fractions, or labels that are not among the names.
 */
export function encodeLabels(
  where: string,
  labels: readonly (string | number)[],
  place: (row: number) => string,
  names?: readonly string[]
): Labels {
  const numbers = labels.every(label => typeof label === 'number');
  const fraction = numbers ? labels.findIndex(label => !isWhole(label)) : -1;
  if (fraction !== -1) {
    throw rangeError(
      where,
      'classes are texts or whole numbers',
      `the label ${labels[fraction]} ${place(fraction)}`,
      'To predict a quantity, name its column as `target` instead of `label`.'
    );
  }
  const distinct = [...new Set(labels)];
  // Count the distinct ones before looking: labels may be as large as they like.
  if (!names && numbers && distinct.every(label => isFrom0(label, distinct.length))) {
    return { y: Int32Array.from(labels as number[]), classes: distinct.length };
  }
  // Text sorts by code unit, which is the same on every machine; localeCompare is not.
  const classNames =
    names ??
    (numbers
      ? (distinct as number[]).sort((a, b) => a - b).map(String)
      : distinct.map(String).sort());
  const index = new Map(classNames.map((name, i) => [name, i]));
  const y = Int32Array.from(labels, (label, row) => {
    const found = index.get(String(label));
    if (found === undefined) {
      throw rangeError(
        where,
        `labels must be among the classes ${show(classNames)}`,
        `${show(label)} ${place(row)}`,
        'Correct the label, or leave `classNames` out.'
      );
    }
    return found;
  });
  return { y, classes: classNames.length, classNames };
}

const isFrom0 = (label: string | number, count: number) =>
  isWhole(label) && label >= 0 && label < count;
