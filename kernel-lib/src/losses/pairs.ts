import { rangeError } from '../errors';
import { readTensor, type Tensor } from '../numeric/tensor';

/** Reads predictions and targets that must have one shape. @throws RangeError if their shapes differ. */
export function readPairs(
  where: string,
  yHat: number | Tensor,
  y: number | Tensor
): [yHat: Float64Array, y: Float64Array] {
  const [predicted, truth] = [yHat, y].map(values =>
    readTensor(where, typeof values === 'number' ? [values] : values)
  );
  const [ours, theirs] = [predicted, truth].map(({ shape }) => shape.join(', '));
  if (ours !== theirs) {
    throw rangeError(
      where,
      `targets must have the shape of yHat, (${ours})`,
      `(${theirs})`,
      'Rows are examples, columns are outputs; a vector is one number for each example.'
    );
  }
  return [predicted.values, truth.values];
}
