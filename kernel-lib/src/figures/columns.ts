/** Columns of a figure: typed arrays as base64, little-endian, and lists of strings. */
import { typeError } from '../errors';
import { decodeBase64, encodeBase64 } from './base64';

const ARRAYS = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  uint32: Uint32Array,
  uint8: Uint8Array
} as const;

/** How a column's numbers are stored. */
export type NumericDtype = keyof typeof ARRAYS;

/** The numbers of a column, ready to be read. */
export type NumericValues = Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array;

/** Numbers as base64 of their little-endian bytes; a missing one is NaN. */
export interface NumericColumn {
  dtype: NumericDtype;
  /** Number of values, not of bytes. */
  length: number;
  data: string;
}

/** Texts, one for each mark. */
export interface StringColumn {
  dtype: 'string';
  values: string[];
}

export type Column = NumericColumn | StringColumn;

export const NUMERIC_DTYPES = Object.keys(ARRAYS) as NumericDtype[];

/** Bytes that one value takes. */
export function itemSize(dtype: NumericDtype): number {
  return ARRAYS[dtype].BYTES_PER_ELEMENT;
}

const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function swapBytes(bytes: Uint8Array, size: number): Uint8Array {
  const swapped = bytes.slice();
  for (let i = 0; i < swapped.length; i += size) {
    swapped.subarray(i, i + size).reverse();
  }
  return swapped;
}

function toTyped(values: ArrayLike<number>): NumericValues {
  for (const dtype of NUMERIC_DTYPES) {
    if (values instanceof ARRAYS[dtype]) {
      return values;
    }
  }
  // Narrower integers fit into int32; everything else, plain arrays first of all, into float64.
  return values instanceof Int8Array ||
    values instanceof Int16Array ||
    values instanceof Uint16Array ||
    values instanceof Uint8ClampedArray
    ? Int32Array.from(values)
    : Float64Array.from(values);
}

function dtypeOf(values: NumericValues): NumericDtype {
  return NUMERIC_DTYPES.find(dtype => values instanceof ARRAYS[dtype])!;
}

/**
 * A column from values: typed arrays keep their type, arrays of numbers become float64 (`null` and
 * `undefined` become NaN), arrays of strings stay strings.
 * @throws TypeError if an array mixes numbers and other things.
 * @example encodeColumn([0.1, 0.2]) // { dtype: 'float64', length: 2, data: 'mpmZmZmZuT+amZmZmZnJPw==' }
 */
export function encodeColumn(values: readonly string[]): StringColumn;
export function encodeColumn(
  values: ArrayLike<number> | readonly (number | null | undefined)[]
): NumericColumn;
export function encodeColumn(
  values: ArrayLike<number> | readonly (number | string | null | undefined)[]
): Column {
  if (Array.isArray(values)) {
    if (values.length > 0 && values.every(value => typeof value === 'string')) {
      return { dtype: 'string', values: [...values] };
    }
    const odd = values.findIndex(value => value != null && typeof value !== 'number');
    if (odd !== -1) {
      throw typeError(
        'encodeColumn',
        'a column holds numbers only or strings only',
        `a value of type ${typeof values[odd]} at index ${odd}`,
        'Turn the values into numbers, with NaN where one is missing.'
      );
    }
    return encodeNumbers(Float64Array.from(values, value => value ?? NaN));
  }
  return encodeNumbers(toTyped(values as ArrayLike<number>));
}

function encodeNumbers(values: NumericValues): NumericColumn {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const size = values.BYTES_PER_ELEMENT;
  return {
    dtype: dtypeOf(values),
    length: values.length,
    data: encodeBase64(LITTLE_ENDIAN ? bytes : swapBytes(bytes, size))
  };
}

/** Values of columns that have no base64 yet. */
const decoded = new WeakMap<Column, NumericValues>();

/** Whether the values of a column are at hand, without base64 that could be damaged. */
export const isDecoded = (column: Column): boolean => decoded.has(column);

/**
 * A column over an array, which it shares: what grows many times a second is not encoded each time. Its base64 is made
 * when somebody asks for `data`, to store it.
 */
export function columnOver(values: NumericValues): NumericColumn {
  const column: NumericColumn = {
    dtype: dtypeOf(values),
    length: values.length,
    get data() {
      return encodeNumbers(values).data;
    }
  };
  decoded.set(column, values);
  return column;
}

/** Zeros, as many as are asked for. */
export function numbersOf(dtype: NumericDtype, length: number): NumericValues {
  return new ARRAYS[dtype](length);
}

/**
 * The values of a column: a typed array of its dtype, or the strings.
 * @throws RangeError if the base64 is damaged or of another length.
 */
export function decodeColumn(column: StringColumn): string[];
export function decodeColumn(column: NumericColumn): NumericValues;
export function decodeColumn(column: Column): NumericValues | string[];
export function decodeColumn(column: Column): NumericValues | string[] {
  if (column.dtype === 'string') {
    return column.values;
  }
  const known = decoded.get(column);
  if (known) {
    return known;
  }
  const { dtype, length, data } = column;
  return valuesFrom(dtype, decodeBase64(data, length * itemSize(dtype), 'decodeColumn'));
}

/** The values that little-endian bytes stand for. The bytes begin a buffer of their own, which the values may share. */
export function valuesFrom(dtype: NumericDtype, bytes: Uint8Array): NumericValues {
  const own = LITTLE_ENDIAN ? bytes : swapBytes(bytes, itemSize(dtype));
  return new ARRAYS[dtype](
    own.buffer as ArrayBuffer,
    own.byteOffset,
    own.byteLength / itemSize(dtype)
  );
}

/** Little-endian bytes of a column's values. */
export function bytesOf(column: NumericColumn): Uint8Array {
  return decodeBase64(column.data, column.length * itemSize(column.dtype), 'bytesOf');
}

/** Characters of base64 and bytes that stand for each other, and hold whole values of every dtype. */
const BLOCK = { characters: 4096, bytes: 3072 } as const;

/** The values at places from `from` to before `to`, without decoding what lies around them. */
export function partOf(column: NumericColumn, from: number, to: number): NumericValues {
  const size = itemSize(column.dtype);
  const first = Math.floor((from * size) / 3);
  const text = column.data.slice(4 * first, 4 * Math.ceil((to * size) / 3));
  const length = Math.min(Math.ceil((to * size) / 3) * 3, column.length * size) - 3 * first;
  const start = from * size - 3 * first;
  const bytes = decodeBase64(text, length, 'partOf').slice(start, start + (to - from) * size);
  return valuesFrom(column.dtype, bytes);
}

/**
 * The places at which two columns of one dtype differ, in their common length. Equal stretches are told by their
 * base64 and not decoded.
 */
export function differences(before: NumericColumn, after: NumericColumn): number[] {
  const common = Math.min(before.length, after.length);
  const step = BLOCK.bytes / itemSize(before.dtype);
  const places: number[] = [];
  for (let from = 0, at = 0; from < common; from += step, at += BLOCK.characters) {
    const to = Math.min(common, from + step);
    const end = at + BLOCK.characters;
    if (to - from === step && before.data.slice(at, end) === after.data.slice(at, end)) continue;
    const [old, fresh] = [partOf(before, from, to), partOf(after, from, to)];
    for (let i = 0; i < old.length; i++) {
      if (!Object.is(old[i], fresh[i])) places.push(from + i);
    }
  }
  return places;
}
