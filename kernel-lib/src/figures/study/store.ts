/** Between a table of trials and what is stored of it, columns that a large table can do without left out. */
import type { Axis } from '../../scales/axis';
import { decodeColumn } from '../columns';
import type { Column, NumericValues } from '../columns';
import { ColumnBook } from '../compact';
import { Figure } from '../figure';
import { FIGURE_VERSION } from '../format';
import type { SparseTexts, StoredTable, StudyPayload } from '../format';
import type { Numbers } from '../scene/scene';
import { altOf } from './alt';
import { neededColumns } from './needed';
import type { TrialTable } from './table';
import type { StudyFigureName, TrialView } from './view';
import { titleOf } from './words';

/**
 * Characters of base64 that a table takes beside the columns that its view needs: with its pictures, a figure of
 * 1,000 trials stays below 400 KB, of 10,000 below 700 KB.
 */
function allowance(trials: number): number {
  return 100_000 + 10 * trials;
}

const LINEAR: Axis['scale'] = 'linear';

function isCounted(numbers: Numbers): boolean {
  for (let i = 0; i < numbers.length; i++) {
    if (numbers[i] !== i) return false;
  }
  return true;
}

/** Adds columns to a book; those that the view can do without only while there is room. */
class TableWriter {
  readonly book = new ColumnBook();
  private free: number;

  constructor(trials: number) {
    this.free = allowance(trials);
  }

  numbers(name: string, values: Numbers, scale = LINEAR): string {
    return this.book.numbers(name, values, scale);
  }

  texts(name: string, sparse: Readonly<Record<number, string>>): SparseTexts {
    const rows = Object.keys(sparse).map(Number);
    return {
      row: this.book.numbers(`${name} row`, rows),
      text: this.book.strings(
        `${name} text`,
        rows.map(row => sparse[row])
      )
    };
  }

  /** Whether there is room for `values` numbers of 8 bytes, which are taken from it then. */
  hasRoom(values: number, each = 8): boolean {
    const size = values * (values > 1000 ? Math.min(each, 4) : each) * (4 / 3);
    if (size > this.free) return false;
    this.free -= size;
    return true;
  }
}

/** A table as FORMAT.md stores it, and its columns. */
export function storeTable(
  figure: StudyFigureName,
  table: TrialTable,
  view: TrialView
): { trials: StoredTable; columns: Record<string, Column> } {
  const needed = neededColumns(figure, table, view);
  const writer = new TableWriter(table.length);
  const { metrics, length } = table;
  const trials: StoredTable = {
    study: table.study,
    ...(table.variables && { variables: table.variables }),
    directions: [...table.directions],
    metrics: [...metrics],
    length,
    ...(isCounted(table.number) ? {} : { number: writer.numbers('number', table.number) }),
    state: writer.numbers('state', table.state),
    values: table.values.map((values, i) => writer.numbers('value', values, metrics[i].scale)),
    hyperparameters: []
  };
  table.hyperparameters.forEach(({ name, axis, code, values }, i) => {
    if (!needed.has(name) && !writer.hasRoom(length)) return;
    const column = writer.numbers(`hyperparameter ${i}`, values, axis.scale);
    trials.hyperparameters.push({ name, axis, ...(code && { code }), values: column });
  });
  for (const field of ['started', 'ended', 'worker'] as const) {
    const values = table[field];
    if (values && (needed.has(field) || writer.hasRoom(length))) {
      trials[field] = writer.numbers(field, values);
    }
  }
  if (trials.worker !== undefined) trials.workers = [...(table.workers ?? [])];
  const { reports, importance, errors, notes } = table;
  if (reports && (needed.has('reports') || writer.hasRoom(reports.row.length, 16))) {
    trials.reports = {
      row: writer.numbers('report row', reports.row),
      step: writer.numbers('report step', reports.step),
      value: writer.numbers('report value', reports.value, metrics[0]?.scale)
    };
  }
  // One number for each hyperparameter: they stand for the columns that are there.
  if (importance && trials.hyperparameters.length === table.hyperparameters.length) {
    trials.importance = Object.fromEntries(
      Object.entries(importance).map(([measure, values]) => [
        measure,
        writer.numbers('importance', values)
      ])
    );
  }
  for (const [field, texts] of Object.entries({ errors, notes })) {
    const size = Object.values(texts ?? {}).reduce((sum, text) => sum + text.length + 8, 0);
    if (texts && size > 0 && (needed.has(field) || writer.hasRoom(size, 1))) {
      trials[field as 'errors' | 'notes'] = writer.texts(field, texts);
    }
  }
  return { trials, columns: writer.book.columns };
}

