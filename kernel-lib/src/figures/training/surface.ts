/** A loss of two parameters on a grid. */
import { rangeError, show } from '../../errors';
import { isArrayLike, readNumbers } from '../distributions/sets';

/** Values of a loss on a grid. */
export interface LossGrid {
  /** Of the columns: increasing, at least two. */
  x: ArrayLike<number>;
  /** Of the rows: increasing, at least two. */
  y: ArrayLike<number>;
  /** Row after row, the first at `y[0]`: flat, or an array for each row. */
  values: ArrayLike<number> | readonly ArrayLike<number>[];
}

export interface Surface {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  values: ArrayLike<number>;
}

/** Points along each side of a grid that is computed: contours between them look smooth. */
const POINTS = 81;

/** @throws TypeError for anything but numbers; RangeError unless sides rise and there is a value for each pair. */
export function readGrid(where: string, grid: unknown): Surface {
  const { x, y, values } = (grid ?? {}) as Partial<LossGrid>;
  if (!isArrayLike(x) || !isArrayLike(y) || !isArrayLike(values)) {
    throw rangeError(
      where,
      'the loss must be a function of two numbers, or a grid { x, y, values }',
      show(grid),
      'Write for example (x, y) => x * x + 10 * y * y.'
    );
  }
  const flat = readNumbers(where, 'values', values);
  const rises = (side: ArrayLike<number>) =>
    side.length >= 2 &&
    Array.from(side).every((at, i) => Number.isFinite(at) && (i === 0 || at > side[i - 1]));
  if (!rises(x) || !rises(y) || flat.length !== x.length * y.length) {
    throw rangeError(
      where,
      'a grid must have sides x and y that rise, and a value for each of their pairs',
      `${x.length} x, ${y.length} y and ${flat.length} values`,
      'Values stand row after row, the first row at y[0].'
    );
  }
  return { x, y, values: flat };
}

/** The loss computed on a grid. What is no number is left blank. */
export function onGrid(
  loss: (x: number, y: number) => number,
  [left, right]: readonly [number, number],
  [bottom, top]: readonly [number, number]
): Surface {
  const side = (low: number, high: number) =>
    Float64Array.from({ length: POINTS }, (_, i) => low + ((high - low) * i) / (POINTS - 1));
  const [x, y] = [side(left, right), side(bottom, top)];
  const values = Float64Array.from({ length: POINTS * POINTS }, (_, i) => {
    const value: unknown = loss(x[i % POINTS], y[Math.floor(i / POINTS)]);
    return typeof value === 'number' && Number.isFinite(value) ? value : NaN;
  });
  return { x, y, values };
}

/** The loss between the points of a grid: a straight line along each side; NaN outside. */
export function between({ x, y, values }: Surface): (x: number, y: number) => number {
  return (atX, atY) => {
    const [column, u] = cell(x, atX);
    const [row, v] = cell(y, atY);
    const value = (r: number, c: number) => values[r * x.length + c];
    const below = (1 - u) * value(row, column) + u * value(row, column + 1);
    const above = (1 - u) * value(row + 1, column) + u * value(row + 1, column + 1);
    return (1 - v) * below + v * above;
  };
}

function cell(side: ArrayLike<number>, at: number): [index: number, part: number] {
  let index = 0;
  while (index < side.length - 2 && side[index + 1] < at) {
    index++;
  }
  const part = (at - side[index]) / (side[index + 1] - side[index]);
  return [index, part >= 0 && part <= 1 ? part : NaN];
}
