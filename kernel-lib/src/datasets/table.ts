import { knownOptions, rangeError, show } from '../errors';
import type { Dataset } from './dataset';
import { encodeLabels } from './labels';
import type { RegressionData } from './regression';
import { checkSize } from './source';

/** A column by its name, or by its index from 0. */
export type Column = string | number;

/** What to take from a table, and what to do where values are missing. */
export interface TableOptions {
  /** The columns to learn from. Default: all but the label or the target. */
  features?: readonly Column[];
  /**
   * A cell is missing if it is empty, `null`, `NA`, `N/A`, `NaN` or `?`: an error that names the first,
   * or drop such rows. Only the columns in use count. Default: `'error'`.
   */
  missing?: 'error' | 'drop';
}

/** For classes. */
export interface LabelOptions extends TableOptions {
  /** The column with the class: text, or whole numbers. */
  label: Column;
  /**
   * The classes in order. Default: whole numbers 0 … k - 1 as they are, others sorted and numbered.
   * For a test file pass the training data's, so that both number alike.
   */
  classNames?: readonly string[];
}

/** For quantities. */
export interface TargetOptions extends TableOptions {
  /** The column to predict, or several. */
  target: Column | readonly Column[];
}

/** Cells in rows, all of the same length, before it is known which are numbers. */
export interface Table {
  names: readonly string[];
  rows: readonly (readonly unknown[])[];
  /** Where a row stands, for messages: `in line 7`. */
  place(row: number): string;
}

const OPTIONS = ['label', 'target', 'features', 'missing', 'classNames'];
const MISSING = new Set(['', 'na', 'n/a', 'nan', 'null', '?']);

const isMissing = (cell: unknown) =>
  cell === undefined ||
  cell === null ||
  Number.isNaN(cell) ||
  (typeof cell === 'string' && MISSING.has(cell.trim().toLowerCase()));

/**
 * Takes features and a label, or targets, from a table.
 * @param more names of options that the caller has read
 * @throws RangeError for a column that does not exist, a missing value, text where a number must be.
 */
export function readTable(
  where: string,
  table: Table,
  options: LabelOptions | TargetOptions,
  more: readonly string[] = []
): Dataset | RegressionData {
  knownOptions(where, options, [...OPTIONS, ...more]);
  const { missing = 'error' } = options;
  if (missing !== 'error' && missing !== 'drop') {
    throw rangeError(where, "`missing` is 'error' or 'drop'", show(missing), 'Choose one of them.');
  }
  const wanted = 'target' in options ? [options.target].flat() : [options.label];
  const unclear = 'target' in options && 'label' in options;
  if (unclear || wanted.length === 0 || wanted.some(name => name === undefined)) {
    throw rangeError(
      where,
      '`label` (for classes) or `target` (for quantities) must name a column, one of the two',
      show(options),
      `The columns are ${listNames(table)}.`
    );
  }
  for (const name of ['features', 'classNames'] as const) {
    const list: unknown = name in options && (options as LabelOptions)[name];
    if (list && !(Array.isArray(list) && new Set(list).size === list.length)) {
      throw rangeError(
        where,
        `\`${name}\` must be an array without duplicates`,
        show(list),
        'Write for example ["a", "b"].'
      );
    }
  }
  const answers = (wanted as Column[]).map(column => findColumn(where, table, column));
  const columns =
    options.features?.map(column => findColumn(where, table, column)) ??
    table.names.map((_, c) => c).filter(c => !answers.includes(c));
  checkColumns(where, table, columns, answers);
  const kept = keepRows(where, table, [...columns, ...answers], missing);
  const inputs = {
    x: numbers(where, table, kept, columns),
    rows: kept.length,
    features: columns.length,
    featureNames: columns.map(c => table.names[c])
  };
  if ('target' in options) {
    return {
      ...inputs,
      targets: numbers(where, table, kept, answers),
      outputs: answers.length,
      outputNames: answers.map(c => table.names[c])
    };
  }
  const cells = kept.map(row => table.rows[row][answers[0]]);
  // One text among the numbers makes all of them texts: classes are of one kind.
  const parsed = cells.map(parseNumber);
  const labels = parsed.some(Number.isNaN) ? cells.map(cell => String(cell).trim()) : parsed;
  return {
    ...inputs,
    ...encodeLabels(where, labels, row => table.place(kept[row]), options.classNames)
  };
}

