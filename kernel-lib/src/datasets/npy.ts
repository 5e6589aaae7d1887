import { knownOptions, rangeError } from '../errors';
import { checkFinite, checkInputs, type Dataset } from './dataset';
import { encodeLabels } from './labels';
import { parseNpy, type NpyArray } from './npyFormat';
import { toRegression, type RegressionData } from './regression';
import type { Source } from './source';

/**
 * Reads examples from files that numpy saved: `x` of shape (examples, features), or (examples, height,
 * width) for grey images; and `y` with one class for each example, or `targets` with one quantity, or
 * a row of them, for each. Numbers stay as they are: bytes from 0 to 255 are best divided by 255 in Python.
 *
 * @param files paths (in Node) or bytes
 * @throws RangeError for files that are no such arrays, shapes that do not agree, or NaN.
 * @example const data = datasets.npy({ x: 'images.npy', y: 'labels.npy' })
 * @example const data = datasets.npy({ x: 'rooms.npy', targets: 'prices.npy' })
 */
export function npy(files: { x: Source; targets: Source }): RegressionData;
export function npy(files: { x: Source; y: Source }): Dataset;
export function npy(files: { x: Source; y?: Source; targets?: Source }): Dataset | RegressionData {
  const where = 'datasets.npy';
  knownOptions(where, files, ['x', 'y', 'targets']);
  const { y, targets } = files;
  if (files.x === undefined || (y === undefined) === (targets === undefined)) {
    throw rangeError(
      where,
      'there must be `x`, and `y` (classes) or `targets` (quantities)',
      Object.keys(files)
        .map(name => `\`${name}\``)
        .join(', ') || 'nothing',
      'Pass { x, y } or { x, targets }.'
    );
  }
  const inputs = toInputs(where, parseNpy(where, files.x));
  if (targets !== undefined) {
    const { data, shape } = parseNpy(where, targets);
    checkAxes(where, '`targets`', shape, shape.length <= 2, '(examples) or (examples, outputs)');
    const outputs = shape[1] ?? 1;
    return toRegression(where, { ...inputs, targets: Float32Array.from(data), outputs });
  }
  const { data, shape } = parseNpy(where, y as Source);
  const column = shape.length === 1 || (shape.length === 2 && shape[1] === 1);
  checkAxes(where, '`y`', shape, column, '(examples)');
  checkInputs(where, inputs, data.length);
  return { ...inputs, ...encodeLabels(where, Array.from(data), row => `in row ${row}`) };
}

function toInputs(where: string, { data, shape }: NpyArray) {
  checkAxes(where, '`x`', shape, shape.length >= 2, '(examples, features)');
  const [rows, ...axes] = shape;
  const features = axes.reduce((a, b) => a * b, 1);
  // A channel of its own, first as in PyTorch or last as in Keras, leaves an image grey.
  const lengths = axes.length === 3 ? axes.filter((length, i) => i === 1 || length !== 1) : axes;
  const x = Float32Array.from(data);
  checkFinite(where, 'features', x, features);
  return {
    x,
    rows,
    features,
    ...(lengths.length === 2 && axes.length > 1 && { image: [lengths[0], lengths[1]] as const })
  };
}

function checkAxes(
  where: string,
  name: string,
  shape: readonly number[],
  fits: boolean,
  rule: string
): void {
  if (!fits || shape.length === 0 || shape.includes(0)) {
    throw rangeError(
      where,
      `${name} must have the shape ${rule}, without empty axes`,
      `(${shape.join(', ')})`,
      'Reshape it in Python and save it again.'
    );
  }
}
