/** A smooth surface through trials over two quantities, for contours. */
import type { Axis } from '../../scales/axis';
import { valueAt } from '../bins';
import { extent, position } from '../positions';
import { placesOf, type Quantity } from './quantity';

export interface Surface {
  /** Whether it is made of cells, whose borders `x` and `y` are, or of points on a grid. */
  cells: boolean;
  /** In own units, increasing. */
  x: Float64Array;
  y: Float64Array;
  /** Row after row; NaN where no trial is near. */
  values: Float64Array;
}

/** More categories than this leave no room for a surface over them. */
const MOST_CATEGORIES = 60;

/** Bandwidths beyond which trials count nothing: products of smaller weights would be too small for fast arithmetic. */
const REACH = 5;

/** One side of the grid: places of its points, and how much trials at one point count at another. */
interface Side {
  count: number;
  /** Between which two points a place lies, as a fraction. */
  indexOf(place: number): number;
  /** Weight between points `distance` apart. */
  weight(distance: number): number;
  borders: Float64Array;
}

/**
 * The mean of the values near each point of a grid, weighted by a Gaussian of the distance along the two axes (Nadaraya
 * and Watson 1964), where each axis has length 1 as its scale is drawn. The bandwidth is Scott's for two dimensions,
 * sd n^(-1/6), and 3/4 of it since trials hardly ever have noise as large as the surface's shape. Categories share
 * nothing. Trials are counted onto the grid first, so that 100,000 take no longer than 1,000.
 *
 * @param rows trials that take part if they have a place on all three axes
 * @param points how many grid points a side has
 * @returns `undefined` with fewer than three trials, or very many categories
 */
export function surfaceOf(
  x: Quantity,
  y: Quantity,
  z: Quantity,
  rows: readonly number[],
  points: number
): Surface | undefined {
  const [xs, ys, zs] = [x, y, z].map(placesOf);
  const used = rows.filter(row => !Number.isNaN(xs[row] + ys[row] + zs[row]));
  if (
    used.length < 3 ||
    [x, y].some(({ axis }) => (axis.categories?.length ?? 0) > MOST_CATEGORIES)
  ) {
    return undefined;
  }
  const cells = x.axis.scale === 'category' || y.axis.scale === 'category';
  const columns = sideOf(x.axis, used, xs, points, cells);
  const lines = sideOf(y.axis, used, ys, points, cells);
  const size = columns.count * lines.count;
  const weights = new Float64Array(size);
  const sums = new Float64Array(size);
  for (const row of used) {
    const [atX, atY] = [columns.indexOf(xs[row]), lines.indexOf(ys[row])];
    const [left, below] = [Math.floor(atX), Math.floor(atY)];
    const [right, above] = [
      Math.min(left + 1, columns.count - 1),
      Math.min(below + 1, lines.count - 1)
    ];
    const [dx, dy] = [atX - left, atY - below];
    for (const [line, column, share] of [
      [below, left, (1 - dx) * (1 - dy)],
      [below, right, dx * (1 - dy)],
      [above, left, (1 - dx) * dy],
      [above, right, dx * dy]
    ]) {
      weights[line * columns.count + column] += share;
      sums[line * columns.count + column] += share * zs[row];
    }
  }
  const near = smooth(weights, columns, lines);
  const mean = smooth(sums, columns, lines);
  // A trial three bandwidths away says nothing.
  const least = Math.exp(-(3 ** 2) / 2);
  const values = mean.map((sum, i) => (near[i] < least ? NaN : valueAt(z.axis, sum / near[i])));
  const own = ({ axis }: Quantity, { borders }: Side) => borders.map(place => valueAt(axis, place));
  return { cells, x: own(x, columns), y: own(y, lines), values };
}

function sideOf(
  axis: Axis,
  used: readonly number[],
  places: Float64Array,
  points: number,
  cells: boolean
): Side {
  if (axis.scale === 'category') {
    const count = axis.categories?.length ?? 0;
    return {
      count,
      indexOf: place => place,
      weight: distance => (distance === 0 ? 1 : 0),
      borders: Float64Array.from({ length: count + 1 }, (_, i) => i - 0.5)
    };
  }
  const whole = axis.range?.map(value => position(axis, value)) ?? [];
  const [low, high] = extent([...whole, ...(extent(used.map(row => places[row])) ?? [])])!;
  const span = high - low || 1;
  const first = high > low ? low : low - 0.5;
  const step = span / (cells ? points : points - 1);
  // Points stand in the middle of cells, or at both ends.
  const start = first + (cells ? step / 2 : 0);
  const bandwidth = bandwidthOf(used.map(row => (places[row] - first) / span));
  return {
    count: points,
    indexOf: place => Math.min(points - 1, Math.max(0, (place - start) / step)),
    weight: distance => {
      const far = (distance * step) / span / bandwidth;
      return far > REACH ? 0 : Math.exp(-(far ** 2) / 2);
    },
    borders: Float64Array.from({ length: cells ? points + 1 : points }, (_, i) => first + i * step)
  };
}

function bandwidthOf(units: readonly number[]): number {
  const n = units.length;
  const mean = units.reduce((sum, u) => sum + u, 0) / n;
  const deviation = Math.sqrt(units.reduce((sum, u) => sum + (u - mean) ** 2, 0) / n);
  return Math.min(0.25, Math.max(0.04, 0.75 * deviation * n ** (-1 / 6)));
}

/** Spreads what lies at each grid point over its neighbours, along one axis and then along the other. */
function smooth(values: Float64Array, columns: Side, lines: Side): Float64Array {
  const along = (from: Float64Array, side: Side, stride: number, others: number, skip: number) => {
    const weights = Array.from({ length: side.count }, (_, distance) => side.weight(distance));
    const reach = weights.filter(weight => weight > 0).length - 1;
    const to = new Float64Array(from.length);
    for (let other = 0; other < others; other++) {
      for (let i = 0; i < side.count; i++) {
        let sum = 0;
        const last = Math.min(side.count - 1, i + reach);
        for (let j = Math.max(0, i - reach); j <= last; j++) {
          sum += weights[i < j ? j - i : i - j] * from[other * skip + j * stride];
        }
        to[other * skip + i * stride] = sum;
      }
    }
    return to;
  };
  const wide = along(values, columns, 1, lines.count, columns.count);
  return along(wide, lines, columns.count, columns.count, 1);
}
