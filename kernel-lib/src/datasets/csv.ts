import * as Papa from 'papaparse';
import { rangeError, show } from '../errors';
import type { Dataset } from './dataset';
import type { RegressionData } from './regression';
import { readText, type Source } from './source';
import { readTable, type LabelOptions, type Table, type TargetOptions } from './table';

/** How a file of separated values is written. */
export interface CsvFormat {
  /** Whether the first line holds the names of the columns. Default: `true`. */
  header?: boolean;
  /** What stands between values. Default: found out, among comma, semicolon, tab and bar. */
  delimiter?: string;
}

/**
 * Reads examples from a CSV file: numbers to learn from, and a column of classes (`label`) or of
 * quantities (`target`) to predict. Quotes, line breaks within them and empty lines are understood.
 *
 * @param source the path of a file (in Node), its bytes, or its text; a string without a line break is a
 *   path
 * @throws RangeError for a file that cannot be read, quotes left open, lines of different lengths,
 *   missing values, text where numbers must be: always naming the line and the column.
 * @example
 * datasets.csv('height,weight,who\n1.7,65,cat\n0.3,4,dog\n', { label: 'who' }).classNames // ['cat', 'dog']
 * @example datasets.csv('house,price\n120,300\n80,210\n', { target: 'price' }).targets // 300, 210
 */
export function csv(source: Source, options: TargetOptions & CsvFormat): RegressionData;
export function csv(source: Source, options: LabelOptions & CsvFormat): Dataset;
export function csv(
  source: Source,
  options: (LabelOptions | TargetOptions) & CsvFormat
): Dataset | RegressionData {
  const where = 'datasets.csv';
  const text = readText(where, source, string => /[\r\n]/.test(string));
  const { header = true, delimiter = '' } = options ?? {};
  const table = parseTable(where, text, header, delimiter);
  return readTable(where, table, options, ['header', 'delimiter']);
}

function parseTable(where: string, text: string, header: boolean, delimiter: string): Table {
  // One form of line break, because files that were put together from others have several.
  const unix = text.replace(/\r\n?/g, '\n');
  // Empty lines are left out here and not by the parser, so that lines can be counted for messages; to
  // the parser's guess of the delimiter, however, each of them would be a line of one value.
  const guess = () => Papa.parse(unix, { preview: 10, skipEmptyLines: 'greedy' }).meta.delimiter;
  const { data, errors } = Papa.parse<string[]>(unix, { delimiter: delimiter || guess() });
  const broken = errors.find(error => error.type === 'Quotes');
  const lines: number[] = [];
  let line = 1;
  for (const cells of data) {
    lines.push(line);
    line += 1 + cells.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0);
  }
  if (broken) {
    throw rangeError(
      where,
      'quotes must be closed, and be doubled within a quoted value',
      `${broken.message.toLowerCase()} in line ${lines[broken.row ?? 0]}`,
      'Write "she said ""yes""" for a value with quotes.'
    );
  }
  const filled = data.flatMap((cells, i) =>
    cells.length === 1 && cells[0].trim() === '' ? [] : [{ cells, line: lines[i] }]
  );
  if (filled.length === 0) {
    throw rangeError(where, 'the file must hold lines', 'an empty one', 'Look at its path.');
  }
  const first = filled[0].cells;
  const ragged = filled.find(({ cells }) => cells.length !== first.length);
  if (ragged) {
    throw rangeError(
      where,
      `each line must have as many values as the first, ${first.length}`,
      `${ragged.cells.length} in line ${ragged.line}: ${show(ragged.cells)}`,
      'Look for a missing or an extra comma, or pass `delimiter`.'
    );
  }
  const rows = header ? filled.slice(1) : filled;
  return {
    names: first.map((name, c) => (header && name.trim()) || `column ${c}`),
    rows: rows.map(({ cells }) => cells),
    place: row => `in line ${rows[row].line}`
  };
}
