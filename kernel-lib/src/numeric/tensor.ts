import { rangeError, show, typeError } from '../errors';

/** A matrix of mathjs, told by its shape alone: the library never loads mathjs for it. */
export interface MathMatrix {
  /** (rows, columns), or the length of a vector. */
  size(): number[];
  /** Its numbers as nested arrays. */
  toArray(): unknown;
}

/** Numbers in any form that a learner may hold: nested arrays, typed arrays, mathjs matrices. */
export type Tensor =
  number[] | number[][] | readonly number[] | Float32Array | Float64Array | MathMatrix;

/** The same numbers in one form: row by row, in double precision. */
export interface Flat {
  values: Float64Array;
  /** Length of a vector, or rows and columns of a matrix. */
  shape: [number] | [rows: number, columns: number];
}

export function isMathMatrix(value: unknown): value is MathMatrix {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as MathMatrix).size === 'function' &&
    typeof (value as MathMatrix).toArray === 'function'
  );
}

function isTyped(value: unknown): value is Float32Array | Float64Array {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function checkedNumber(where: string, value: unknown, place: string): number {
  if (typeof value !== 'number') {
    throw typeError(
      where,
      'all elements must be numbers',
      `${show(value)} at ${place}`,
      'Convert it to a number first.'
    );
  }
  if (!Number.isFinite(value)) {
    throw rangeError(
      where,
      'all elements must be finite',
      `${value} at ${place}`,
      'Look for a division by zero or a logarithm of zero before this call.'
    );
  }
  return value;
}

/**
 * Reads a vector or a matrix, whatever its form.
 * @param where name of the caller, for its messages
 * @throws TypeError for anything but numbers; RangeError if it is empty, ragged or not finite.
 */
export function readTensor(where: string, input: unknown): Flat {
  const source = isMathMatrix(input) ? input.toArray() : input;
  if (!Array.isArray(source) && !isTyped(source)) {
    throw typeError(
      where,
      'the input must be a vector or a matrix',
      show(input),
      'Pass an array such as [1, 2, 3] or [[1, 2], [3, 4]], a typed array, or a mathjs matrix.'
    );
  }
  if (source.length === 0) {
    throw rangeError(
      where,
      'the input must hold at least one number',
      'an empty array',
      'Pass data.'
    );
  }
  const first: unknown = source[0];
  if (!Array.isArray(first) && !isTyped(first)) {
    const values = new Float64Array(source.length);
    for (let i = 0; i < source.length; i++) {
      values[i] = checkedNumber(where, source[i], `index ${i}`);
    }
    return { values, shape: [source.length] };
  }
  return readRows(where, source as unknown as readonly ArrayLike<unknown>[]);
}

function readRows(where: string, rows: readonly ArrayLike<unknown>[]): Flat {
  const columns = rows[0].length;
  if (columns === 0) {
    throw rangeError(where, 'rows must hold at least one number', 'an empty row', 'Pass data.');
  }
  const values = new Float64Array(rows.length * columns);
  rows.forEach((row, r) => {
    if ((!Array.isArray(row) && !isTyped(row)) || row.length !== columns) {
      throw rangeError(
        where,
        'all rows must have the same length',
        `${columns} numbers in row 0 and ${show(row)} in row ${r}`,
        'Fill or remove the row that differs.'
      );
    }
    for (let c = 0; c < columns; c++) {
      values[r * columns + c] = checkedNumber(where, row[c], `row ${r}, column ${c}`);
    }
  });
  return { values, shape: [rows.length, columns] };
}

/**
 * Gives numbers back in the form in which they came: a typed array of the same kind, nested arrays,
 * or a matrix of the same mathjs.
 */
export function writeTensor<T>(like: T, { values, shape }: Flat): T {
  if (like instanceof Float32Array) {
    return Float32Array.from(values) as T;
  }
  if (isTyped(like)) {
    return values as T;
  }
  const nested =
    shape.length === 1
      ? Array.from(values)
      : Array.from({ length: shape[0] }, (_, r) =>
          Array.from(values.subarray(r * shape[1], (r + 1) * shape[1]))
        );
  if (isMathMatrix(like)) {
    // A mathjs matrix makes others of its own kind; an older or foreign one gets plain arrays.
    const create = (like as { create?: (data: unknown) => unknown }).create;
    return (create ? create.call(like, nested) : nested) as T;
  }
  return nested as T;
}

/** Rows and columns of a matrix; a vector counts as one row. */
export function rowsAndColumns(flat: Flat): [rows: number, columns: number] {
  return flat.shape.length === 1 ? [1, flat.shape[0]] : flat.shape;
}
