/** What a figure is when it travels or is stored: FORMAT.md as types and limits. */
import type { Axis } from '../scales/axis';
import type { Column } from './columns';

/** MIME type of everything that tunelab shows. */
export const FIGURE_MIME = 'application/vnd.tunelab.v1+json';

/** Newest version of kind `figure` that this code reads, and the one that it writes. */
export const FIGURE_VERSION = 1;

/** The largest payload that a reader accepts. */
export const LIMITS = {
  /** Bytes of all columns, decoded; a character of a string counts 2. */
  columnBytes: 64 * 1024 * 1024,
  /** Columns of one figure. */
  columns: 10_000,
  /** Series of one figure. */
  series: 1000,
  /** Marks of all series together; a column that two series use counts twice. */
  marks: 8 * 1024 * 1024,
  /** Characters of a title, an alt text, a label, a name or a note. */
  text: 10_000,
  /** Categories of one axis. */
  categories: 10_000,
  /** Lines with words on the curves of one figure. */
  curveMarks: 200
} as const;

/** An axis along which colour changes. */
export interface ColorAxis extends Axis {
  /** Which end of the scale is the good one; it is drawn to stand out. Default: neither. */
  better?: 'low' | 'high';
  /** The middle of the range stands for nothing, such as 0, and both ends stand out. Default: `false`. */
  diverging?: boolean;
}

export const SYMBOLS = ['circle', 'cross', 'diamond', 'star'] as const;
export type MarkSymbol = (typeof SYMBOLS)[number];

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

interface FigureCommon {
  kind: 'figure';
  version: 1;
  title: string;
  /** The figure in words, for those who do not see it. */
  alt: string;
  axes: { x: Axis; y: Axis; color?: ColorAxis };
  columns: Record<string, Column>;
  /** A sentence across the plot, such as why it is empty. */
  note?: string;
}

export interface ScatterPayload extends FigureCommon {
  figure: 'scatter';
  series: ScatterSeries[];
}

export interface HistogramPayload extends FigureCommon {
  figure: 'histogram';
  series: HistogramSeries[];
}

/** Something that happened at `x`: a dotted line from bottom to top with a few words. */
export interface CurveMark {
  x: number;
  label: string;
}

export interface CurvesPayload extends FigureCommon {
  figure: 'curves';
  series: CurveSeries[];
  marks?: CurveMark[];
}

/** A figure as plain data: JSON writes and reads it without loss. */
export type FigurePayload = ScatterPayload | HistogramPayload | CurvesPayload;
