/** A classifier as `figures.decisionRegions` asks it: points in, class numbers or probabilities out. */
import { rangeError, show, typeError } from '../../errors';
import { classesOf, mostProbable } from './classes';

/** Outputs for each point: class numbers, probabilities of class 1, or rows of class probabilities. */
export type ClassifierOutputs =
  | ArrayLike<number>
  | readonly ArrayLike<number>[]
  | { readonly rows: number; readonly units: number; readonly values: ArrayLike<number> };

/** What answers for points, or has a method `predict` that does. */
export type Classifier =
  ((points: number[][]) => ClassifierOutputs) | { predict(points: number[][]): ClassifierOutputs };

/** Answers for points, read. */
export interface Answers {
  classes: number;
  labels: Int32Array;
  /** (points, classes); missing where the classifier tells classes only. */
  probabilities?: Float64Array;
}

/** @throws TypeError unless `classifier` is a function or has `predict`. */
export function askFunction(
  where: string,
  classifier: Classifier
): (points: number[][]) => ClassifierOutputs {
  if (typeof classifier === 'function') {
    return classifier;
  }
  if (typeof classifier?.predict !== 'function') {
    throw typeError(
      where,
      'the classifier must be a function of points, or have a method `predict`',
      show(classifier),
      'For a network pass x => predict(network, x).'
    );
  }
  return points => classifier.predict(points);
}

/**
 * Asks for points, and brings the answer into one form.
 * @throws TypeError or RangeError unless there is one finite answer, of one kind, for each point.
 */
export function answersOf(
  where: string,
  ask: (points: number[][]) => ClassifierOutputs,
  points: number[][]
): Answers {
  const outputs = ask(points);
  const { values, units, rows } = flatten(where, outputs);
  const bad = values.findIndex(value => !Number.isFinite(value));
  if (rows !== points.length || bad >= 0) {
    throw rangeError(
      where,
      'the classifier must give one finite answer for each point',
      bad >= 0
        ? `${values[bad]} at (${points[Math.floor(bad / units)].join(', ')})`
        : `${rows} for ${points.length} points`,
      'Return class numbers, or rows of probabilities, in the order of the points.'
    );
  }
  const isProbability = units > 1 || values.some(value => !Number.isInteger(value));
  if (units === 1 && !isProbability) {
    if (values.some(value => value < 0 || value > 999)) {
      throw rangeError(where, 'class numbers must be whole numbers from 0 to 999', show(values), 'Count classes from 0.'); // prettier-ignore
    }
    const labels = Int32Array.from(values);
    return { classes: classesOf(labels), labels };
  }
  if (values.some(value => value < -1e-6 || value > 1 + 1e-6)) {
    throw rangeError(
      where,
      'answers must be class numbers, or probabilities from 0 to 1',
      show(values),
      'Put softmax behind scores: x => softmax(scores(x)).'
    );
  }
  // One number a point is the probability of class 1, as after a sigmoid.
  const probabilities =
    units > 1 ? values : Float64Array.from({ length: 2 * rows }, (_, i) => i % 2 === 0 ? 1 - values[i / 2] : values[(i - 1) / 2]); // prettier-ignore
  const classes = Math.max(units, 2);
  const labels = Int32Array.from({ length: rows }, (_, r) =>
    mostProbable(probabilities.subarray(r * classes, (r + 1) * classes))
  );
  return { classes, labels, probabilities };
}

function flatten(
  where: string,
  outputs: ClassifierOutputs
): { values: Float64Array; units: number; rows: number } {
  const wrong = (got: string) =>
    typeError(
      where,
      'the classifier must return class numbers, rows of probabilities, or what `predict` returns',
      got,
      'For a network pass x => predict(network, x).'
    );
  if (typeof (outputs as { then?: unknown } | null)?.then === 'function') {
    throw wrong('a promise, which would have to be awaited first');
  }
  if (
    typeof outputs === 'object' &&
    outputs !== null &&
    'values' in outputs &&
    'units' in outputs
  ) {
    const { rows, units, values } = outputs;
    return { rows, units, values: Float64Array.from(values) };
  }
  if (!Array.isArray(outputs) && !ArrayBuffer.isView(outputs)) {
    throw wrong(show(outputs));
  }
  const list = outputs as ArrayLike<number | ArrayLike<number>>;
  const first = list[0];
  if (typeof first !== 'object' || first === null) {
    return { rows: list.length, units: 1, values: Float64Array.from(list as ArrayLike<number>) };
  }
  const units = first.length;
  const values = new Float64Array(list.length * units);
  for (let r = 0; r < list.length; r++) {
    const row = list[r] as ArrayLike<number>;
    if (row?.length !== units) {
      throw wrong(`${show(row)} for point ${r} and ${units} numbers for point 0`);
    }
    values.set(row, r * units);
  }
  return { rows: list.length, units, values };
}
