import { LIMITS, parsePayload } from 'tunelab/dist/figures/payload';
import type { Column, FigurePayload, NumericValues } from 'tunelab/dist/figures/payload';
import type { Change, SentPayload } from 'tunelab/dist/live/protocol';
import type { MessageBuffer } from '../comm/channel';
import { BadUpdate, GrowingColumn, readColumn } from './growing';

type Buffers = readonly MessageBuffer[];
type Read = ReturnType<typeof readColumn>;

/** Fields that a change may replace. */
const CHANGEABLE = ['title', 'alt', 'note', 'panels', 'color', 'trials', 'view', 'steer'];

const entriesOf = <T>(record: Record<string, T> | undefined): [string, T][] =>
  Object.entries(record ?? {});

/** The payload of a live figure: updates change it in place, and each is checked as what is stored is. */
export class LivePayload {
  private _fields: Record<string, unknown> = {};
  private _columns = new Map<string, GrowingColumn>();
  /** Columns as figures read them: made anew for those that changed. */
  private _read: Record<string, Column> = {};

  /** @param _id of the figure, which stays in its payload */
  constructor(private readonly _id: string) {}

  /**
   * Takes a payload whole.
   * @throws Error if it does not keep to the rules of its kind; what was there before stays.
   */
  full({ columns, ...fields }: SentPayload, buffers: Buffers): FigurePayload {
    const entries = entriesOf(columns);
    if (entries.length > LIMITS.columns) {
      throw new BadUpdate(`a figure has at most ${LIMITS.columns} columns`);
    }
    const grown = new Map(
      entries.map(([name, sent]) => {
        const { dtype, values } = readColumn(sent, buffers);
        return [name, new GrowingColumn(dtype, values)];
      })
    );
    const read = Object.fromEntries([...grown].map(([name, one]) => [name, one.column()]));
    const payload = this._parse(fields, read);
    this._fields = fields;
    this._columns = grown;
    this._read = read;
    return payload;
  }

  /**
   * Takes what has changed.
   * @throws Error if it does not fit what is there, or the result does not keep to the rules of its kind.
   */
  change({ append, write, set }: Change, buffers: Buffers): FigurePayload {
    // All is read before anything is changed: a message that is damaged anywhere changes nothing.
    const appended = entriesOf(append).map(([name, sent]) => {
      const own = this._find(name);
      return { name, own, values: matching(own, readColumn(sent, buffers)) };
    });
    const added = new Map(appended.map(({ name, values }) => [name, values.length]));
    const written = entriesOf(write).map(([name, { at, values }]) => {
      const own = this._find(name);
      const places = readColumn(at, buffers);
      const fresh = matching(own, readColumn(values, buffers));
      checkPlaces(places, fresh.length, own.length + (added.get(name) ?? 0));
      return { name, own, places: places.values as NumericValues, values: fresh };
    });
    appended.forEach(({ own, values }) => own.append(values));
    written.forEach(({ own, places, values }) => own.write(places, values));
    const read = { ...this._read };
    for (const { name, own } of [...appended, ...written]) {
      read[name] = own.column();
    }
    this._read = read;
    const changed = entriesOf(set).filter(([name]) => CHANGEABLE.includes(name));
    this._fields = { ...this._fields, ...Object.fromEntries(changed) };
    return this._parse(this._fields, read);
  }

  private _parse(fields: Record<string, unknown>, columns: Record<string, Column>): FigurePayload {
    return parsePayload({ ...fields, live: { id: this._id } }, columns);
  }

  private _find(name: string): GrowingColumn {
    const column = this._columns.get(name);
    if (!column) {
      throw new BadUpdate('a change must be of a column that is there');
    }
    return column;
  }
}

function matching(own: GrowingColumn, { dtype, values }: Read): Read['values'] {
  if (dtype !== own.dtype) {
    throw new BadUpdate('a change must be of its column’s dtype');
  }
  return values;
}

function checkPlaces({ dtype, values }: Read, count: number, length: number): void {
  const places = values as NumericValues;
  if (dtype !== 'int32' || places.length !== count) {
    throw new BadUpdate('places must be int32, one for each value');
  }
  if (places.some((place: number) => place < 0 || place >= length)) {
    throw new BadUpdate('places must lie in their column');
  }
}
