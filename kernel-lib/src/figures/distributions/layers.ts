import { knownOptions, rangeError, show } from '../../errors';
import { count } from '../../numeric/options';
import { moments } from '../../numeric/stats';
import type { Axis } from '../../scales/axis';
import type { LayerActivations } from '../../training/activations';
import type { Figure } from '../figure';
import type { Layer } from '../scene/scene';
import { sceneFigure } from '../scene/store';
import { meanLine } from './batchNorm';
import { checkBins, countSets, describeCounted, NOTHING, percentages } from './counted';
import { valueAxis } from './histogram';
import { readSets, type HistogramValues, type NamedSet } from './sets';
import { shortMoments, writtenMoments, writtenShare } from './written';

/** Options of `figures.layers`. */
export interface LayersOptions {
  /** Panels in a row, a whole number >= 1. Default: up to 3 that fill their rows evenly. */
  columns?: number;
  /** Number of bins, a whole number from 1 to 10,000. Default: Freedman and Diaconis, at most 200. */
  bins?: number;
  /** The axis of the values. Default: linear. */
  axis?: Axis;
  /** Default: one that says what is drawn. */
  title?: string;
  /** Label of the x axes. Default: the axis's own, or `value`. */
  xLabel?: string;
}

/** More panels than this are too small to read. */
const MOST_PANELS = 64;
/** From this share on, exact zeros are a single bar that would dwarf all others. */
const MANY_ZEROS = 0.1;

/**
 * What each layer gives, side by side: one histogram a layer, as shares of its values, in the same bins of the same x
 * axis, with mean ± standard deviation and a line at the mean. Where a tenth or more of a layer's values are exactly 0,
 * as after ReLU, a line at 0 tells their share, and the bars are those of the others.
 *
 * @param of what `activations` returned, or sets of numbers by name
 * @throws TypeError for anything but numbers; RangeError for more than 64 layers, none, or an option that is unknown or
 *   out of its domain.
 * @example
 * const network = sequential([layers.dense(16), layers.relu(), layers.dense(10), layers.softmax()], { inputs: 64 });
 * figures.layers(activations(network, datasets.digits().dev.x))
 * @see Glorot and Bengio 2010, figures 2 to 4.
 */
export function layers(
  of: readonly LayerActivations[] | Readonly<Record<string, HistogramValues>>,
  options: LayersOptions = {}
): Figure {
  const where = 'figures.layers';
  knownOptions(where, options, ['columns', 'bins', 'axis', 'title', 'xLabel']);
  const bins = checkBins(where, options.bins);
  const sets = readLayers(where, of);
  const columns = count(where, 'columns', options.columns ?? evenColumns(sets.length));
  const axis = valueAxis(options.axis, options.xLabel);
  const parts = sets.map(set => apart(axis, set));
  const counted = countSets(axis, parts, bins);
  const empty = counted.edges.length === 0;
  const written = sets.map(({ values }, i) => {
    const found = moments(values);
    const { zeros } = parts[i];
    const off = zeros > 0 ? `${writtenShare(zeros)} are 0` : '';
    return {
      short: shortMoments(found),
      text: writtenMoments(found) + (off && `, ${off}`),
      lines: [...meanLine(found.mean), ...zeroLine(off)]
    };
  });
  return sceneFigure({
    figure: 'layers',
    title: options.title ?? 'Values of the layers',
    alt:
      `Histograms of ${sets.length} layer${sets.length === 1 ? '' : 's'} in the same bins. ` +
      `${sets.map(({ name }, i) => `${name}: ${written[i].text}`).join('; ')}. ` +
      describeCounted(axis, counted),
    scene: {
      panels: counted.sets.map((set, i) => ({
        row: Math.floor(i / columns),
        column: i % columns,
        title: `${set.name}: ${written[i].short}`,
        x: { ...axis, shared: 'values' },
        y: { label: 'share (%)', scale: 'linear' },
        layers: empty
          ? []
          : [
              {
                kind: 'histogram',
                name: '',
                // One colour for all: the panels' titles tell them apart.
                group: 'values',
                edges: counted.edges,
                counts: percentages(set)
              },
              ...written[i].lines
            ]
      })),
      ...(empty && { note: NOTHING })
    }
  });
}

/** A line at 0 that says how many values are there. */
function zeroLine(label: string): Layer[] {
  return label ? [{ kind: 'rule', name: '', axis: 'x', at: 0, label }] : [];
}

/** A set without its zeros where they are many and on the axis, and their share. */
function apart(axis: Axis, { name, values }: NamedSet): NamedSet & { zeros: number } {
  let zeros = 0;
  for (let i = 0; i < values.length; i++) {
    zeros += values[i] === 0 ? 1 : 0;
  }
  const many = axis.scale !== 'log' && zeros >= MANY_ZEROS * values.length && zeros < values.length;
  return many
    ? { name, values: Float64Array.from(values).filter(x => x !== 0), zeros: zeros / values.length }
    : { name, values, zeros: 0 };
}

/** As many columns, at most 3, as leave the last row the fullest. */
function evenColumns(panels: number): number {
  const rows = Math.ceil(panels / 3);
  return Math.max(1, Math.ceil(panels / rows));
}

function readLayers(where: string, of: unknown): NamedSet[] {
  const entries = Array.isArray(of) ? of.map(namedLayer) : undefined;
  if (entries?.includes(undefined) || entries?.length === 0) {
    throw rangeError(
      where,
      'layers are what `activations` returned, or sets of numbers by name',
      show(of),
      'Write figures.layers(activations(network, x)), or { first: z1, second: z2 }.'
    );
  }
  return readSets(
    where,
    entries ? Object.fromEntries(entries as [string, unknown][]) : of,
    MOST_PANELS
  );
}

function namedLayer(entry: unknown): [string, unknown] | undefined {
  const { layer, type, values } = (entry ?? {}) as Partial<LayerActivations>;
  return values !== undefined && type !== undefined ? [`${layer} ${type}`, values] : undefined;
}
