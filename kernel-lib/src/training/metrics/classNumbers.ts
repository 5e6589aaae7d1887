import { rangeError, show, typeError } from '../../errors';

/** Class numbers in any array; `Int32Array` from `predictClasses` and datasets is the common case. */
export type ClassNumbers = ArrayLike<number>;

/** Largest table of classes by classes: 10,000 classes are 100 million cells, which no one means. */
const MOST_CLASSES = 10_000;

function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/**
 * Checks the truth before it is compared with anything.
 * @returns how many classes there are: the given number, or the largest label + 1
 * @throws TypeError for no array; RangeError for no rows or a label that is no class number.
 */
export function checkLabels(where: string, name: string, y: unknown, classes?: number): number {
  if (!isArrayLike(y)) {
    throw typeError(where, `\`${name}\` must be an array of class numbers`, show(y), 'Pass for example dev.y.'); // prettier-ignore
  }
  if (y.length === 0) {
    throw rangeError(where, 'there must be at least one example', 'none', 'Pass data.');
  }
  let most = 0;
  for (let i = 0; i < y.length; i++) {
    const label = y[i];
    const whole = Number.isSafeInteger(label) && (label as number) >= 0;
    if (!whole || (label as number) >= (classes ?? MOST_CLASSES)) {
      throw rangeError(
        where,
        `\`${name}\` must hold class numbers from 0 to ${(classes ?? MOST_CLASSES) - 1}`,
        `${show(label)} for example ${i}`,
        'Count classes from 0; predictClasses(network, x) gives such numbers.'
      );
    }
    most = Math.max(most, label as number);
  }
  return classes ?? most + 1;
}

/** Checks truth and prediction together. @returns the number of classes */
export function checkPair(
  where: string,
  y: ClassNumbers,
  yHat: ClassNumbers,
  classes?: number
): number {
  const found = Math.max(
    checkLabels(where, 'y', y, classes),
    checkLabels(where, 'yHat', yHat, classes)
  );
  if (y.length !== yHat.length) {
    throw rangeError(
      where,
      'there must be one prediction for each example',
      `${yHat.length} for ${y.length}`,
      'Pass y and yHat of the same examples, in the same order.'
    );
  }
  return found;
}
