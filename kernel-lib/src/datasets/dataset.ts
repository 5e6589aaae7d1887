import { rangeError, show, typeError } from '../errors';
import { readTensor, type Tensor } from '../numeric/tensor';

/** Labelled examples. Plain data: crosses to a worker. */
export interface Dataset {
  /** rows x features, row by row. */
  readonly x: Float32Array;
  /** The class of each row, from 0 to classes - 1. */
  readonly y: Int32Array;
  readonly rows: number;
  readonly features: number;
  readonly classes: number;
}

/** Train to learn, dev to choose, test to report. */
export interface Split {
  readonly train: Dataset;
  readonly dev: Dataset;
  readonly test: Dataset;
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
  const { x, y, rows, features } = result;
  if (x.length !== rows * features || y.length !== rows || rows < 1) {
    throw rangeError(
      where,
      'there must be one label for each row of features, and at least one row',
      `${x.length / features} rows and ${y.length} labels`,
      'Rows of x are examples; y holds their classes in the same order.'
    );
  }
  if (expected.features !== undefined && features !== expected.features) {
    throw rangeError(
      where,
      `each example must have the network's ${expected.features} inputs`,
      `${features} features`,
      'Make the network with `inputs` equal to the number of columns of x.'
    );
  }
  const classes = expected.classes ?? result.classes;
  const wrong = y.findIndex(label => label < 0 || label >= classes);
  if (wrong !== -1) {
    throw rangeError(
      where,
      `labels are class numbers from 0 to ${classes - 1}`,
      `${y[wrong]} in row ${wrong}`,
      'Count classes from 0, and give the last dense layer as many units as there are classes.'
    );
  }
  const bad = x.findIndex(value => !Number.isFinite(value));
  if (bad !== -1) {
    throw rangeError(
      where,
      'all features must be finite',
      `${x[bad]} in row ${Math.floor(bad / features)}, column ${bad % features}`,
      'Fill or remove missing values first.'
    );
  }
  return { ...result, classes };
}

function fromExamples(where: string, { x, y }: Examples): Dataset {
  const flat = readTensor(where, x);
  const width = flat.values.length / y.length;
  if (ArrayBuffer.isView(x) && Number.isInteger(width)) {
    flat.shape = [y.length, width];
  }
  if (flat.shape.length === 1) {
    throw rangeError(
      where,
      'x must be a matrix of (examples, features)',
      `a vector of ${flat.shape[0]}`,
      'One feature is still a matrix: [[1], [2], [3]].'
    );
  }
  const labels = Array.from(y);
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
    x: Float32Array.from(flat.values),
    y: Int32Array.from(labels),
    rows: flat.shape[0],
    features: flat.shape[1],
    classes: labels.reduce((most, label) => Math.max(most, label + 1), 1)
  };
}

/** The rows of `data` named by `order`, in that order. */
export function selectRows(data: Dataset, order: ArrayLike<number>): Dataset {
  const { features, classes } = data;
  const x = new Float32Array(order.length * features);
  const y = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) {
    x.set(data.x.subarray(order[i] * features, (order[i] + 1) * features), i * features);
    y[i] = data.y[order[i]];
  }
  return { x, y, rows: order.length, features, classes };
}
