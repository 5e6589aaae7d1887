import { rangeError, show } from '../errors';
import { checkSize, readBytes, type Source } from './source';

/** Numbers of one of numpy's types. */
export type NpyData =
  Float32Array | Float64Array | Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array;

/** An array of numpy: numbers row by row (the last index runs fastest), and its shape. */
export interface NpyArray {
  readonly data: NpyData;
  readonly shape: readonly number[];
}

const MAGIC = '\x93NUMPY';

/** How the bytes of each type are read; 64-bit whole numbers become 32-bit ones afterwards. */
const TYPES = {
  f4: Float32Array,
  f8: Float64Array,
  i1: Int8Array,
  i2: Int16Array,
  i4: Int32Array,
  i8: BigInt64Array,
  u1: Uint8Array,
  u2: Uint16Array,
  b1: Uint8Array
};

/**
 * Reads an array that numpy saved with `np.save`: format 1 or 2, little endian, of the types f4, f8, i1,
 * i2, i4, i8, u1, u2 or b1 (truth values become 0 and 1), in C or Fortran order.
 *
 * @param source the path of a file (in Node), or its bytes
 * @throws RangeError for a file that is damaged or cut off, other types, or whole numbers of 64 bits that
 *   do not fit into 32.
 * @example datasets.readNpy(datasets.writeNpy(Float32Array.of(1, 2, 3, 4), [2, 2])).shape // [2, 2]
 * @see numpy.lib.format, https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
 */
export function readNpy(source: Source): NpyArray {
  return parseNpy('datasets.readNpy', source);
}

/** As `readNpy`, with the name of the caller for its messages. */
export function parseNpy(where: string, source: Source): NpyArray {
  const bytes = readBytes(where, source);
  const { type, fortran, shape, start } = readHeader(where, bytes);
  const Type = TYPES[type];
  const count = shape.reduce((product, length) => product * length, 1);
  const size = count * Type.BYTES_PER_ELEMENT;
  checkSize(where, `an array of ${shape.join(' x ') || 'one number'} (${type})`, size);
  if (bytes.length - start !== size) {
    throw rangeError(
      where,
      `${size} bytes must follow the header, for ${shape.join(' x ')} numbers of type ${type}`,
      `${bytes.length - start}`,
      'The file is cut off or damaged: save it again with np.save.'
    );
  }
  // A copy, because the numbers may start at any byte and typed arrays cannot.
  const raw = new Type(bytes.slice(start, start + size).buffer);
  const data = raw instanceof BigInt64Array ? narrow(where, raw) : raw;
  return { data: fortran && shape.length > 1 ? toRowOrder(data, shape) : data, shape };
}

function readHeader(where: string, bytes: Uint8Array) {
  const damaged = (got: string, advice = 'Save it again with np.save(path, array).') =>
    rangeError(where, 'the file must be an array as np.save writes it', got, advice);
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (bytes.length < 12 || text(0, 6) !== MAGIC) {
    throw damaged(
      `${bytes.length} bytes that begin with ${show(text(0, 6))}`,
      text(0, 2) === 'PK' ? 'This is an .npz archive: save each array on its own.' : undefined
    );
  }
  const version = bytes[6];
  if (version !== 1 && version !== 2) {
    throw damaged(`format ${version}.${bytes[7]}`, 'Formats 1 and 2 can be read.');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begin = version === 1 ? 10 : 12;
  const start = begin + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  // A description of an array is short: one of a damaged length must not be turned into text.
  if (start > bytes.length || start > 65_536 + 12) {
    throw damaged(`a header of ${start - begin} bytes in a file of ${bytes.length}`);
  }
  const header = text(begin, start);
  const descr = /'descr':\s*'([<>|=]?)([a-zA-Z]\d*)'/.exec(header);
  const fortran = /'fortran_order':\s*(True|False)/.exec(header);
  const shape = /'shape':\s*\(([\d\s,]*)\)/.exec(header);
  if (!/'descr':/.test(header) || !fortran || !shape) {
    throw damaged(`the header ${show(header.trim())}`);
  }
  const type = descr?.[2] ?? '';
  if (!Object.hasOwn(TYPES, type) || descr?.[1] === '>') {
    throw damaged(
      `numbers of type ${descr ? show(descr[1] + type) : show(header.trim())}`,
      "Convert it first: np.save(path, array.astype('<f4'))."
    );
  }
  return {
    type: type as keyof typeof TYPES,
    fortran: fortran[1] === 'True',
    shape: shape[1]
      .split(',')
      .filter(length => length.trim() !== '')
      .map(Number),
    start
  };
}

function narrow(where: string, values: BigInt64Array): Int32Array {
  const wrong = values.findIndex(value => BigInt.asIntN(32, value) !== value);
  if (wrong !== -1) {
    throw rangeError(
      where,
      'whole numbers must fit into 32 bits',
      `${values[wrong]} at index ${wrong}`,
      "Convert it first: np.save(path, array.astype('<f8'))."
    );
  }
  return Int32Array.from(values, Number);
}

/** From Fortran's order, in which the first index runs fastest, to row by row. */
function toRowOrder(data: NpyData, shape: readonly number[]): NpyData {
  const result = data.slice();
  const index = shape.map(() => 0);
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((a, b) => a * b, 1));
  let from = 0;
  for (let to = 0; to < result.length; to++) {
    result[to] = data[from];
    // Counts up as an odometer does, the last axis first, and keeps the source's place in step.
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) {
        break;
      }
      from -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return result;
}

/**
 * Writes an array as numpy's `np.load` reads it: format 1, little endian, row by row.
 *
 * @param shape lengths of the axes, whose product is the number of numbers. Default: one axis
 * @returns the bytes of the file
 * @throws RangeError if the shape does not fit the numbers.
 * @example
 * const bytes = datasets.writeNpy(Float32Array.of(1, 2, 3, 4), [2, 2]); // for fs.writeFileSync(path, bytes)
 */
export function writeNpy(data: NpyData, shape: readonly number[] = [data.length]): Uint8Array {
  const where = 'datasets.writeNpy';
  const type = (Object.keys(TYPES) as (keyof typeof TYPES)[]).find(
    name => TYPES[name].name === data?.constructor?.name
  );
  const whole = shape.every(length => Number.isSafeInteger(length) && length >= 0);
  if (!type || !whole || shape.reduce((a, b) => a * b, 1) !== data.length) {
    throw rangeError(
      where,
      'a typed array must have as many numbers as its shape says',
      `${show(data)} in the shape ${show(shape)}`,
      'Pass for example a Float32Array of 6 numbers with [2, 3].'
    );
  }
  const lengths = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const mark = TYPES[type].BYTES_PER_ELEMENT === 1 ? '|' : '<';
  const text = `{'descr': '${mark}${type}', 'fortran_order': False, 'shape': (${lengths}), }`;
  // The format asks that the numbers start at a multiple of 64 bytes.
  const start = Math.ceil((10 + text.length + 1) / 64) * 64;
  const bytes = new Uint8Array(start + data.byteLength);
  const header = `${MAGIC}\x01\x00`;
  bytes.set(Uint8Array.from(header, character => character.charCodeAt(0)));
  new DataView(bytes.buffer).setUint16(8, start - 10, true);
  bytes.fill(32, 10, start);
  bytes.set(new TextEncoder().encode(text), 10);
  bytes[start - 1] = 10;
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start);
  return bytes;
}
