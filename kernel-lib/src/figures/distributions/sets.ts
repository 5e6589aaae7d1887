/** Sets of numbers as a learner holds them: arrays, typed arrays, rows of them, mathjs matrices. */
import { rangeError, show, typeError } from '../../errors';
import { isMathMatrix, type MathMatrix } from '../../numeric/tensor';
import { LIMITS } from '../format';

/** Numbers to count: an array or a typed array, rows of them, or a mathjs matrix. */
export type HistogramValues = ArrayLike<number> | readonly ArrayLike<number>[] | MathMatrix;

/** A set with its name, as numbers in any order. */
export interface NamedSet {
  name: string;
  values: ArrayLike<number>;
}

export function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** What holds numbers: an array, or rows of them. */
function isNumbers(value: unknown): boolean {
  return isArrayLike(value) || isMathMatrix(value);
}

/**
 * Rows of numbers, each an array: one row for a vector.
 * @throws TypeError unless they are arrays of numbers.
 */
export function readRows(where: string, name: string, input: unknown): ArrayLike<number>[] {
  const values = isMathMatrix(input) ? input.toArray() : input;
  if (!isArrayLike(values)) {
    throw typeError(
      where,
      'values must be arrays of numbers',
      `${name}=${show(input)}`,
      'Pass one array, or an object of arrays by name: { before: z, after: zNorm }.'
    );
  }
  const nested = values.length > 0 && isArrayLike(values[0]);
  const rows = nested ? Array.from(values) : [values];
  for (const row of rows) {
    checkNumbers(where, name, row);
  }
  return rows as ArrayLike<number>[];
}

function checkNumbers(where: string, name: string, row: unknown): void {
  if (Array.isArray(row)) {
    const odd = row.findIndex(value => typeof value !== 'number');
    if (odd !== -1) {
      throw typeError(
        where,
        'values must be numbers',
        `${show(row[odd])} at index ${odd} of ${name}`,
        'Convert them, with NaN where one is missing: NaN is counted and left out.'
      );
    }
  } else if (!isArrayLike(row)) {
    throw typeError(
      where,
      'rows must be arrays of numbers',
      `${show(row)} in ${name}`,
      'Write [[1, 2], [3, 4]] for a matrix of two rows.'
    );
  } else if (typeof row[0] === 'bigint') {
    throw typeError(
      where,
      'values must be numbers',
      `bigints in ${name}`,
      'Convert them with Number(value).'
    );
  }
}

/** All rows behind each other. @throws TypeError unless they are arrays of numbers. */
export function readNumbers(where: string, name: string, input: unknown): ArrayLike<number> {
  const rows = readRows(where, name, input);
  return rows.length === 1 ? rows[0] : concatenate(rows);
}

/**
 * One set without a name of its own, or several by name.
 * @throws TypeError for anything but numbers; RangeError if there is no set, or too many.
 */
export function readSets(where: string, input: unknown, most: number = LIMITS.series): NamedSet[] {
  const named: [string, unknown][] =
    isNumbers(input) || typeof input !== 'object' || input === null
      ? [['values', input]]
      : Object.entries(input);
  if (named.length === 0 || named.length > most) {
    throw rangeError(
      where,
      `there must be 1 to ${most} sets of values`,
      `${named.length}`,
      'Pass an array, or an object of arrays by name.'
    );
  }
  return named.map(([name, set]) => ({ name, values: readNumbers(where, name, set) }));
}

/** Arrays behind each other. */
export function concatenate(parts: readonly ArrayLike<number>[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
