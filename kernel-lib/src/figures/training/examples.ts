/** Labelled examples as figures read them: a data set, or `x` and `y`. */
import { rangeError, show, typeError } from '../../errors';
import { readTensor, type Tensor } from '../../numeric/tensor';
import { readLabels } from './classes';

/** Inputs of examples; every data set and every part of a split is one. */
export interface ExampleInputs {
  /** (examples, features): rows, or a typed array of whole rows. */
  readonly x: Tensor;
  /** How many examples a typed array holds. Default: one for each label. */
  readonly rows?: number;
  /** The class of each example. */
  readonly y?: ArrayLike<number>;
  /** What the columns of x are called, where they have names. */
  readonly featureNames?: readonly string[];
  /** What the classes are called, where they have names. */
  readonly classNames?: readonly string[];
  /** Height and width in pixels where each row is a grey image. */
  readonly image?: readonly [height: number, width: number];
}

/** Examples with their classes. */
export interface LabelledInputs extends ExampleInputs {
  readonly y: ArrayLike<number>;
}

/** Examples in one form. */
export interface FigureExamples {
  rows: number;
  features: number;
  /** rows x features. */
  values: Float64Array;
  y?: Int32Array;
}

/**
 * Reads examples.
 * @param features how many there are, when that is known
 * @throws TypeError for anything but examples; RangeError for none, for shapes that do not agree, for NaN.
 */
export function readExamples(
  where: string,
  data: ExampleInputs,
  features?: number
): FigureExamples {
  if (typeof data !== 'object' || data === null || !('x' in data)) {
    throw typeError(
      where,
      'examples come as a data set, or as { x, y }',
      show(data),
      'Pass a part of a split, such as data.dev, or { x: rows of features, y: class numbers }.'
    );
  }
  const { values, shape } = readTensor(where, data.x);
  const labels = data.y === undefined ? undefined : readLabels(where, 'y', data.y);
  const told =
    data.rows ?? labels?.length ?? (features === undefined ? 1 : values.length / features);
  const rows = shape.length === 2 ? shape[0] : told;
  const width = values.length / rows;
  if (!Number.isInteger(width) || (features !== undefined && width !== features)) {
    throw rangeError(
      where,
      features === undefined
        ? 'x must hold whole rows, one for each label'
        : `each example must have ${features} features`,
      `${values.length} numbers in ${rows} rows`,
      'Rows of x are examples; y holds their classes in the same order.'
    );
  }
  if (labels && labels.length !== rows) {
    readLabels(where, 'y', labels, rows);
  }
  return { rows, features: width, values, ...(labels && { y: labels }) };
}
