/** What the schema cannot say of columns: their bytes, and that whoever names one finds what it needs. */
import { rangeError } from '../../errors';
import { base64Length } from '../base64';
import { decodeColumn, isDecoded, itemSize } from '../columns';
import type { Column, NumericValues } from '../columns';
import { LIMITS } from '../format';
import type { ColumnKind } from '../format';
import { AGAIN, within, wrongValue } from './sentences';

/** Bytes of a column once decoded. */
function bytesOf(column: Column): number {
  return column.dtype === 'string'
    ? column.values.reduce((sum, text) => sum + 2 * text.length + 8, 0)
    : column.length * itemSize(column.dtype);
}

function checkBase64(column: Column, where: string): void {
  if (column.dtype === 'string' || isDecoded(column)) return;
  const { dtype, length, data } = column;
  const bytes = bytesOf(column);
  if (data.length !== base64Length(bytes)) {
    const rule = `${length} values of ${dtype} take ${base64Length(bytes)} characters of base64`;
    throw rangeError(within(where, 'data'), rule, `${data.length} characters`, AGAIN);
  }
  const pads = (3 - (bytes % 3)) % 3;
  const padded = data.endsWith('='.repeat(pads)) && data[data.length - pads - 1] !== '=';
  if (!padded || !/^[A-Za-z0-9+/]*={0,2}$/.test(data)) {
    throw rangeError(within(where, 'data'), 'must be padded base64', 'other characters', AGAIN);
  }
}

/** The columns of a payload, looked up by the names that its other fields give. */
export class ColumnReader {
  private marks = 0;

  /** @throws RangeError if base64 is damaged or the columns are larger than is read. */
  constructor(readonly columns: Readonly<Record<string, Column>>) {
    let bytes = 0;
    for (const [name, column] of Object.entries(columns)) {
      const where = within('payload.columns', name);
      bytes += bytesOf(column);
      if (bytes > LIMITS.columnBytes) {
        const rule = `all columns together may take ${LIMITS.columnBytes} bytes`;
        throw rangeError(where, rule, 'more than that up to here', 'Show less in one figure.');
      }
      checkBase64(column, where);
    }
  }

  /** The number of values in the column that `where` names. */
  length(where: string, name: string, kind: ColumnKind = 'numbers'): number {
    if (!Object.hasOwn(this.columns, name)) {
      throw wrongValue(where, 'must name a column of `columns`', name);
    }
    const column = this.columns[name];
    if ((column.dtype === 'string') !== (kind === 'strings')) {
      throw wrongValue(where, `must name a column of ${kind}`, column.dtype);
    }
    return column.dtype === 'string' ? column.values.length : column.length;
  }

  /** @throws RangeError if the column that `where` names has another number of values. */
  expect(where: string, name: string, length: number, kind?: ColumnKind): void {
    const got = this.length(where, name, kind);
    if (got !== length) {
      const shown = name.length > 60 ? `${name.slice(0, 60)}…` : name;
      throw wrongValue(where, `the column \`${shown}\` must have ${length} values`, got);
    }
  }

  /** @throws RangeError naming the first value that does not keep to `rule`. */
  every(where: string, name: string, rule: string, holds: Check): void {
    const values = decodeColumn(this.columns[name]) as NumericValues;
    for (let i = 0; i < values.length; i++) {
      if (!holds(values[i], i, values)) throw wrongValue(where, rule, values[i]);
    }
  }

  /** Counts what is drawn. */
  draw(where: string, marks: number): void {
    this.marks += marks;
    if (this.marks > LIMITS.marks) {
      const rule = `all layers together may have ${LIMITS.marks} marks`;
      throw wrongValue(where, rule, this.marks, 'Show less in one figure.');
    }
  }
}

type Check = (value: number, i: number, values: NumericValues) => boolean;

export const INCREASING = 'must be finite and increase';
export const increasing: Check = (value, i, values) =>
  Number.isFinite(value) && (i === 0 || value > values[i - 1]);

export const COUNTS = 'counts must be 0 or more';
export const isCount: Check = value => value >= 0 && value < Infinity;
