import { knownOptions, rangeError, show } from '../../errors';
import { count, flag } from '../../numeric/options';
import type { Figure } from '../figure';
import type { ColorAxis } from '../format';
import type { Layer, PointsLayer } from '../scene/scene';
import { sceneFigure } from '../scene/store';
import { formatNumber } from '../text';
import { readPaths, type OptimizerPath, type Path, type Place } from './paths';
import { between, onGrid, readGrid, type LossGrid } from './surface';

/** Options of `figures.optimizerPaths`. */
export interface OptimizerPathsOptions {
  /** Where paths begin that are given as functions. Needed for those. */
  start?: readonly [number, number];
  /** How many steps such paths make, a whole number from 1 to 100,000. Default: `50`. */
  steps?: number;
  /** Lowest and highest value on the x axis. Default: what the paths need; those that run away do not count. */
  x?: readonly [number, number];
  /** The same on the y axis. */
  y?: readonly [number, number];
  /** Default: `w1`. */
  xLabel?: string;
  /** Default: `w2`. */
  yLabel?: string;
  /** Name of the colour scale. Default: `loss`. */
  lossLabel?: string;
  /** Contours at equal ratios of the loss, which shows narrow valleys; it must be > 0. Default: `false`. */
  logLoss?: boolean;
  /** About how many contours, a whole number from 2 to 50. Default: `14`. */
  levels?: number;
  /** Default: one that says what is drawn. */
  title?: string;
}

/** A loss of two numbers, or its values on a grid. */
export type LossSurface = ((x: number, y: number) => number) | LossGrid;

/**
 * The paths of optimizers over the contours of a loss with two parameters. A path is an array of places `[x, y]`, or a
 * function that makes the next place from the last one and the number of the step (from 1), begun at `start`.
 *
 * @param loss a function of two numbers, or a grid of its values, row after row from the lowest y
 * @param paths by the names of their optimizers
 * @throws TypeError for anything but numbers; RangeError for no path, more than 20, a function without `start`, a loss
 *   that is nowhere finite, or an option that is unknown or out of its domain.
 * @example
 * const loss = (x: number, y: number) => x * x + 10 * y * y;
 * const descend = ([x, y]: readonly [number, number]): [number, number] => [x - 0.18 * x, y - 1.8 * y];
 * figures.optimizerPaths(loss, { 'gradient descent': descend }, { start: [4, 1], steps: 30 })
 * @see lecture, gradient descent with momentum, RMSprop and Adam.
 */
export function optimizerPaths(
  loss: LossSurface,
  paths: Readonly<Record<string, OptimizerPath>>,
  options: OptimizerPathsOptions = {}
): Figure {
  const where = 'figures.optimizerPaths';
  knownOptions(where, options, [
    'start', 'steps', 'x', 'y', 'xLabel', 'yLabel', 'lossLabel', 'logLoss', 'levels', 'title'
  ]); // prettier-ignore
  const logLoss = flag(where, 'logLoss', options.logLoss ?? false);
  const levels = count(where, 'levels', options.levels ?? 14, 2);
  if (levels > 50) {
    throw rangeError(where, '`levels` must be at most 50', `levels=${levels}`, 'Leave it out.');
  }
  const grid = typeof loss === 'function' ? undefined : readGrid(where, loss);
  const lossAt = typeof loss === 'function' ? loss : between(grid!);
  const found = readPaths(where, paths, options.start, options.steps ?? 50);
  const range = {
    x: readRange(where, 'x', options.x) ?? (grid ? ends(grid.x) : view(found, 0, lossAt)),
    y: readRange(where, 'y', options.y) ?? (grid ? ends(grid.y) : view(found, 1, lossAt))
  };
  const surface = grid ?? onGrid(lossAt, range.x, range.y);
  const known = Float64Array.from(surface.values).filter(
    value => Number.isFinite(value) && (!logLoss || value > 0)
  );
  if (known.length === 0) {
    throw rangeError(
      where,
      `the loss must be finite${logLoss ? ' and > 0' : ''} somewhere in the picture`,
      `none of ${surface.values.length} values`,
      'Look at the ranges x and y, and at `logLoss`.'
    );
  }
  const color: ColorAxis = {
    label: options.lossLabel ?? 'loss',
    scale: logLoss ? 'log' : 'linear',
    better: 'low'
  };
  const names = found.map(({ name }) => name);
  return sceneFigure({
    figure: 'optimizerPaths',
    title: options.title ?? (names.length === 1 ? `Path of ${names[0]}` : 'Paths of optimizers'),
    alt:
      `Paths of ${names.length} optimizer${names.length === 1 ? '' : 's'} over contours of the ${color.label}. ` +
      `${found.map(path => words(path, lossAt)).join('; ')}.`,
    scene: {
      color,
      panels: [
        {
          row: 0,
          column: 0,
          x: { label: options.xLabel ?? 'w₁', scale: 'linear', range: range.x },
          y: { label: options.yLabel ?? 'w₂', scale: 'linear', range: range.y },
          layers: [
            // Pale, so that the paths stand out on any of the colours.
            { kind: 'contour', name: '', ...surface, filled: true, faint: true, levels },
            ...found.map(pathLine),
            ...endMarks(found)
          ]
        }
      ]
    }
  });
}