/**
 * A figure of a study: its trials and a view of them, which a reader of the page may change. Of large studies only
 * the columns that the view needs are stored, and others while they are small beside it; name in `view` whatever the
 * figure shows.
 * @example studyFigure({ figure: 'history', table: tableOfStudy(study), view: {} })
 */
export function studyFigure(parts: {
  figure: StudyFigureName;
  /** Default: the study's name and its number of trials. */
  title?: string;
  table: TrialTable;
  view: TrialView;
  /** Default: what `altOf` says. */
  alt?: string;
  note?: string;
}): Figure {
  const { figure, table, view, note } = parts;
  const { trials, columns } = storeTable(figure, table, view);
  return new Figure({
    kind: 'figure',
    version: FIGURE_VERSION,
    figure,
    title: parts.title ?? titleOf(table),
    alt: parts.alt ?? altOf(figure, table, view, note),
    ...(note === undefined ? {} : { note }),
    columns,
    trials,
    view
  });
}

// A page draws one table many times, in views that change.
const tables = new WeakMap<StoredTable, TrialTable>();

/**
 * The payload of a figure for a page that made the table itself: no column is left out, and none is encoded. It serves
 * where it was made only, since its columns are known to `tableOf` alone.
 * @example pageFigure('history', tableOfStudy(study), {})
 */
export function pageFigure(
  figure: StudyFigureName,
  table: TrialTable,
  view: TrialView
): StudyPayload {
  const { study, directions, metrics, length } = table;
  const trials: StoredTable = {
    study,
    directions: [...directions],
    metrics: [...metrics],
    length,
    state: '',
    values: [],
    hyperparameters: []
  };
  tables.set(trials, table);
  return {
    kind: 'figure',
    version: FIGURE_VERSION,
    figure,
    title: titleOf(table),
    alt: altOf(figure, table, view),
    columns: {},
    trials,
    view
  };
}

/** The table of a payload that `parsePayload` accepts; the same object for the same payload. */
export function tableOf({ columns, trials }: StudyPayload): TrialTable {
  const known = tables.get(trials);
  if (known) return known;
  const numbers = (name: string): NumericValues => decodeColumn(columns[name]) as NumericValues;
  const optional = (field: 'started' | 'ended' | 'worker'): { [field: string]: Numbers } => {
    const name = trials[field];
    return name === undefined ? {} : { [field]: numbers(name) };
  };
  const sparse = (field: 'errors' | 'notes'): { [field: string]: Record<number, string> } => {
    const stored = trials[field];
    if (!stored) return {};
    const texts = decodeColumn(columns[stored.text]) as string[];
    return {
      [field]: Object.fromEntries(Array.from(numbers(stored.row), (row, i) => [row, texts[i]]))
    };
  };
  const { reports, importance } = trials;
  const table: TrialTable = {
    study: trials.study,
    ...(trials.variables && { variables: trials.variables }),
    directions: trials.directions,
    metrics: trials.metrics,
    length: trials.length,
    number:
      trials.number === undefined
        ? Uint32Array.from({ length: trials.length }, (_, row) => row)
        : numbers(trials.number),
    state: numbers(trials.state),
    values: trials.values.map(numbers),
    hyperparameters: trials.hyperparameters.map(one => ({ ...one, values: numbers(one.values) })),
    ...optional('started'),
    ...optional('ended'),
    ...optional('worker'),
    ...(trials.workers ? { workers: trials.workers } : {}),
    ...(reports && {
      reports: {
        row: numbers(reports.row),
        step: numbers(reports.step),
        value: numbers(reports.value)
      }
    }),
    ...(importance && {
      importance: Object.fromEntries(
        Object.entries(importance).map(([measure, name]) => [measure, numbers(name)])
      )
    }),
    ...sparse('errors'),
    ...sparse('notes')
  };
  tables.set(trials, table);
  return table;
}
