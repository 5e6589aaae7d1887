import { knownOptions, rangeError, show, typeError } from '../../errors';
import type { Axis } from '../../scales/axis';
import { countInto, positionsOf, sharedBins } from '../bins';
import { encodeColumn } from '../columns';
import { Figure } from '../figure';
import { LIMITS } from '../format';
import type { HistogramPayload } from '../format';
import { describeValue } from '../positions';

/** Numbers to count: an array or a typed array, or rows of them. */
export type HistogramValues = ArrayLike<number> | readonly ArrayLike<number>[];

/** Options of `figures.histogram`. */
export interface HistogramOptions {
  /** Number of bins, a whole number from 1 to 10,000. Default: Freedman and Diaconis, at most 200. */
  bins?: number;
  /** The axis of the values, for example `scale.axis('learning rate')`. Default: linear. */
  axis?: Axis;
  /** Default: one that says what is drawn. */
  title?: string;
  /** Label of the x axis. Default: the axis's own, or `value`. */
  xLabel?: string;
}

function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function readNumbers(name: string, values: unknown): ArrayLike<number> {
  if (!isArrayLike(values)) {
    throw typeError(
      'figures.histogram',
      'values must be arrays of numbers',
      `${name}=${show(values)}`,
      'Pass one array, or an object of arrays by name: { before: z, after: zNorm }.'
    );
  }
  const rows = values.length > 0 && isArrayLike(values[0]);
  const flat = rows ? Array.from(values).flatMap(row => Array.from(row as number[])) : values;
  if (Array.isArray(flat)) {
    const odd = flat.findIndex(value => typeof value !== 'number');
    if (odd !== -1) {
      throw typeError(
        'figures.histogram',
        'values must be numbers',
        `${show(flat[odd])} at index ${odd} of ${name}`,
        'Convert them, with NaN where one is missing: NaN is counted and left out.'
      );
    }
  } else if (typeof (flat as ArrayLike<unknown>)[0] === 'bigint') {
    throw typeError(
      'figures.histogram',
      'values must be numbers',
      `bigints in ${name}`,
      'Convert them with Number(value).'
    );
  }
  return flat as ArrayLike<number>;
}

function checkBins(bins: number | undefined): number | undefined {
  if (bins !== undefined && !(Number.isInteger(bins) && bins >= 1 && bins <= 10_000)) {
    throw rangeError(
      'figures.histogram',
      '`bins` must be a whole number from 1 to 10000',
      `bins=${show(bins)}`,
      'Leave it out and the data choose it.'
    );
  }
  return bins;
}

/**
 * A histogram of one set of numbers, or of several over each other on the same bins. Bins are
 * equally wide on the axis: by ratio on a log axis. Values that are not finite, or have no place on
 * the axis, are left out and their number is stated. A million values take a fraction of a second.
 * @throws TypeError for anything but numbers; RangeError for a bad number of bins, or no set at all.
 * @example
 * const z = [5, 2, -1, 3];
 * figures.histogram({ z, zNorm: batchNorm(z) }, { title: 'z of the first layer' })
 */
export function histogram(
  values: HistogramValues | Readonly<Record<string, HistogramValues>>,
  options: HistogramOptions = {}
): Figure {
  knownOptions('figures.histogram', options, ['bins', 'axis', 'title', 'xLabel']);
  const wanted = checkBins(options.bins);
  const named: [string, unknown][] =
    isArrayLike(values) || typeof values !== 'object' || values === null
      ? [['values', values]]
      : Object.entries(values);
  if (named.length === 0 || named.length > LIMITS.series) {
    throw rangeError(
      'figures.histogram',
      `there must be 1 to ${LIMITS.series} sets of values`,
      `${named.length}`,
      'Pass an array, or an object of arrays by name.'
    );
  }
  const axis: Axis = { ...(options.axis ?? { label: 'value', scale: 'linear' }) };
  axis.label = options.xLabel ?? axis.label;
  // Values outside of a range given for searching are values all the same.
  delete axis.range;
  const sets = named.map(([name, set]) => {
    const numbers = readNumbers(name, set);
    return { name, total: numbers.length, ...positionsOf(axis, numbers) };
  });
  const payload: HistogramPayload = {
    kind: 'figure',
    version: 1,
    figure: 'histogram',
    title: options.title ?? `Histogram of ${axis.label}`,
    alt: '',
    axes: { x: axis, y: { label: 'count', scale: 'linear' } },
    columns: {},
    series: []
  };
  const places = concatenate(sets.map(set => set.places));
  const sentences: string[] = [];
  if (places.length === 0) {
    payload.note = 'There are no values to count.';
    sentences.push(payload.note);
  } else {
    const bins = sharedBins(axis, places, wanted);
    payload.columns.edges = encodeColumn(bins.edges);
    sets.forEach((set, i) => {
      const counts = `counts ${i}`;
      payload.columns[counts] = encodeColumn(countInto(bins, set.places));
      payload.series.push({ name: set.name, edges: 'edges', counts });
    });
    const { edges } = bins;
    const ends = [edges[0], edges[edges.length - 1]].map(edge => describeValue(axis, edge));
    sentences.push(`${edges.length - 1} bins from ${ends.join(' to ')}.`);
  }
  const sizes = sets.map(({ name, total }) => `${name} (${total})`).join(', ');
  for (const { name, left } of sets) {
    if (left > 0) sentences.push(`${left} of ${name} left out: no place on the axis.`);
  }
  payload.alt = `Histogram of ${axis.label}: ${sizes}. ${sentences.join(' ')}`;
  return new Figure(payload);
}

function concatenate(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
