import { rangeError, show, typeError } from '../errors';
import { readTensor, type Tensor } from '../numeric/tensor';
import {
  checkFinite,
  checkInputs,
  readInputs,
  toDataset,
  type Dataset,
  type Inputs
} from './dataset';

/** Examples labelled with numbers. Plain data: crosses to a worker. */
export interface RegressionData extends Inputs {
  /** rows x outputs, row by row: what a network's outputs should be. */
  readonly targets: Float32Array;
  readonly outputs: number;
  /** What the columns of the targets are called, where they have names. */
  readonly outputNames?: readonly string[];
}

/** Examples for regression as a learner may hold them. */
export interface RegressionExamples {
  /** (examples, features): rows of features, or a typed array of whole rows. */
  x: Tensor;
  /** One number for each example, or (examples, outputs): a row of numbers for each. */
  y: Tensor;
}

/**
 * Checks examples with numbers for targets and brings them into one form.
 *
 * Classes become targets as a network with sigmoid outputs needs them: two classes for one output are
 * 0 and 1; as many outputs as classes get one-hot rows.
 *
 * @param data regression data, `x` as rows of features and `y` as numbers or rows of numbers, or a
 *   dataset with classes
 * @param expected how many features and outputs there must be, when known
 * @throws RangeError for no rows, shapes that do not agree, or numbers that are not finite.
 * @example toRegression('fit', { x: [[0], [1], [2]], y: [1, 3, 5] }).outputs // 1
 */
export function toRegression(
  where: string,
  data: RegressionData | RegressionExamples | Dataset,
  expected: { features?: number; outputs?: number } = {}
): RegressionData {
  if (
    typeof data !== 'object' ||
    data === null ||
    !('x' in data) ||
    !('y' in data || 'targets' in data)
  ) {
    throw typeError(
      where,
      'examples come as regression data, or as { x, y }',
      show(data),
      'Pass { x: rows of features, y: a number or a row of numbers for each }.'
    );
  }
  const result =
    'targets' in data
      ? data
      : 'classes' in data
        ? fromClasses(where, toDataset(where, data), expected.outputs)
        : fromExamples(where, data, expected.outputs);
  const { targets, outputs } = result;
  checkInputs(where, result, targets.length / outputs, expected.features);
  if (expected.outputs !== undefined && outputs !== expected.outputs) {
    throw rangeError(
      where,
      `each example must have one target for each of the network's ${expected.outputs} outputs, those of the last layer`,
      `${outputs} target${outputs === 1 ? '' : 's'}`,
      'Give the last dense layer as many units as y has columns.'
    );
  }
  checkFinite(where, 'targets', targets, outputs);
  return result;
}

function fromExamples(
  where: string,
  { x, y }: RegressionExamples,
  outputs?: number
): RegressionData {
  const { values, shape } = readTensor(where, y);
  // A flat typed array of targets has as many columns as the network has outputs.
  const width =
    shape[1] ??
    (ArrayBuffer.isView(y) && values.length % (outputs ?? 1) === 0 ? (outputs ?? 1) : 1);
  const inputs = readInputs(where, x, values.length / width);
  return { ...inputs, targets: Float32Array.from(values), outputs: width };
}

function fromClasses(where: string, data: Dataset, outputs = data.classes): RegressionData {
  const { y, classes, classNames, ...inputs } = data;
  if (outputs === 1 && classes === 2) {
    return { ...inputs, targets: Float32Array.from(y), outputs: 1 };
  }
  if (outputs !== classes) {
    throw rangeError(
      where,
      'one output tells two classes apart; more classes need one output each',
      `${classes} classes for ${outputs} ${outputs === 1 ? 'output' : 'outputs'}`,
      'Give the last dense layer as many units as there are classes, or pass targets as { x, y }.'
    );
  }
  const targets = new Float32Array(data.rows * classes);
  y.forEach((label, row) => (targets[row * classes + label] = 1));
  return { ...inputs, targets, outputs: classes, ...(classNames && { outputNames: classNames }) };
}
