import { rangeError, show, typeError } from '../errors';
import { readTensor, type Tensor } from '../numeric/tensor';
import type { RegressionData } from './regression';

/** The inputs of examples, whatever they are labelled with. */
export interface Inputs {
  /** rows x features, row by row. */
  readonly x: Float32Array;
  readonly rows: number;
  readonly features: number;
  /** What the columns of x are called, where they have names. */
  readonly featureNames?: readonly string[];
  /** Height and width in pixels where each row is a grey image, so that it can be turned and shown. */
  readonly image?: readonly [height: number, width: number];
}

/** Examples labelled with classes. Plain data: crosses to a worker. */
export interface Dataset extends Inputs {
  /** The class of each row, from 0 to classes - 1. */
  readonly y: Int32Array;
  readonly classes: number;
  /** What the classes are called, where they have names. */
  readonly classNames?: readonly string[];
}

/** Train to learn, dev to choose, test to report. */
export interface Split<D extends Dataset | RegressionData = Dataset> {
  readonly train: D;
  readonly dev: D;
  readonly test: D;
}

/** Examples as a learner may hold them. */
export interface Examples {
  /** (examples, features): rows of features, or a typed array of whole rows. */
  x: Tensor;
  /** The class number of each example. */
  y: ArrayLike<number>;
}

/** Whether `data` already has the checked form. */
function isDataset(data: Dataset | Examples): data is Dataset {
  return (
    data.x instanceof Float32Array &&
    data.y instanceof Int32Array &&
    typeof (data as Dataset).features === 'number'
  );
}

/**
 * Checks labelled examples and brings them into one form.
 *
 * @param data a dataset, or `x` as rows of features and `y` as class numbers
 * @param expected how many features and classes there must be, when known
 * @throws RangeError for no rows, shapes that do not agree, labels out of range, or numbers that are
 *   not finite.
 * @example toDataset('fit', { x: [[0, 1], [1, 0]], y: [0, 1] })
 */
export function toDataset(
  where: string,
  data: Dataset | Examples,
  expected: { features?: number; classes?: number } = {}
): Dataset {
  if (typeof data !== 'object' || data === null || !('x' in data) || !('y' in data)) {
    throw typeError(
      where,
      'examples come as a dataset, or as { x, y }',
      show(data),
      'Pass { x: rows of features, y: class numbers }.'
    );
  }
  const result = isDataset(data) ? data : fromExamples(where, data);
  const { y } = result;
  checkInputs(where, result, y.length, expected.features);
  const classes = expected.classes ?? result.classes;
  const wrong = y.findIndex(label => label < 0 || label >= classes);
  if (wrong !== -1) {
    throw rangeError(
      where,
      `labels are class numbers from 0 to ${classes - 1}${expected.classes === undefined ? '' : ', the outputs of the last layer'}`,
      `${y[wrong]} in row ${wrong}`,
      'Count classes from 0, and give the last dense layer as many units as there are classes.'
    );
  }
  return { ...result, classes };
}

function fromExamples(where: string, { x, y }: Examples): Dataset {
  const labels = Array.from(y);
  const inputs = readInputs(where, x, labels.length);
  const wrong = labels.findIndex(label => !Number.isInteger(label) || label < 0);
  if (wrong !== -1) {
    throw rangeError(
      where,
      'labels are whole numbers from 0',
      `${show(labels[wrong])} in row ${wrong}`,
      'Number the classes from 0 on.'
    );
  }
  return {
    ...inputs,
    y: Int32Array.from(labels),
    classes: labels.reduce((most, label) => Math.max(most, label + 1), 1)
  };
}

/**
 * Reads inputs from any form: rows of features, or a typed array of whole rows.
 * @param count how many labels or targets go with them, which gives a typed array its width
 */
export function readInputs(where: string, x: Tensor, count: number): Inputs {
  const { values, shape } = readTensor(where, x);
  const width = values.length / count;
  const [rows, features] =
    ArrayBuffer.isView(x) && Number.isInteger(width) ? [count, width] : shape;
  if (features === undefined) {
    throw rangeError(
      where,
      'x must be a matrix of (examples, features)',
      `a vector of ${rows}`,
      'One feature is still a matrix: [[1], [2], [3]].'
    );
  }
  return { x: Float32Array.from(values), rows, features };
}

