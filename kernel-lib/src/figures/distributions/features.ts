/** The features of a data set, column by column. */
import { rangeError } from '../../errors';
import { isArrayLike, readRows } from './sets';

export interface Features {
  /** Of the data set. */
  name: string;
  /** Of the columns. */
  names: readonly string[];
  rows: number;
  /** Rows that are measured: fewer than there are where the set is large. */
  measured: number;
  /** The numbers of a column, of the measured rows. */
  column(column: number): Float64Array;
}

/** Numbers of a data set that are sorted: a second's work. */
const MOST_NUMBERS = 4e6;

/**
 * A dataset, rows of features, or a vector: one feature called `value`.
 * @throws TypeError for anything but numbers; RangeError for ragged rows.
 */
export function readFeatures(where: string, name: string, data: unknown): Features {
  const { x, rows, width, names } = readMatrix(where, name, data);
  const measured = Math.min(rows, Math.max(1000, Math.floor(MOST_NUMBERS / width)));
  return {
    name,
    names,
    rows,
    measured,
    column: column =>
      Float64Array.from({ length: measured }, (_, i) =>
        x(Math.floor((i * rows) / measured), column)
      )
  };
}

interface Matrix {
  x(row: number, column: number): number;
  rows: number;
  width: number;
  names: readonly string[];
}

interface DatasetLike {
  x: ArrayLike<number>;
  rows: number;
  features: number;
  featureNames?: readonly string[];
  image?: readonly [height: number, width: number];
}

function isDataset(data: unknown): data is DatasetLike {
  const { x, rows, features } = (data ?? {}) as Partial<DatasetLike>;
  return isArrayLike(x) && typeof rows === 'number' && typeof features === 'number';
}

function readMatrix(where: string, name: string, data: unknown): Matrix {
  if (isDataset(data)) {
    const { x, rows, features, featureNames, image } = data;
    return {
      x: (row, column) => x[row * features + column],
      rows,
      width: features,
      names: featureNames ?? (image ? pixels(image) : numbered(features))
    };
  }
  const found = readRows(where, name, data);
  const vector = found.length === 1 && isArrayLike(data) && !isArrayLike(data[0]);
  if (vector) {
    return { x: row => found[0][row], rows: found[0].length, width: 1, names: ['value'] };
  }
  const width = found[0].length;
  const ragged = found.findIndex(row => row.length !== width);
  if (ragged !== -1) {
    throw rangeError(
      where,
      'all rows must have the same features',
      `${found[ragged].length} in row ${ragged} of ${name}, ${width} in row 0`,
      'Fill in what is missing with NaN.'
    );
  }
  return {
    x: (row, column) => found[row][column],
    rows: found.length,
    width,
    names: numbered(width)
  };
}

const numbered = (width: number) => Array.from({ length: width }, (_, i) => `feature ${i}`);

/** Row and column of each pixel, from 0. */
const pixels = ([height, width]: readonly [number, number]) =>
  Array.from({ length: height * width }, (_, i) => `pixel ${Math.floor(i / width)}, ${i % width}`);
