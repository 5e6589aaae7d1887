/** What all versions of a payload share: the MIME type, limits, colour axes, marks. */
import type { Axis } from '../../scales/axis';
import type { Column } from '../columns';

/** MIME type of everything that tunelab shows. */
export const FIGURE_MIME = 'application/vnd.tunelab.v1+json';

/** Newest version of kind `figure` that this code reads, and the one that it writes. */
export const FIGURE_VERSION = 2;

/** The largest payload that a reader accepts. */
export const LIMITS = {
  /** Bytes of all columns, decoded; a string counts 8 and a character of it 2. */
  columnBytes: 64 * 1024 * 1024,
  /** Columns of one figure. */
  columns: 10_000,
  /** Series of one figure of version 1. */
  series: 1000,
  /** Panels of one figure. */
  panels: 1000,
  /** Rows and columns of the grid of panels. */
  grid: 1000,
  /** Layers of one figure, and panels together. */
  layers: 5000,
  /** Marks of all layers together; a column that two layers use counts twice. */
  marks: 8 * 1024 * 1024,
  /** Characters of a title, an alt text, a label, a name or a note. */
  text: 10_000,
  /** Categories of one axis. */
  categories: 10_000,
  /** Lines with words on the curves of one figure of version 1. */
  curveMarks: 200,
  /** Trials of one study. */
  trials: 2 * 1024 * 1024,
  /** Trials times their values and hyperparameters. */
  cells: 16 * 1024 * 1024,
  hyperparameters: 1000,
  objectives: 100,
  /** Names, labels, ranges and the like in a view. */
  viewEntries: 10_000
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

/** What a figure of any version has. */
export interface FigureCommon {
  kind: 'figure';
  title: string;
  /** The figure in words, for those who do not see it. */
  alt: string;
  columns: Record<string, Column>;
  /** A sentence across the plot, such as why it is empty. */
  note?: string;
}
