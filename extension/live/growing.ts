/** Columns of a live figure: they grow in place, with room to spare, so that a long one is not copied for a few values. */
import {
  columnOver,
  decodeColumn,
  NUMERIC_DTYPES,
  numbersOf,
  valuesFrom
} from 'tunelab/dist/figures/columns';
import type {
  Column,
  NumericColumn,
  NumericDtype,
  NumericValues
} from 'tunelab/dist/figures/columns';
import type { SentColumn } from 'tunelab/dist/live/protocol';
import type { MessageBuffer } from '../comm/channel';

/** A message that does not keep to the protocol. */
export class BadUpdate extends Error {}

type Values = NumericValues | string[];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function bytesOf(buffer: MessageBuffer | undefined): Uint8Array {
  if (!buffer) {
    throw new BadUpdate('a column must name a buffer of its message');
  }
  // A copy: a view into a message would keep all of it, and need not be aligned.
  return ArrayBuffer.isView(buffer)
    ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).slice()
    : new Uint8Array(buffer.slice(0));
}

function isTexts(values: unknown): values is string[] {
  return Array.isArray(values) && values.every(text => typeof text === 'string');
}

/** The dtype and the values of a column as it came. @throws Error if it is none. */
export function readColumn(
  sent: SentColumn,
  buffers: readonly MessageBuffer[]
): { dtype: NumericDtype | 'string'; values: Values } {
  if (!isRecord(sent)) {
    throw new BadUpdate('a column must be an object');
  }
  const { dtype, length, buffer } = sent as Record<string, unknown>;
  if (dtype === 'string') {
    const values: unknown =
      buffer === undefined
        ? (sent as Record<string, unknown>).values
        : JSON.parse(new TextDecoder().decode(bytesOf(buffers[Number(buffer)])));
    if (!isTexts(values)) {
      throw new BadUpdate('a column of strings must hold strings');
    }
    return { dtype, values };
  }
  if (!NUMERIC_DTYPES.includes(dtype as NumericDtype) || !Number.isSafeInteger(length)) {
    throw new BadUpdate('a column must have a dtype and a length');
  }
  const type = dtype as NumericDtype;
  if (buffer === undefined) {
    return { dtype: type, values: decodeColumn(sent as NumericColumn) };
  }
  const bytes = bytesOf(buffers[Number(buffer)]);
  if (bytes.length !== Number(length) * numbersOf(type, 0).BYTES_PER_ELEMENT) {
    throw new BadUpdate('a buffer must hold exactly the values of its column');
  }
  return { dtype: type, values: valuesFrom(type, bytes) };
}

/** A column that grows. */
export class GrowingColumn {
  private _values: Values;
  private _length: number;

  constructor(
    readonly dtype: NumericDtype | 'string',
    values: Values
  ) {
    this._values = values;
    this._length = values.length;
  }

  get length(): number {
    return this._length;
  }

  append(values: Values): void {
    if (this.dtype === 'string') {
      // A new list: what is drawn may still hold the old one.
      this._values = [...(this._values as string[]), ...(values as string[])];
      this._length = this._values.length;
      return;
    }
    const needed = this._length + values.length;
    let own = this._values as NumericValues;
    if (needed > own.length) {
      own = numbersOf(this.dtype, Math.max(needed, Math.ceil(1.5 * own.length), 64));
      own.set((this._values as NumericValues).subarray(0, this._length));
      this._values = own;
    }
    own.set(values as NumericValues, this._length);
    this._length = needed;
  }

  /** Writes values at places below `length`. */
  write(places: NumericValues, values: Values): void {
    if (this.dtype === 'string') {
      const own = [...(this._values as string[])];
      places.forEach((place: number, i: number) => (own[place] = (values as string[])[i]));
      this._values = own;
      return;
    }
    const own = this._values as NumericValues;
    for (let i = 0; i < places.length; i++) {
      own[places[i]] = (values as NumericValues)[i];
    }
  }

  /** The column as figures read it; it shares the values, and has the length of this moment. */
  column(): Column {
    return this.dtype === 'string'
      ? { dtype: 'string', values: this._values as string[] }
      : columnOver((this._values as NumericValues).subarray(0, this._length));
  }
}
