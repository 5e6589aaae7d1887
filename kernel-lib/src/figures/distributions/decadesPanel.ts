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

/** Bars of all decades, which together are 100 %, and the percentage of each decade above it. */
export function decadesPanel(axis: Axis, decades: readonly DecadeSamples[], row: number): Panel {
  const total = decades.reduce((sum, { values }) => sum + values.length, 0);
  const bars =
    axis.scale === 'linear' ? stacked(axis, decades, total) : beside(axis, decades, total);
  return {
    row,
    column: 0,
    x: axis,
    y: { label: 'share of samples (%)', scale: 'linear', range: [0, 1.12 * highest(bars)] },
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

/** How high the bars of a decade reach. */
function top(layer: BarsLayer | HistogramLayer): number {
  const heights = layer.kind === 'bars' ? layer.length : layer.counts;
  return Array.from(heights).reduce(
    (most, height, i) =>
      height > 0 ? Math.max(most, height + (layer.kind === 'bars' ? layer.base![i] : 0)) : most,
    0
  );
}

function highest(bars: readonly (BarsLayer | HistogramLayer)[]): number {
  return bars.reduce((most, layer) => Math.max(most, top(layer)), 0);
}

function percentagesAbove(
  axis: Axis,
  decades: readonly DecadeSamples[],
  bars: readonly (BarsLayer | HistogramLayer)[]
): LabelsLayer {
  const whole = span(axis, decades[0].low, decades[decades.length - 1].high);
  const wide = decades.flatMap((decade, i) =>
    span(axis, decade.low, decade.high) >= NARROW * whole ? [{ ...decade, top: top(bars[i]) }] : []
  );
  return {
    kind: 'labels',
    name: '',
    x: wide.map(({ low, high }) =>
      valueAt(axis, (position(axis, low)! + position(axis, high)!) / 2)
    ),
    y: wide.map(decade => decade.top),
    text: wide.map(({ share }) => writtenShare(share)),
    place: 'above'
  };
}
