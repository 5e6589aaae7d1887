import { differences, partOf } from '../figures/columns';
import type { Column, NumericColumn, StringColumn } from '../figures/columns';
import type { Packer } from './pack';
import type { Change, SentColumn } from './protocol';

/** A payload that follows others: plain data with columns. */
export interface Followed {
  columns: Record<string, Column>;
}

/** Above this share of values that changed in place, a column is sent anew. */
const MOST_WRITTEN = 0.5;
const FEW = 64;

type Fields = Record<string, unknown>;
const fieldsOf = (payload: Followed): Fields => payload as unknown as Fields;

/**
 * What has changed from one payload to the next, as columns that grew, values that were written over, and other fields
 * that are new.
 * @returns `undefined` if no change can say it (a column has another dtype, became shorter, came or went) or it would be
 *   larger than the payload; `{}` if nothing changed
 */
export function differenceOf(
  before: Followed,
  after: Followed,
  packer: Packer
): Change | undefined {
  const set = fieldsThatChanged(fieldsOf(before), fieldsOf(after));
  const names = Object.keys(after.columns);
  if (!set || names.length !== Object.keys(before.columns).length) {
    return undefined;
  }
  const append: Record<string, SentColumn> = {};
  const write: NonNullable<Change['write']> = {};
  for (const name of names) {
    const old = Object.hasOwn(before.columns, name) ? before.columns[name] : undefined;
    const fresh = after.columns[name];
    if (old === fresh) {
      continue;
    }
    if (old?.dtype !== fresh.dtype || lengthOf(fresh) < lengthOf(old)) {
      return undefined;
    }
    const places = placesOf(old, fresh);
    if (places.length > FEW && places.length > MOST_WRITTEN * lengthOf(old)) {
      return undefined;
    }
    if (places.length > 0) {
      write[name] = { at: packer.numbers(Int32Array.from(places)), values: picked(fresh, places, packer) }; // prettier-ignore
    }
    if (lengthOf(fresh) > lengthOf(old)) {
      append[name] = rest(fresh, lengthOf(old), packer);
    }
  }
  return {
    ...(Object.keys(append).length > 0 && { append }),
    ...(Object.keys(write).length > 0 && { write }),
    ...(Object.keys(set).length > 0 && { set })
  };
}

/** Fields beside the columns that are new as a whole; `undefined` if one went, or the figure is of another kind. */
function fieldsThatChanged(before: Fields, after: Fields): Fields | undefined {
  const gone = Object.keys(before).some(name => before[name] !== undefined && after[name] === undefined); // prettier-ignore
  const other = ['kind', 'version', 'figure'].some(name => before[name] !== after[name]);
  if (gone || other) {
    return undefined;
  }
  const changed = Object.keys(after).filter(
    name => name !== 'columns' && JSON.stringify(after[name]) !== JSON.stringify(before[name])
  );
  return Object.fromEntries(changed.map(name => [name, after[name]]));
}

const lengthOf = (column: Column): number =>
  column.dtype === 'string' ? column.values.length : column.length;

function placesOf(before: Column, after: Column): number[] {
  if (before.dtype === 'string') {
    const { values } = after as StringColumn;
    return before.values.flatMap((text, i) => (text === values[i] ? [] : [i]));
  }
  return differences(before, after as NumericColumn);
}

function picked(column: Column, places: readonly number[], packer: Packer): SentColumn {
  if (column.dtype === 'string') {
    return packer.strings(places.map(place => column.values[place]));
  }
  const from = places[0];
  const all = partOf(column, from, places[places.length - 1] + 1);
  const values = all.slice(0, places.length);
  places.forEach((place, i) => (values[i] = all[place - from]));
  return packer.numbers(values);
}

function rest(column: Column, from: number, packer: Packer): SentColumn {
  return column.dtype === 'string'
    ? packer.strings(column.values.slice(from))
    : packer.numbers(partOf(column, from, column.length));
}
