/** Columns on their way: small ones in the message itself, large ones in its buffers. */
import { bytesOf, encodeColumn } from '../figures/columns';
import type { Column, NumericValues } from '../figures/columns';
import type { SentColumn, SentPayload } from './protocol';

/** Below so many characters a buffer costs more than it saves. */
const SMALL = 4096;

/** A message's columns, and the buffers that they fill. */
export class Packer {
  readonly buffers: Uint8Array[] = [];

  column(column: Column): SentColumn {
    if (column.dtype === 'string') {
      return this.strings(column.values);
    }
    const { dtype, length, data } = column;
    return data.length < SMALL
      ? column
      : { dtype, length, buffer: this.buffers.push(bytesOf(column)) - 1 };
  }

  numbers(values: NumericValues): SentColumn {
    return this.column(encodeColumn(values));
  }

  strings(values: readonly string[]): SentColumn {
    const size = values.reduce((sum, text) => sum + text.length + 3, 0);
    if (size < SMALL) {
      return { dtype: 'string', values: [...values] };
    }
    const buffer = this.buffers.push(new TextEncoder().encode(JSON.stringify(values))) - 1;
    return { dtype: 'string', length: values.length, buffer };
  }

  /** A payload whole. */
  payload(payload: { columns: Record<string, Column> }): SentPayload {
    const columns = Object.fromEntries(
      Object.entries(payload.columns).map(([name, column]) => [name, this.column(column)])
    );
    return { ...payload, columns };
  }
}
