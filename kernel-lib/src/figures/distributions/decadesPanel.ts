/** Samples on an axis, coloured by decade. */
import type { Axis } from '../../scales/axis';
import { countInto, positionsOf, sharedBins, valueAt } from '../bins';
import { position } from '../positions';
import type { BarsLayer, HistogramLayer, LabelsLayer, Panel } from '../scene/scene';
import type { Decade } from './decades';
import { concatenate } from './sets';
import { writtenShare } from './written';

/** The samples of one decade. */
export interface DecadeSamples extends Decade {
  /** `0.001 to 0.01: 25 %` */
  name: string;
  /** Of all samples. */
  share: number;
  values: Float64Array;
}

/** About as many bars as a panel has room for. */
const BARS = 40;
/** A decade narrower than this share of the axis has no room for its percentage; the legend says it. */
const NARROW = 0.07;

/** Half the width of a percentage, as a share of the axis. */
const WORDS = 0.04;

/** Bars of all decades, which together are 100 %, and the percentage of each decade above it. */
export function decadesPanel(
  axis: Axis,
  decades: readonly DecadeSamples[],
  row: number,
  title?: string
): Panel {
  const total = decades.reduce((sum, { values }) => sum + values.length, 0);
  const bars =
    axis.scale === 'linear' ? stacked(axis, decades, total) : beside(axis, decades, total);
  return {
    row,
    column: 0,
    title,
    x: axis,
    y: { label: 'share of samples (%)', scale: 'linear', range: [0, 1.15 * highest(axis, bars)] },
    layers: [...bars, percentagesAbove(axis, decades, bars)]
  };
}

/** On an axis that is not theirs, decades end within bars: there they stand on each other. */
function stacked(axis: Axis, decades: readonly DecadeSamples[], total: number): BarsLayer[] {
  const places = concatenate(decades.map(({ values }) => values));
  const bins = sharedBins(axis, places, BARS);
  const count = bins.edges.length - 1;
  const at = Float64Array.from(
    { length: count },
    (_, i) => (bins.edges[i] + bins.edges[i + 1]) / 2
  );
  const tops = new Float64Array(count);
  return decades.map(({ name, values }) => {
    const base = tops.slice();
    const length = Float64Array.from(countInto(bins, values), n => (100 * n) / total);
    length.forEach((share, i) => (tops[i] += share));
    return {
      kind: 'bars',
      name,
      along: 'y',
      at,
      base,
      length,
      thickness: bins.edges[1] - bins.edges[0]
    };
  });
}

/** On their own axis bars end where decades do. */
function beside(axis: Axis, decades: readonly DecadeSamples[], total: number): HistogramLayer[] {
  const whole = span(axis, decades[0].low, decades[decades.length - 1].high);
  return decades.map(({ name, low, high, values }) => {
    const width = span(axis, low, high);
    // Whole numbers lie too unevenly in a decade for more than one bar.
    const count = axis.integer ? 1 : Math.max(1, Math.round((BARS * width) / whole));
    const from = Math.min(position(axis, low)!, position(axis, high)!);
    const bins = { low: from, high: from + width, edges: new Float64Array(count + 1) };
    bins.edges.forEach((_, i) => (bins.edges[i] = valueAt(axis, from + (width * i) / count)));
    const counts = countInto(bins, positionsOf(axis, values).places);
    return {
      kind: 'histogram',
      name,
      edges: bins.edges,
      counts: Float64Array.from(counts, n => (100 * n) / total)
    };
  });
}

function span(axis: Axis, low: number, high: number): number {
  return Math.abs(position(axis, high)! - position(axis, low)!);
}

type Bars = BarsLayer | HistogramLayer;

/** Where the bars of a layer stand, and how high they reach. */
function tops(layer: Bars): { at: number; top: number }[] {
  return layer.kind === 'bars'
    ? Array.from(layer.at, (at, i) => ({
        at,
        top: layer.length[i] && layer.base![i] + layer.length[i]
      }))
    : Array.from(layer.counts).flatMap((top, i) =>
        [layer.edges[i], layer.edges[i + 1]].map(at => ({ at, top }))
      );
}

/** How high bars reach whose places on the axis lie between two. */
function highest(axis: Axis, bars: readonly Bars[], from = -Infinity, to = Infinity): number {
  return bars.flatMap(tops).reduce((most, { at, top }) => {
    const place = position(axis, at) ?? from;
    return place >= from && place <= to ? Math.max(most, top) : most;
  }, 0);
}

function percentagesAbove(
  axis: Axis,
  decades: readonly DecadeSamples[],
  bars: readonly Bars[]
): LabelsLayer {
  const whole = span(axis, decades[0].low, decades[decades.length - 1].high);
  const wide = decades.filter(({ low, high }) => span(axis, low, high) >= NARROW * whole);
  const middles = wide.map(({ low, high }) => (position(axis, low)! + position(axis, high)!) / 2);
  // Above the bars over which the words stand.
  const reach = WORDS * whole;
  return {
    kind: 'labels',
    name: '',
    x: middles.map(middle => valueAt(axis, middle)),
    y: middles.map(middle => highest(axis, bars, middle - reach, middle + reach)),
    text: wide.map(({ share }) => writtenShare(share)),
    place: 'above'
  };
}
