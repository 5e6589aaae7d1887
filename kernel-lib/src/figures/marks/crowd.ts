/**
 * Marks that are too many for SVG: they are taken out of a Plotly spec, and drawn as pixels for each panel. Pictures
 * and pages share this, so that they look the same. (Plotly's own WebGL marks take a browser without a graphics card
 * more than a second for each step of a pan, cannot be printed, and a page has 16 contexts for all of them.)
 */
import { colorMap, parseHex } from '../colors';
import type { Rgb } from '../colors';
import type { ColorScale } from '../theme';
import { stampOf } from './markImage';
import type { MarkImage, Stamp } from './markImage';

// Traces with few marks (the best trial, the failed ones) stay as they are.
const CROWDED = 200;

type Values = ArrayLike<number | null>;

interface Colors {
  color: string | Values;
  coloraxis?: string;
}

/** A trace of marks, as `sceneSpec` makes it. */
export interface MarkTrace {
  type: string;
  mode: string;
  x: Values;
  y: Values;
  xaxis: string;
  yaxis: string;
  marker: Colors & {
    size: number | ArrayLike<number>;
    symbol: string;
    opacity?: number;
    line?: Partial<Colors>;
  };
}

/** A crowded trace and its index in the spec. */
export interface Crowd {
  index: number;
  trace: MarkTrace;
}

interface Spec {
  data: object[];
  layout: object;
}

function isMarks(trace: object): trace is MarkTrace {
  const { type, mode } = trace as MarkTrace;
  return type === 'scatter' && mode === 'markers';
}

/** The spec without crowded marks, and those marks; of at most `most` marks nothing is taken. */
export function splitCrowded<S extends Spec>(spec: S, most: number): { spec: S; crowds: Crowd[] } {
  const marks = spec.data.filter(isMarks);
  // Traces of one mark are signs of the legend and best trials.
  const total = marks.reduce((sum, { x }) => sum + (x.length > 1 ? x.length : 0), 0);
  if (total <= most) return { spec, crowds: [] };
  // Many panels with a few marks each are a crowd, too.
  const least = Math.min(CROWDED, most / marks.length);
  const crowds: Crowd[] = [];
  const data = spec.data.map((trace, index) => {
    if (!isMarks(trace) || trace.x.length <= least) return trace;
    crowds.push({ index, trace });
    const { marker, ...rest } = trace;
    const color = typeof marker.color === 'string' ? marker.color : undefined;
    const size = 4;
    // Something is left for the panel to be drawn; ranges are the axes' own.
    return { ...rest, x: [null], y: [null], text: undefined, marker: { color, size } };
  });
  return { spec: { ...spec, data }, crowds };
}

/** The part of an axis that places marks, as Plotly has drawn it. */
export interface DrawnAxis {
  type: string;
  /** On a log axis powers of ten. */
  range: readonly [number, number];
  /** CSS pixels. */
  _length: number;
}

/** The colours of values, as Plotly has drawn them. */
export interface DrawnColors {
  colorscale: ColorScale;
  cmin: number;
  cmax: number;
}

/** Pixels from the left end, or from the top end, of an axis, of which each CSS pixel has `density`. */
export function placesOf(
  { type, range: [from, to], _length }: DrawnAxis,
  letter: 'x' | 'y',
  density: number
): (value: number) => number {
  const length = _length * density;
  const scale = (letter === 'x' ? length : -length) / (to - from);
  const start = (letter === 'x' ? 0 : length) - from * scale;
  return type === 'log'
    ? value => Math.log10(value) * scale + start
    : value => value * scale + start;
}

// A mark whose value has no colour.
const UNKNOWN: Rgb = [125, 133, 144];

/** Stamps by diameter, in steps of a half of a CSS pixel where each mark has its own. */
function stampsOf({ symbol, opacity = 1 }: MarkTrace['marker'], density: number) {
  const known = new Map<number, Stamp>();
  return (diameter: number): Stamp => {
    const size = Math.round(diameter * 2) / 2;
    let stamp = known.get(size);
    if (!stamp) {
      stamp = stampOf(symbol, size, density, opacity);
      known.set(size, stamp);
    }
    return stamp;
  };
}

/**
 * Draws the marks of a trace where the axes of its panel put them, under what is there: the last trace comes first.
 * @param step draws only every so many marks, where time is short
 */
export function drawCrowd(
  image: MarkImage,
  { x, y, marker }: MarkTrace,
  axes: { x: DrawnAxis; y: DrawnAxis },
  density: number,
  colors: DrawnColors | undefined,
  step = 1
): void {
  const across = placesOf(axes.x, 'x', density);
  const down = placesOf(axes.y, 'y', density);
  const toColor = colors && colorMap(colors.colorscale, colors.cmin, colors.cmax);
  // Open marks consist of their line.
  const values = marker.line?.coloraxis ? marker.line.color! : marker.color;
  const single: Rgb = typeof marker.color === 'string' ? parseHex(marker.color) : UNKNOWN;
  const stamps = stampsOf(marker, density);
  const { size } = marker;
  const shared = typeof size === 'number' ? stamps(size) : undefined;
  for (let i = x.length - 1; i >= 0; i -= step) {
    const [left, top] = [across(x[i] ?? NaN), down(y[i] ?? NaN)];
    // Far outside of the image, or without a place.
    if (!(Math.abs(left) < 1e6 && Math.abs(top) < 1e6)) continue;
    const value = typeof values === 'string' ? NaN : (values[i] ?? NaN);
    const rgb = toColor && Number.isFinite(value) ? toColor(value) : single;
    image.mark(left, top, shared ?? stamps((size as ArrayLike<number>)[i]), rgb);
  }
}
