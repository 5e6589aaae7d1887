/** Kind `figure`, version 1: read for ever, and no longer written. */
import type { Axis } from '../../scales/axis';
import type { ColorAxis, FigureCommon, MarkSymbol } from './common';

/** Marks at (x, y); fields other than `name`, `symbol` and `size` name columns. */
export interface ScatterSeries {
  name: string;
  x: string;
  y: string;
  color?: string;
  text?: string;
  symbol?: MarkSymbol;
  /** Diameter of a mark in CSS pixels, above 0 and at most 100. */
  size?: number;
}

/** Bars from `edges[i]` to `edges[i + 1]`, `counts[i]` high. */
export interface HistogramSeries {
  name: string;
  edges: string;
  counts: string;
}

/** A line through (x, y) in order; it is broken where a value is missing. */
export interface CurveSeries {
  name: string;
  x: string;
  y: string;
  dash?: boolean;
  faint?: boolean;
  /** Series of one group share a colour. */
  group?: string;
}

export type Series = ScatterSeries | HistogramSeries | CurveSeries;

interface Common extends FigureCommon {
  version: 1;
  axes: { x: Axis; y: Axis; color?: ColorAxis };
}

export interface ScatterPayload extends Common {
  figure: 'scatter';
  series: ScatterSeries[];
}

export interface HistogramPayload extends Common {
  figure: 'histogram';
  series: HistogramSeries[];
}

/** Something that happened at `x`: a dotted line from bottom to top with a few words. */
export interface CurveMark {
  x: number;
  label: string;
}

export interface CurvesPayload extends Common {
  figure: 'curves';
  series: CurveSeries[];
  marks?: CurveMark[];
}

export type FigurePayload1 = ScatterPayload | HistogramPayload | CurvesPayload;
