/** What figures of classifiers read: class numbers, names of classes, probabilities. */
import { rangeError, show, typeError } from '../../errors';
import { readTensor, rowsAndColumns, type Tensor } from '../../numeric/tensor';

/** More classes than this have no place on an axis. */
const MOST_CLASSES = 1000;

/** Probabilities in one form: row by row. */
export interface ProbabilityRows {
  rows: number;
  classes: number;
  values: Float64Array;
}

/** What sums of probabilities may differ from 1: float32 and rounded numbers in a text. */
const ROUNDING = 0.01;

/**
 * Reads class probabilities: one example as a vector, or (examples, classes).
 * @throws TypeError or RangeError unless each row holds numbers from 0 to 1 that sum to 1.
 */
export function readProbabilities(where: string, input: Tensor, classes?: number): ProbabilityRows {
  const flat = readTensor(where, input);
  // A typed array holds whole rows, as `predict` takes them; alone it is one row.
  const rows =
    classes !== undefined && flat.shape.length === 1 && flat.values.length % classes === 0
      ? flat.values.length / classes
      : rowsAndColumns(flat)[0];
  const width = flat.values.length / rows;
  if (classes !== undefined && width !== classes) {
    throw rangeError(
      where,
      `there must be ${classes} probabilities for each example`,
      `${width}`,
      'Pass the outputs of softmax, one row an example.'
    );
  }
  for (let r = 0; r < rows; r++) {
    const row = flat.values.subarray(r * width, (r + 1) * width);
    const sum = row.reduce((total, p) => total + p, 0);
    if (row.some(p => p < 0 || p > 1) || Math.abs(sum - 1) > ROUNDING) {
      throw rangeError(
        where,
        'probabilities must be from 0 to 1 and sum to 1',
        `${show(row)}, with sum ${Number(sum.toPrecision(6))}, for example ${r}`,
        'Pass the outputs of softmax: softmax(z) makes them of scores z.'
      );
    }
  }
  return { rows, classes: width, values: flat.values };
}

/** Reads class numbers. @throws TypeError for no array; RangeError for anything but whole numbers from 0. */
export function readLabels(where: string, name: string, y: unknown, count?: number): Int32Array {
  if (!Array.isArray(y) && (!ArrayBuffer.isView(y) || y instanceof DataView)) {
    throw typeError(
      where,
      `\`${name}\` must be an array of class numbers`,
      show(y),
      'Pass for example dev.y or predictClasses(network, dev.x).'
    );
  }
  const labels = y as unknown as ArrayLike<unknown>;
  if (count !== undefined && labels.length !== count) {
    throw rangeError(
      where,
      `\`${name}\` must have one class number for each of the ${count} examples`,
      `${labels.length}`,
      'Pass all of the same examples, in the same order.'
    );
  }
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (!Number.isInteger(label) || (label as number) < 0 || (label as number) >= MOST_CLASSES) {
      throw rangeError(
        where,
        `\`${name}\` must hold class numbers from 0 to ${MOST_CLASSES - 1}`,
        `${show(label)} for example ${i}`,
        'Count classes from 0; predictClasses(network, x) gives such numbers.'
      );
    }
  }
  return Int32Array.from(labels as ArrayLike<number>);
}

/** How many classes there are if these are the labels seen. */
export const classesOf = (...labels: readonly Int32Array[]): number =>
  labels.reduce((most, each) => each.reduce((a, b) => Math.max(a, b + 1), most), 0);

/**
 * The names of classes, or their numbers where they have none.
 * @throws RangeError unless there is one name, a text, for each class.
 */
export function nameClasses(
  where: string,
  names: readonly string[] | undefined,
  classes: number
): string[] {
  if (names === undefined) {
    return Array.from({ length: classes }, (_, i) => String(i));
  }
  if (
    !Array.isArray(names) ||
    names.length < classes ||
    names.some(name => typeof name !== 'string')
  ) {
    throw rangeError(
      where,
      `\`classNames\` must name each of the ${classes} classes`,
      show(names),
      'Pass a list of texts in the order of the class numbers.'
    );
  }
  return [...names] as string[];
}

/** The most probable class of a row; of equally probable ones the first. */
export function mostProbable(row: ArrayLike<number>): number {
  let best = 0;
  for (let c = 1; c < row.length; c++) {
    best = row[c] > row[best] ? c : best;
  }
  return best;
}

/** A share as readers want it: `0.957` as `95.7 %`. What is not all is never rounded to 100 %. */
export function percent(share: number, digits = 3): string {
  const rounded = Number((100 * share).toPrecision(digits));
  return rounded === 100 && share < 1 && digits < 6 ? percent(share, digits + 1) : `${rounded} %`;
}
