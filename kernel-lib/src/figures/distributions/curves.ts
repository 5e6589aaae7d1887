import { knownOptions, rangeError, show, typeError } from '../../errors';
import { flag } from '../../numeric/options';
import type { Figure } from '../figure';
import type { Layer } from '../scene/scene';
import { sceneFigure } from '../scene/store';
import { formatNumber } from '../text';
import { isArrayLike } from './sets';

/** One line: y over x, and a band around it if `low` and `high` are given. */
export interface Curve {
  /** Where it is known, rising. */
  x: ArrayLike<number>;
  /** As many as `x`; NaN where it is not known, which breaks the line. */
  y: ArrayLike<number>;
  /** Lower edge of the band. Default: no band. */
  low?: ArrayLike<number>;
  /** Upper edge of the band. Default: no band. */
  high?: ArrayLike<number>;
}

/** Options of `figures.curves`. */
export interface CurvesOptions {
  /** Label of the horizontal axis. Default: `'x'`. */
  x?: string;
  /** Label of the vertical axis. Default: `'y'`. */
  y?: string;
  /** Equal ratios, equal lengths; x of 0 and below then has no place. Default: `false`. */
  logX?: boolean;
  /** Equal ratios, equal heights; y of 0 and below then has no place. Default: `false`. */
  logY?: boolean;
  /** Default: one that says what is drawn. */
  title?: string;
}

/** Points of a curve up to which each has a mark of its own. */
const MOST_MARKS = 30;
const ARRAYS = ['x', 'y', 'low', 'high'] as const;

/**
 * Measured quantities over another, as lines by name on the same axes, each with a band if it has one: accuracies over
 * steps, quantiles of the best result over numbers of trials. For what `fit` and studies record themselves there are
 * `learningCurves` and `compareStudies`.
 *
 * @throws TypeError if a curve is not `{ x, y }` of numbers; RangeError for no curve, more than 20, arrays of different
 *   lengths, x that do not rise, a band with one edge, or an unknown option.
 * @example
 * figures.curves(
 *   { random: { x: [1, 2, 4, 8], y: [0.6, 0.8, 0.9, 0.94], low: [0.1, 0.4, 0.8, 0.92], high: [0.9, 0.95, 0.96, 0.97] } },
 *   { x: 'trials', y: 'best accuracy', logX: true }
 * )
 */
export function curves(
  lines: Readonly<Record<string, Curve>>,
  options: CurvesOptions = {}
): Figure {
  const where = 'figures.curves';
  knownOptions(where, options, ['x', 'y', 'logX', 'logY', 'title']);
  const logX = flag(where, 'logX', options.logX ?? false);
  const logY = flag(where, 'logY', options.logY ?? false);
  const { x = 'x', y = 'y' } = options;
  const named = readCurves(where, lines);
  const drawn = named.filter(([, curve]) => curve.x.length > 0);
  const note = 'There are no points to show.';
  return sceneFigure({
    figure: 'curves',
    title: options.title ?? `${y} by ${x}`,
    alt: `Curves of ${y} over ${x}. ${drawn.length > 0 ? `${drawn.map(words).join('; ')}.` : note}`,
    scene: {
      panels: [
        {
          row: 0,
          column: 0,
          x: { label: x, scale: logX ? 'log' : 'linear' },
          y: { label: y, scale: logY ? 'log' : 'linear' },
          layers: drawn.flatMap(layersOf)
        }
      ],
      ...(drawn.length === 0 && { note })
    }
  });
}

function layersOf([name, { x, y, low, high }]: [string, Curve]): Layer[] {
  const line: Layer = { kind: 'line', name, group: name, x, y, markers: x.length <= MOST_MARKS };
  // The band lies behind its line, and is not listed again.
  return low && high ? [{ kind: 'band', name: '', group: name, x, low, high }, line] : [line];
}

function words([name, { x, y, low, high }]: [string, Curve]): string {
  const end = x.length - 1;
  const at = (i: number) =>
    `${formatNumber(y[i])}${low && high ? ` (${formatNumber(low[i])} to ${formatNumber(high[i])})` : ''} at ${formatNumber(x[i])}`;
  return `${name}: ${[...new Set([0, end])].map(at).join(', ')}`;
}

function readCurves(where: string, lines: unknown): [string, Curve][] {
  const entries = typeof lines === 'object' && lines !== null ? Object.entries(lines) : [];
  if (entries.length === 0 || entries.length > 20) {
    throw rangeError(
      where,
      'there must be 1 to 20 curves',
      entries.length > 0 ? String(entries.length) : show(lines),
      'Pass them by name: { random: { x: [1, 2], y: [0.5, 0.7] } }.'
    );
  }
  for (const [name, curve] of entries) {
    checkCurve(where, name, curve);
  }
  return entries as [string, Curve][];
}

function checkCurve(where: string, name: string, curve: unknown): void {
  const given = (typeof curve === 'object' && curve !== null ? curve : {}) as Partial<Curve>;
  const wrong = ARRAYS.find((key, i) => (i < 2 || given[key] !== undefined) && !isNumbers(given[key])); // prettier-ignore
  if (wrong) {
    throw typeError(
      where,
      '`x`, `y`, `low` and `high` must be arrays of numbers',
      `${wrong}=${show(given[wrong])} of ${name}`,
      'Write { x: [1, 2], y: [0.5, 0.7] }, with NaN where a value is missing.'
    );
  }
  const { x, y, low, high } = given as Curve;
  const lengths = [x, y, low, high].flatMap(values => (values ? [values.length] : []));
  const falls = Array.from(x).findIndex((value, i) => !(i === 0 ? value === value : value > x[i - 1])); // prettier-ignore
  if (new Set(lengths).size > 1 || (low === undefined) !== (high === undefined) || falls !== -1) {
    throw rangeError(
      where,
      '`x` must rise, and `y`, `low` and `high` must be as long; `low` and `high` come together',
      falls !== -1
        ? `x[${falls}]=${show(x[falls])} of ${name}`
        : `lengths ${lengths.join(', ')} of ${name}`,
      'Sort the points by x and give each a y.'
    );
  }
}

function isNumbers(values: unknown): boolean {
  return isArrayLike(values) && Array.from(values).every(value => typeof value === 'number');
}
