import { rangeError } from '../errors';
import type { FloatArray } from '../wasm/engine';

/** A named array in a safetensors file. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly values: FloatArray;
}

export interface SafetensorsContent {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

const LENGTH_BYTES = 8;
/** What the format's own reader allows. */
const LONGEST_HEADER = 100_000_000;
const TYPES = { F32: Float32Array, F64: Float64Array } as const;
const ALIGNMENT = 8;

interface TextCodec {
  TextEncoder: new () => { encode(text: string): Uint8Array };
  TextDecoder: new (name: string, options: { fatal: boolean }) => { decode(b: Uint8Array): string };
}
/** What Node and browsers both have; the typings of neither are assumed. */
const codec = () => globalThis as unknown as TextCodec;

/**
 * Writes arrays in the safetensors format: 8 bytes with the length of the header, the header in JSON, the numbers.
 * All little-endian, as every machine that runs WebAssembly.
 */
export function encodeSafetensors({ tensors, metadata }: SafetensorsContent): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const [name, { shape, values }] of tensors) {
    const dtype = values instanceof Float64Array ? 'F64' : 'F32';
    header[name] = { dtype, shape, data_offsets: [end, end + values.byteLength] };
    end += values.byteLength;
  }
  const json = JSON.stringify(header);
  const text = new (codec().TextEncoder)().encode(json);
  // Spaces at the end of the header let the numbers begin at a multiple of their width.
  const length = Math.ceil(text.length / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(LENGTH_BYTES + length + end).fill(32, 0, LENGTH_BYTES + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, LENGTH_BYTES);
  let at = LENGTH_BYTES + length;
  for (const { values } of tensors.values()) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes;
}

function damaged(where: string, rule: string, got: string): RangeError {
  return rangeError(where, rule, got, 'The file is damaged or cut short: take another copy of it.');
}

function readHeader(
  where: string,
  bytes: Uint8Array
): [header: Record<string, unknown>, start: number] {
  if (bytes.length < LENGTH_BYTES) {
    throw damaged(where, 'a safetensors file begins with 8 bytes of length', `${bytes.length}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length < 2 || length > LONGEST_HEADER || LENGTH_BYTES + length > bytes.length) {
    throw damaged(
      where,
      'the header of a safetensors file must lie inside it',
      `a header of ${length} bytes in a file of ${bytes.length}`
    );
  }
  const start = LENGTH_BYTES + length;
  let header: unknown;
  try {
    const text = new (codec().TextDecoder)('utf-8', { fatal: true });
    header = JSON.parse(text.decode(bytes.subarray(LENGTH_BYTES, start)));
  } catch (error) {
    throw damaged(where, 'the header of a safetensors file must be JSON', (error as Error).message);
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw damaged(where, 'the header of a safetensors file must be an object', 'another value');
  }
  return [header as Record<string, unknown>, start];
}

interface Entry {
  dtype: keyof typeof TYPES;
  shape: number[];
  data_offsets: [number, number];
}

const isSize = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;

/** Whether an entry of the header describes numbers that lie inside `room` bytes. */
function isEntry(value: unknown, room: number): value is Entry {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Partial<Entry>;
  if (!dtype || !Object.hasOwn(TYPES, dtype) || !Array.isArray(shape) || !shape.every(isSize)) {
    return false;
  }
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize)) {
    return false;
  }
  const [from, to] = offsets;
  const numbers = shape.reduce((product, side) => product * side, 1);
  return to <= room && to - from === numbers * TYPES[dtype].BYTES_PER_ELEMENT;
}

/**
 * Reads a safetensors file of float32 and float64 arrays. Sizes are checked against the length of the file before
 * anything is allocated.
 * @throws RangeError if the file is damaged or holds arrays of other types.
 */
export function decodeSafetensors(where: string, bytes: Uint8Array): SafetensorsContent {
  const [header, start] = readHeader(where, bytes);
  const { __metadata__: metadata = {}, ...entries } = header;
  const tensors = new Map<string, StoredTensor>();
  for (const [name, entry] of Object.entries(entries)) {
    if (!isEntry(entry, bytes.length - start)) {
      throw damaged(
        where,
        'each array must be F32 or F64 and lie inside the file with as many bytes as its shape asks for',
        `${JSON.stringify(entry).slice(0, 120)} for ${JSON.stringify(name)}, with ${bytes.length - start} bytes of numbers`
      );
    }
    const [from, to] = entry.data_offsets;
    // A copy, because the numbers need not begin at a multiple of their width. (A Buffer's `slice` is none.)
    const own = Uint8Array.from(bytes.subarray(start + from, start + to));
    tensors.set(name, { shape: entry.shape, values: new TYPES[entry.dtype](own.buffer) });
  }
  return { tensors, metadata: metadata as Record<string, string> };
}
