/** What the drawing of a layer is given and gives back. */
import type { FigureTheme } from '../theme';
import type { Coordinates } from './coordinates';
import type { ColorMapping } from './colorScale';
import type { Numbers } from '../scene/scene';

/** An object for Plotly. */
export type Plain = Record<string, unknown>;

/** CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Where and how a layer is drawn. */
export interface LayerPlace {
  theme: FigureTheme;
  /** Axes of the panel, and how Plotly calls them: `x2`. */
  x: Coordinates;
  y: Coordinates;
  refs: { xaxis: string; yaxis: string };
  /** Positions at the ends of the axes, and how long these are. */
  ranges: { x: [number, number]; y: [number, number] };
  size: Size;
  /** Size of small texts. */
  fontSize: number;
  /** Colour of the layer's group, and how often the palette has been used up before. */
  color: string;
  round: number;
  /** The scale of values, where the scene has one. */
  scale?: ColorMapping;
  /** Nobody will point at it: no texts that only hovering shows. */
  still: boolean;
  /** Marks are asked for their texts one by one. */
  asked: boolean;
  /** Draw marks with WebGL. */
  webgl: boolean;
}

/** A trace, and what is asked about its marks later on. */
export interface Trace {
  spec: Plain;
  /** What hovering over mark `index` shows, where Plotly has not been told. */
  hover?: (index: number) => string;
  /** Numbers of the trials that its marks stand for. */
  trials?: Numbers;
}

export interface Drawn {
  traces: Trace[];
  /** What the legend shows instead of the first trace, whose own sign would mislead; `false`: nothing. */
  sign?: Plain | false;
  images?: Plain[];
  shapes?: Plain[];
  annotations?: Plain[];
}
