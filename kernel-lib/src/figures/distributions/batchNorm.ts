import { knownOptions, rangeError, show, typeError } from '../../errors';
import { count } from '../../numeric/options';
import { moments } from '../../numeric/stats';
import type { Axis } from '../../scales/axis';
import type { Figure } from '../figure';
import { sceneFigure } from '../scene/store';
import type { Layer } from '../scene/scene';
import { checkBins, countSets, describeCounted, NOTHING } from './counted';
import { readNumbers, readRows, type HistogramValues } from './sets';
import { writtenMoments } from './written';

/** The stages of batch norm; rows are examples, columns are units. */
export interface BatchNormStages {
  /** Before batch norm. */
  z: HistogramValues;
  /** (z - mu) / √(sigma² + epsilon). Default: not drawn. */
  zNorm?: HistogramValues;
  /** gamma zNorm + beta. Default: not drawn. */
  zTilde?: HistogramValues;
}

/** Options of `figures.batchNorm`. */
export interface BatchNormFigureOptions {
  /** One unit of the layer: a column of the matrices, from 0. Default: all units together. */
  unit?: number;
  /** Number of bins, a whole number from 1 to 10,000. Default: Freedman and Diaconis, at most 200. */
  bins?: number;
  /** Default: one that says what is drawn. */
  title?: string;
}

const STAGES: readonly { key: keyof BatchNormStages; title: string }[] = [
  { key: 'z', title: 'z' },
  { key: 'zNorm', title: 'zNorm' },
  { key: 'zTilde', title: 'z̃' }
];

/**
 * What batch norm does to a layer: histograms of z, zNorm and z̃ side by side on the same axes, with mean and standard
 * deviation (biased, as the lecture's) written above and the mean as a line. Values that are not finite are left out.
 *
 * @param stages z, and one or both of zNorm and zTilde
 * @throws TypeError for anything but numbers; RangeError for fewer than two stages, a unit that is not there, a bad
 *   number of bins or an unknown option.
 * @example
 * const z = [[4, -1], [6, 3], [5, 8], [9, 2]];
 * figures.batchNorm({ z, zNorm: batchNorm(z), zTilde: batchNorm(z, { gamma: 2, beta: 1 }) })
 * @see lecture, "Normalizing activations in a network"; Ioffe and Szegedy 2015, algorithm 1.
 */
export function batchNorm(stages: BatchNormStages, options: BatchNormFigureOptions = {}): Figure {
  const where = 'figures.batchNorm';
  knownOptions(where, options, ['unit', 'bins', 'title']);
  const bins = checkBins(where, options.bins);
  const given = readStages(where, stages);
  const sets = given.map(({ key, title }) => ({
    name: title,
    values:
      options.unit === undefined
        ? readNumbers(where, key, stages[key])
        : columnOf(where, key, stages[key], options.unit)
  }));
  const axis: Axis = { label: 'value', scale: 'linear' };
  const counted = countSets(axis, sets, bins);
  const empty = counted.edges.length === 0;
  const written = sets.map(({ name, values }) => {
    const found = moments(values);
    return { name, mean: found.mean, text: writtenMoments(found) };
  });
  const unit = options.unit === undefined ? '' : ` of unit ${options.unit}`;
  return sceneFigure({
    figure: 'batchNorm',
    title: options.title ?? `Before and after batch norm${unit && `:${unit.slice(3)}`}`,
    alt:
      `Histograms${unit} before and after batch norm, side by side on the same axes. ` +
      `${written.map(({ name, text }) => `${name}: ${text}`).join('; ')}. ` +
      describeCounted(axis, counted),
    scene: {
      panels: written.map(({ name, mean, text }, column) => {
        const bars: Layer = {
          kind: 'histogram',
          name: '',
          group: name,
          edges: counted.edges,
          counts: counted.sets[column].counts
        };
        return {
          row: 0,
          column,
          title: `${name}: ${text}`,
          x: { ...axis, shared: 'values' },
          y: { label: 'count', scale: 'linear', shared: 'counts' },
          layers: empty ? [] : [bars, ...meanLine(mean)]
        };
      }),
      ...(empty && { note: NOTHING })
    }
  });
}

/** A line at the mean, where there is one. */
export function meanLine(mean: number): Layer[] {
  return Number.isFinite(mean) ? [{ kind: 'rule', name: '', axis: 'x', at: mean }] : [];
}

function readStages(where: string, stages: unknown): typeof STAGES {
  if (typeof stages !== 'object' || stages === null) {
    throw typeError(
      where,
      'the stages come in an object with `z` and `zNorm`, `zTilde` or both',
      show(stages),
      'Write figures.batchNorm({ z, zNorm: batchNorm(z) }).'
    );
  }
  const keys = Object.keys(stages);
  const given = STAGES.filter(({ key }) => (stages as Partial<BatchNormStages>)[key] !== undefined);
  const odd = keys.find(key => !STAGES.some(stage => stage.key === key));
  if (odd !== undefined || given[0]?.key !== 'z' || given.length < 2) {
    throw rangeError(
      where,
      'the stages must be `z`, and `zNorm`, `zTilde` or both',
      odd === undefined
        ? `only ${keys.map(key => `\`${key}\``).join(', ') || 'none'}`
        : `\`${odd}\``,
      'Write figures.batchNorm({ z, zNorm: batchNorm(z) }).'
    );
  }
  return given;
}

function columnOf(where: string, name: string, input: unknown, unit: number): Float64Array {
  const rows = readRows(where, name, input);
  const at = count(where, 'unit', unit, 0);
  const short = rows.find(row => at >= row.length);
  if (short) {
    throw rangeError(
      where,
      '`unit` must be a column of every row',
      `unit=${at} where ${name} has a row of ${short.length}`,
      'Columns count from 0; of a typed array without rows leave `unit` out.'
    );
  }
  return Float64Array.from(rows, row => row[at]);
}
