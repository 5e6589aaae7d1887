/** A table of trials as rows and cells: what the page shows as a table, a notebook as Markdown and a picture as text. */
import { rangeError, show } from '../../errors';
import { describeValue } from '../positions';
import { shorten } from '../text';
import { quantityNames, quantityOf, listed, metricNames, type Asked } from './quantity';
import { bestRows, shownBy } from './rows';
import { STATES, type TrialTable } from './table';
import type { TrialView } from './view';

const LONGEST_TEXT = 60;

export interface TrialColumn {
  name: string;
  label: string;
  /** Numbers stand at the right. */
  numeric: boolean;
  /** What the rows are sorted by; NaN comes last. */
  keyOf(row: number): number;
  textOf(row: number): string;
}

export interface TrialRows {
  columns: TrialColumn[];
  /** Rows of the table that the view shows, as they follow each other. */
  order: number[];
  best: ReadonlySet<number>;
}

/** Names of columns: all quantities, `state` with the reason of those that failed, and `note`. */
export function columnNames(table: TrialTable): string[] {
  const names = quantityNames(table).filter(name => name !== 'number' && name !== 'duration');
  const metrics = metricNames(table);
  return [
    'number',
    'state',
    ...metrics,
    ...names.filter(name => !metrics.includes(name)),
    ...(quantityNames(table).includes('duration') ? ['duration'] : []),
    ...(table.notes ? ['note'] : [])
  ];
}

function columnOf(table: TrialTable, view: TrialView, name: string, asked: Asked): TrialColumn {
  const label = view.labels && Object.hasOwn(view.labels, name) ? view.labels[name] : name;
  const own = (texts: TrialTable['notes'], row: number) =>
    texts && Object.hasOwn(texts, row) ? shorten(texts[row].split('\n')[0], LONGEST_TEXT) : '';
  const known = quantityNames(table);
  if (name === 'state' && !known.includes(name)) {
    return {
      name,
      label,
      numeric: false,
      keyOf: row => table.state[row],
      textOf: row => {
        const reason = own(table.errors, row);
        const state = STATES[table.state[row]];
        return reason ? `${state}: ${reason}` : state;
      }
    };
  }
  if (name === 'note' && !known.includes(name)) {
    return { name, label, numeric: false, keyOf: row => row, textOf: row => own(table.notes, row) };
  }
  if (!known.includes(name)) {
    throw rangeError(
      asked.where,
      `\`${asked.option}\` must be one of ${listed(columnNames(table))}`,
      `${asked.option}=${show(name)}`,
      'Name a column of the table.'
    );
  }
  const { axis, values } = quantityOf(table, view, name, asked);
  return {
    name,
    label: axis.label,
    numeric: axis.scale !== 'category',
    keyOf: row => values[row],
    textOf: row =>
      Number.isNaN(values[row]) ? '' : shorten(describeValue(axis, values[row]), LONGEST_TEXT)
  };
}

/**
 * The rows and columns of a view: by default all columns, and the best trials first, those without a value last.
 * @throws RangeError for a name that is no column.
 */
export function trialRows(table: TrialTable, view: TrialView): TrialRows {
  const where = 'figures.trialTable';
  const names = view.names ?? columnNames(table);
  const columns = names.map((name, i) =>
    columnOf(table, view, name, { where, option: `names[${i}]` })
  );
  const [metric] = metricNames(table);
  const by = columnOf(table, view, view.sort ?? metric, { where, option: 'sort' });
  const descending =
    view.descending ?? (view.sort === undefined && table.directions[0] === 'maximize');
  const sign = descending ? -1 : 1;
  const shows = shownBy(table, view);
  const order = Array.from({ length: table.length }, (_, row) => row)
    .filter(shows)
    .map(row => ({ row, key: by.keyOf(row) }))
    .sort(
      (a, b) =>
        Number(Number.isNaN(a.key)) - Number(Number.isNaN(b.key)) ||
        (Number.isNaN(a.key) ? 0 : sign * (a.key - b.key)) ||
        a.row - b.row
    )
    .map(({ row }) => row);
  return { columns, order, best: new Set(bestRows(table)) };
}