/**
 * Checks that there is one label for each row, that the width is the network's, and that all is finite.
 * @param labels how many labels there are
 * @param expected how many features there must be, when known
 */
export function checkInputs(
  where: string,
  { x, rows, features }: Inputs,
  labels: number,
  expected?: number
): void {
  if (x.length !== rows * features || labels !== rows || rows < 1) {
    throw rangeError(
      where,
      'there must be one label for each row of features, and at least one row',
      `${x.length / features} rows and ${labels} labels`,
      'Rows of x are examples; y holds their classes or targets in the same order.'
    );
  }
  if (expected !== undefined && features !== expected) {
    throw rangeError(
      where,
      `each example must have the network's ${expected} inputs, those of layer 0`,
      `${features} features`,
      'Make the network with `inputs` equal to the number of columns of x.'
    );
  }
  if (!foundFinite.has(x)) {
    checkFinite(where, 'features', x, features);
    if (x.length >= LARGE) {
      foundFinite.add(x);
    }
  }
}

/** Numbers from which on features are looked through once: all of MNIST at every `fit` takes a tenth of an epoch. */
const LARGE = 1_000_000;
const foundFinite = new WeakSet<Float32Array>();

/**
 * Checks that something is a data set as this library makes them, and gives it back.
 * @throws RangeError otherwise, or for no rows.
 */
export function checkData<D extends Inputs>(where: string, data: D): D {
  const { x, rows, features } = data ?? {};
  if (!(x instanceof Float32Array) || x.length !== rows * features || !(rows > 0)) {
    throw rangeError(
      where,
      'data must be a data set with at least one row',
      show(data),
      'Pass a data set, or a part of a split such as `train`; datasets.rows makes one from arrays.'
    );
  }
  return data;
}

/** Refuses NaN and infinity in a matrix, naming the row and the column. */
export function checkFinite(
  where: string,
  what: string,
  values: Float32Array,
  columns: number
): void {
  // 0 times a finite number is 0, times any other NaN: one sum without a branch finds out, which
  // matters for the 47 million pixels of MNIST.
  let sum = 0;
  let other = 0;
  // Two sums that do not wait for one another take half the time.
  for (let i = 0; i + 1 < values.length; i += 2) {
    sum += 0 * values[i];
    other += 0 * values[i + 1];
  }
  sum += other + 0 * (values[values.length - 1] ?? 0);
  if (sum !== 0) {
    throw rangeError(
      where,
      `all ${what} must be finite`,
      firstNotFinite(values, columns)!,
      'Fill or remove missing values first.'
    );
  }
}

/** The first number of a matrix that is not finite, and where it stands; `undefined` if all are. */
export function firstNotFinite(values: Float32Array, columns: number): string | undefined {
  const bad = values.findIndex(value => !Number.isFinite(value));
  return bad < 0
    ? undefined
    : `${values[bad]} in row ${Math.floor(bad / columns)}, column ${bad % columns}`;
}

/** The rows of `data` named by `order`, in that order, with all that is known about its columns. */
export function selectRows<D extends Dataset | RegressionData>(
  data: D,
  order: ArrayLike<number>
): D {
  const x = pickRows(data.x, data.features, order);
  const labels =
    'targets' in data
      ? { targets: pickRows(data.targets, data.outputs, order) }
      : { y: pickRows(data.y, 1, order) };
  return { ...data, x, ...labels, rows: order.length };
}

function pickRows<A extends Float32Array | Int32Array>(
  values: A,
  width: number,
  order: ArrayLike<number>
): A {
  const result = new (values.constructor as new (length: number) => A)(order.length * width);
  for (let i = 0; i < order.length; i++) {
    result.set(values.subarray(order[i] * width, (order[i] + 1) * width), i * width);
  }
  return result;
}