const listNames = (table: Table) =>
  table.names.slice(0, 20).map(show).join(', ') + (table.names.length > 20 ? ', …' : '');

function findColumn(where: string, table: Table, column: Column): number {
  const index = typeof column === 'number' ? column : table.names.indexOf(column);
  if (!Number.isInteger(index) || index < 0 || index >= table.names.length) {
    throw rangeError(
      where,
      `columns are named, or numbered from 0 to ${table.names.length - 1}`,
      show(column),
      `The columns are ${listNames(table)}.`
    );
  }
  if (typeof column === 'string' && table.names.lastIndexOf(column) !== index) {
    throw rangeError(
      where,
      'a column must be known by its name',
      `${show(column)}, which is the name of several`,
      'Give the index of the column instead.'
    );
  }
  return index;
}

function checkColumns(where: string, table: Table, columns: number[], answers: number[]): void {
  const leaked = columns.find(c => answers.includes(c));
  if (columns.length === 0 || leaked !== undefined) {
    throw rangeError(
      where,
      'there must be columns to learn from beside the one to predict',
      leaked === undefined ? 'none' : `${show(table.names[leaked])} as both`,
      `The columns are ${listNames(table)}.`
    );
  }
}

/** The rows in which no wanted cell is missing. */
function keepRows(
  where: string,
  table: Table,
  columns: readonly number[],
  missing: 'error' | 'drop'
): number[] {
  const kept: number[] = [];
  table.rows.forEach((cells, row) => {
    const hole = columns.find(c => isMissing(cells[c]));
    if (hole === undefined) {
      kept.push(row);
    } else if (missing === 'error') {
      throw rangeError(
        where,
        'no value may be missing',
        `${show(cells[hole])} ${table.place(row)}, column ${show(table.names[hole])}`,
        "Fill it, or leave such rows out with { missing: 'drop' }, or the column with `features`."
      );
    }
  });
  if (kept.length === 0) {
    throw rangeError(
      where,
      'there must be at least one row of data',
      table.rows.length === 0 ? 'none' : `${table.rows.length} rows, all with missing values`,
      'Look whether the first line is taken for names: { header: false } says there are none.'
    );
  }
  return kept;
}

function parseNumber(cell: unknown): number {
  // Number() would read true and [1] as 1.
  if (typeof cell !== 'number' && typeof cell !== 'string') {
    return NaN;
  }
  // Number() reads '' as 0 and '0x10' as 16, which no table means.
  const text = String(cell).trim();
  return /^[+-]?(\d|\.\d)[\d.]*(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
}

function numbers(
  where: string,
  table: Table,
  rows: readonly number[],
  columns: readonly number[]
): Float32Array {
  checkSize(
    where,
    `${rows.length} rows of ${columns.length} numbers`,
    4 * rows.length * columns.length
  );
  const values = new Float32Array(rows.length * columns.length);
  rows.forEach((row, r) =>
    columns.forEach((c, i) => {
      const value = parseNumber(table.rows[row][c]);
      values[r * columns.length + i] = value;
      // What is too large for 32 bits becomes infinite here.
      if (!Number.isFinite(values[r * columns.length + i])) {
        throw rangeError(
          where,
          'features and targets must be finite numbers with a decimal point',
          `${show(table.rows[row][c])} ${table.place(row)}, column ${show(table.names[c])}`,
          'Correct it, or leave the column out: `features` names the columns to learn from.'
        );
      }
    })
  );
  return values;
}
