/**
 * What a figure draws: panels of layers, in the quantities' own units. Kinds of figures make scenes, and one place
 * (`plotly/`) draws them, so a new kind needs no new drawing code. Plain data and pure: kernel and page share it.
 */
import type { Axis } from '../../scales/axis';
import type { ColorAxis, MarkSymbol } from '../format';

export type Numbers = ArrayLike<number>;

export interface Scene {
  /** Drawn in order. Their places make a grid: as many rows and columns as the highest named. */
  panels: Panel[];
  /** The scale of all layers that have `color` or `level`; one colour bar explains it. */
  color?: ColorAxis;
  /** A sentence across the figure, such as why it is empty. */
  note?: string;
}

export interface Panel {
  /** Place in the grid, counted from 0 at the top left. */
  row: number;
  column: number;
  /** Above this panel. Default: none. */
  title?: string;
  x: PanelAxis;
  y: PanelAxis;
  layers: Layer[];
}

export interface PanelAxis extends Axis {
  /** Axes with the same word have the same range, also while a reader zooms. Default: its own range. */
  shared?: string;
  /** The low end at the right, or at the top. Default: `false`. */
  reversed?: boolean;
  /** No line, ticks or label: around pictures, a simplex. Default: `false`. */
  hidden?: boolean;
  /** On `y`: a unit is as long as one on `x`. Default: `false`. */
  equal?: boolean;
  /** The quantity of trials that lies here: a reader can select some of it. Not stored. */
  quantity?: string;
}

interface LayerCommon {
  /** In the legend; layers of one name are listed once, those with an empty name not at all. */
  name: string;
  /** Layers of one group share a colour, counted in the order in which groups first appear. Default: the name. */
  group?: string;
  /** Drawn back: other trials, raw data below a smoothed line. Default: `false`. */
  faint?: boolean;
}

/** Marks at (x, y). */
export interface PointsLayer extends LayerCommon {
  kind: 'points';
  x: Numbers;
  y: Numbers;
  /** Values on the scene's colour axis. Default: the group's colour. */
  color?: Numbers;
  symbol?: MarkSymbol;
  /** Diameter in CSS pixels: one for all, above 0 and at most 100, or one each. Default: by their number. */
  size?: number | Numbers;
  /** What hovering shows, a line end begins a new line; a function is asked for one mark at a time. Default: x and y. */
  text?: readonly string[] | ((index: number) => string);
  /** Numbers of the trials that the marks stand for, so that a reader can select them. */
  trials?: Numbers;
}

/** A line through (x, y) in order, broken where a value is missing. */
export interface LineLayer extends LayerCommon {
  kind: 'line';
  x: Numbers;
  y: Numbers;
  dash?: boolean;
  /** Holds each value until the next x, as a best-so-far does. Default: `false`. */
  step?: boolean;
  /** A small mark at each point. Default: `false`. */
  markers?: boolean;
  /** CSS pixels. Default: `2`. */
  width?: number;
  /** Grey, whatever its group: frames and borders, lines that stand back. Default: `false`. */
  neutral?: boolean;
  /** The whole line's value on the scene's colour axis. Default: the group's colour. */
  level?: number;
  text?: readonly string[] | ((index: number) => string);
}

/** The area between `low` and `high` over x, half transparent. */
export interface BandLayer extends LayerCommon {
  kind: 'band';
  x: Numbers;
  low: Numbers;
  high: Numbers;
  /** A line around it. Default: `false`. */
  outline?: boolean;
  /** 0 to 1. Default: `0.25`. */
  opacity?: number;
}

/** Bars from `base` to `base + length`, one for each place in `at`. */
export interface BarsLayer extends LayerCommon {
  kind: 'bars';
  /** Which way they grow: `y` up, `x` to the right. */
  along: 'x' | 'y';
  /** Where on the other axis; on a category axis the index. */
  at: Numbers;
  length: Numbers;
  /** Default: 0. */
  base?: Numbers;
  /** In units of the other axis. Default: `0.8`. */
  thickness?: number;
  color?: Numbers;
  text?: readonly string[];
  trials?: Numbers;
}

/** Bars from `edges[i]` to `edges[i + 1]`, `counts[i]` high; over each other, half transparent. */
export interface HistogramLayer extends LayerCommon {
  kind: 'histogram';
  edges: Numbers;
  counts: Numbers;
}

/** Cells in the colours of the scene's colour axis. */
export interface HeatLayer extends LayerCommon {
  kind: 'heat';
  /** Borders of the cells, columns + 1 and rows + 1, evenly spaced on their axes. On a category axis -0.5, 0.5, … */
  x: Numbers;
  y: Numbers;
  /** Row after row, the first at `y[0]`; NaN is left blank. */
  values: Numbers;
  /** Written in the cells, in the order of `values`. Default: nothing. */
  labels?: readonly string[];
  /** 0 to 1. Default: `1`. */
  opacity?: number;
}

/** Lines (or filled areas) of equal value, of a surface given on a grid. */
export interface ContourLayer extends LayerCommon {
  kind: 'contour';
  /** Of the columns and rows: increasing. */
  x: Numbers;
  y: Numbers;
  /** Row after row, the first at `y[0]`. */
  values: Numbers;
  filled?: boolean;
  /** About how many levels. Default: `12`. */
  levels?: number;
}

/** A picture between two places on each axis; the first row of pixels is at `y[1]`. */
export interface ImageLayer extends LayerCommon {
  kind: 'image';
  x: readonly [number, number];
  y: readonly [number, number];
  rows: number;
  columns: number;
  /** 1 grey, 3 red, green and blue. */
  channels: 1 | 3;
  /** 0 to 255, row after row. */
  pixels: Numbers;
  text?: string;
}

/** A line across the panel at one value of an axis, with a few words along it. */
export interface RuleLayer extends LayerCommon {
  kind: 'rule';
  axis: 'x' | 'y';
  at: number;
  label?: string;
}

/** Words at places. */
export interface LabelsLayer extends LayerCommon {
  kind: 'labels';
  x: Numbers;
  y: Numbers;
  text: readonly string[];
  /** Which side of the place they stand on. Default: `middle`. */
  place?: 'middle' | 'above' | 'below' | 'left' | 'right';
  /** On the figure's background, above everything else: where lines would run through the words. Default: `false`. */
  backed?: boolean;
}

export type Layer =
  | PointsLayer
  | LineLayer
  | BandLayer
  | BarsLayer
  | HistogramLayer
  | HeatLayer
  | ContourLayer
  | ImageLayer
  | RuleLayer
  | LabelsLayer;
