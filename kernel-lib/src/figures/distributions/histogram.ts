import { knownOptions } from '../../errors';
import { flag } from '../../numeric/options';
import type { Axis } from '../../scales/axis';
import type { Figure } from '../figure';
import type { PanelAxis, Scene } from '../scene/scene';
import { sceneFigure } from '../scene/store';
import { checkBins, countSets, describeCounted, NOTHING, type Counted } from './counted';
import { readSets, type HistogramValues } from './sets';

/** Options of `figures.histogram`. */
export interface HistogramOptions {
  /** Number of bins, a whole number from 1 to 10,000. Default: Freedman and Diaconis, at most 200. */
  bins?: number;
  /** The axis of the values, for example `scale.axis('learning rate')`. Default: linear. */
  axis?: Axis;
  /** Counts on a log axis, so that rare values are seen beside frequent ones; a bin without values has no bar. Default: `false`. */
  logY?: boolean;
  /** Default: one that says what is drawn. */
  title?: string;
  /** Label of the x axis. Default: the axis's own, or `value`. */
  xLabel?: string;
}

/**
 * A histogram of one set of numbers, or of several over each other on the same bins. Bins are
 * equally wide on the axis: by ratio on a log axis. Values that are not finite, or have no place on
 * the axis, are left out and their number is stated. A million values take a fraction of a second.
 * @throws TypeError for anything but numbers; RangeError for a bad number of bins, an unknown option, or no set at all.
 * @example
 * const z = [5, 2, -1, 3];
 * figures.histogram({ z, zNorm: batchNorm(z) }, { title: 'z of the first layer' })
 */
export function histogram(
  values: HistogramValues | Readonly<Record<string, HistogramValues>>,
  options: HistogramOptions = {}
): Figure {
  const where = 'figures.histogram';
  knownOptions(where, options, ['bins', 'axis', 'logY', 'title', 'xLabel']);
  const bins = checkBins(where, options.bins);
  const logY = flag(where, 'logY', options.logY ?? false);
  const sets = readSets(where, values);
  const axis = valueAxis(options.axis, options.xLabel);
  const counted = countSets(axis, sets, bins);
  const sizes = counted.sets.map(({ name, total }) => `${name} (${total})`).join(', ');
  return sceneFigure({
    figure: 'histogram',
    title: options.title ?? `Histogram of ${axis.label}`,
    alt: `Histogram of ${axis.label}: ${sizes}. ${describeCounted(axis, counted)}`,
    scene: histogramScene(axis, counted, logY)
  });
}

/** The axis on which values are counted. Values outside of a range given for searching are values all the same. */
export function valueAxis(given: Axis | undefined, label: string | undefined): Axis {
  const axis: Axis = { ...(given ?? { label: 'value', scale: 'linear' }) };
  delete axis.range;
  return { ...axis, label: label ?? axis.label };
}

function histogramScene(axis: Axis, { edges, sets }: Counted, logY: boolean): Scene {
  const empty = edges.length === 0;
  return {
    panels: [
      {
        row: 0,
        column: 0,
        x: axis,
        y: logY ? logCounts(sets.map(({ counts }) => counts)) : { label: 'count', scale: 'linear' },
        layers: empty
          ? []
          : sets.map(({ name, counts }) => ({ kind: 'histogram' as const, name, edges, counts }))
      }
    ],
    ...(empty && { note: NOTHING })
  };
}

/** A log axis on which a bar for one value can be seen: 1 is not at the bottom. */
function logCounts(counts: readonly Uint32Array[]): PanelAxis {
  const most = counts.reduce((all, set) => set.reduce((a, b) => Math.max(a, b), all), 1);
  return { label: 'count', scale: 'log', range: [0.7, Math.max(2, most)] };
}