function readRange(
  where: string,
  name: 'x' | 'y',
  range: readonly [number, number] | undefined
): [number, number] | undefined {
  if (range === undefined) {
    return undefined;
  }
  const [low, high] = Array.isArray(range) ? (range as unknown[]) : [];
  if (!(Number.isFinite(low) && Number.isFinite(high) && (low as number) < (high as number))) {
    throw rangeError(
      where,
      `\`${name}\` must be two finite numbers [low, high], low < high`,
      `${name}=${show(range)}`,
      'Leave it out and the paths choose it.'
    );
  }
  return [low as number, high as number];
}

const ends = (side: ArrayLike<number>): [number, number] => [side[0], side[side.length - 1]];

/** A path further away from the best place than this many times the start is out of the picture. */
const AWAY = 2.5;

/**
 * What the paths need along one axis: all places that are not much farther from the best one than the starts are. A path
 * that diverges must not decide how the others are seen.
 */
function view(
  paths: readonly Path[],
  axis: 0 | 1,
  lossAt: (x: number, y: number) => number
): [number, number] {
  const places = paths.flatMap(({ places: own }) => own);
  const losses = places.map(place => lossAt(...place));
  const lowest = losses.reduce((least, loss, i) => {
    return loss < losses[least] || Number.isNaN(losses[least]) ? i : least;
  }, 0);
  const best = places[lowest];
  const reach = (at: 0 | 1) =>
    paths.reduce((most, path) => Math.max(most, Math.abs(path.places[0][at] - best[at])), 0);
  const radius = AWAY * (reach(axis) || reach(axis === 0 ? 1 : 0) || 1);
  const near = places.map(place => place[axis]).filter(at => Math.abs(at - best[axis]) <= radius);
  const low = near.reduce((a, b) => Math.min(a, b), best[axis]);
  const high = near.reduce((a, b) => Math.max(a, b), best[axis]);
  const room = 0.12 * (high - low) || 0.5 * radius;
  return [low - room, high + room];
}

function pathLine({ name, places }: Path): Layer {
  return {
    kind: 'line',
    name,
    x: places.map(([x]) => x),
    y: places.map(([, y]) => y),
    markers: places.length <= 100,
    width: 2
  };
}

/** Where the paths begin and end. */
function endMarks(paths: readonly Path[]): PointsLayer[] {
  const marks = (name: string, symbol: PointsLayer['symbol'], places: readonly Place[]) => ({
    kind: 'points' as const,
    name,
    symbol,
    size: 11,
    x: places.map(([x]) => x),
    y: places.map(([, y]) => y)
  });
  const starts = new Map(paths.map(({ places }) => [places[0].join(), places[0]]));
  return [
    marks('start', 'diamond', [...starts.values()]),
    ...paths.map(({ name, places }) => ({
      ...marks('', 'star', places.slice(-1)),
      group: name
    }))
  ];
}

function words({ name, places }: Path, lossAt: (x: number, y: number) => number): string {
  const [first, last] = [places[0], places[places.length - 1]];
  const steps = places.length - 1;
  const place = (at: Place) => `(${at.map(formatNumber).join(', ')})`;
  return (
    `${name}: ${steps} step${steps === 1 ? '' : 's'} from ${place(first)} to ${place(last)}, ` +
    `loss ${formatNumber(lossAt(...first))} to ${formatNumber(lossAt(...last))}`
  );
}
