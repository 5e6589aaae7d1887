import { rangeError, show } from '../errors';
import { toDataset, type Dataset, type Examples } from './dataset';
import { toRegression, type RegressionData, type RegressionExamples } from './regression';
import { readText, type Source } from './source';
import { readTable, type LabelOptions, type Table, type TargetOptions } from './table';

/** One example as an object of named values, or as an array of values in the order of the columns. */
export type Row = Readonly<Record<string, unknown>> | readonly unknown[];

/**
 * Takes examples from rows in memory: objects with the same keys, or arrays of the same length.
 *
 * @throws RangeError for rows that differ in keys or length, missing values, text where numbers must be:
 *   always naming the row and the column.
 * @example datasets.rows([{ size: 3, kind: 'cat' }, { size: 5, kind: 'dog' }], { label: 'kind' })
 * @example datasets.rows([[120, 300], [80, 210]], { target: 1 })
 */
export function rows(examples: readonly Row[], options: TargetOptions): RegressionData;
export function rows(examples: readonly Row[], options: LabelOptions): Dataset;
export function rows(
  examples: readonly Row[],
  options: LabelOptions | TargetOptions
): Dataset | RegressionData {
  return readTable('datasets.rows', toTable('datasets.rows', examples), options);
}

/**
 * Reads examples from a JSON file: an array of objects with the same keys (or of arrays), of which `label`
 * or `target` says what to predict; or `{ "x": [[…], …], "y": […] }` with classes, which needs no options.
 *
 * @param source the path of a file (in Node), its bytes, or its text; a string that does not begin with a
 *   bracket is a path
 * @throws RangeError for text that is no JSON, or as `datasets.rows`.
 * @example datasets.json('[{"size": 3, "kind": "cat"}, {"size": 5, "kind": "dog"}]', { label: 'kind' })
 * @example datasets.json('{"x": [[0], [1]], "y": [0, 1]}').classes // 2
 */
export function json(source: Source, options: TargetOptions): RegressionData;
export function json(source: Source, options?: LabelOptions): Dataset;
export function json(
  source: Source,
  options?: LabelOptions | TargetOptions
): Dataset | RegressionData {
  const where = 'datasets.json';
  const text = readText(where, source, string => /^\s*[[{]/.test(string));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw rangeError(
      where,
      'the text must be JSON',
      (error as Error).message,
      'NaN and comments are not JSON; a missing value is null.'
    );
  }
  if (typeof value === 'object' && value !== null && 'x' in value && !Array.isArray(value)) {
    const asTargets = options && 'target' in options;
    return asTargets
      ? toRegression(where, value as RegressionExamples)
      : toDataset(where, value as Examples);
  }
  return readTable(where, toTable(where, value), options ?? ({} as LabelOptions));
}

function toTable(where: string, value: unknown): Table {
  if (!Array.isArray(value) || typeof value[0] !== 'object' || value[0] === null) {
    throw rangeError(
      where,
      'examples come as an array of objects or of arrays',
      Array.isArray(value) ? `an array of ${show(value[0])}` : show(value),
      'Write for example [{ "size": 3, "kind": "cat" }, …].'
    );
  }
  const place = (row: number) => `in row ${row}`;
  const first = value[0] as Row;
  const keys = Object.keys(first);
  (value as unknown[]).forEach((row, r) => {
    const found = typeof row === 'object' && row !== null ? Object.keys(row) : undefined;
    // A key that is left out counts as a missing value; one more is a mistake that would pass unseen.
    const wrong =
      !found ||
      Array.isArray(row) !== Array.isArray(first) ||
      (Array.isArray(row) ? found.length !== keys.length : found.some(key => !keys.includes(key)));
    if (wrong) {
      throw rangeError(
        where,
        `all rows must be as row 0, ${show(first)}`,
        `${show(row)} ${place(r)}`,
        'Fill or remove the row that differs.'
      );
    }
  });
  if (Array.isArray(first)) {
    return { names: keys.map(key => `column ${key}`), rows: value as unknown[][], place };
  }
  const cells = (value as Record<string, unknown>[]).map(row => keys.map(key => row[key]));
  return { names: keys, rows: cells, place };
}
