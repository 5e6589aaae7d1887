/** Takes the marks of crowded traces out of a spec, and brings them back as one image for each panel. */
import { colorMap, parseHex } from '../figures/colors';
import type { Rgb } from '../figures/colors';
import type { ColorScale } from '../figures/theme';
import { MarkImage } from './markImage';
import type { DomNode, DomWindow } from './packages';
import { encodePng } from './png';

/**
 * Above this many marks in all, the crowded traces become images: an SVG of more would be too
 * large to be stored, and 5,000 marks take jsdom four times as long as one image.
 */
export const MOST_VECTOR_MARKS = 1000;

// Traces with few marks (the best trial, the failed ones) stay as they are.
const CROWDED = 200;

// Pixels of the image for each CSS pixel.
const DENSITY = 2;

interface MarkTrace {
  type: string;
  mode: string;
  x: ArrayLike<number | null>;
  y: ArrayLike<number | null>;
  xaxis: string;
  yaxis: string;
  marker: {
    color: string | ArrayLike<number | null>;
    coloraxis?: string;
    size: number | ArrayLike<number>;
    symbol: string;
    opacity?: number;
  };
}

interface Spec {
  data: object[];
  layout: object;
}

/** The part of a drawn Plotly axis that places marks. */
export interface DrawnAxis {
  _length: number;
  d2p(value: number): number;
}

/** The parts of Plotly's drawn layout that are read. */
export interface DrawnLayout {
  coloraxis?: { colorscale: ColorScale; cmin: number; cmax: number };
  _plots: Record<string, { xaxis: DrawnAxis; yaxis: DrawnAxis; plot: { node(): DomNode } }>;
}

function isMarks(trace: object): trace is MarkTrace {
  const { type, mode } = trace as MarkTrace;
  return type === 'scatter' && mode === 'markers';
}

/** The spec without crowded marks, and those marks. Few marks: the spec as it is, and none. */
export function splitCrowded<S extends Spec>(spec: S): { spec: S; crowded: MarkTrace[] } {
  const marks = spec.data.filter(isMarks);
  const total = marks.reduce((sum, { x }) => sum + x.length, 0);
  if (total <= MOST_VECTOR_MARKS) return { spec, crowded: [] };
  // Many panels with a few marks each are a crowd, too.
  const least = Math.min(CROWDED, MOST_VECTOR_MARKS / marks.length);
  const crowded = marks.filter(({ x }) => x.length > least);
  const data = spec.data.map(trace => {
    if (!crowded.includes(trace as MarkTrace)) return trace;
    const { marker, ...rest } = trace as MarkTrace;
    const color = typeof marker.color === 'string' ? marker.color : undefined;
    // Something is left for the panel to be drawn; ranges are the axes' own.
    return { ...rest, x: [null], y: [null], marker: { ...marker, color, size: 4 } };
  });
  return { spec: { ...spec, data }, crowded };
}

/** Draws the crowded marks into an image for each panel and puts it below the marks that Plotly has drawn. */
export function insertCrowded(
  window: DomWindow,
  layout: DrawnLayout,
  crowded: readonly MarkTrace[]
): void {
  const panels = new Map<string, MarkTrace[]>();
  for (const trace of crowded) {
    const id = `${trace.xaxis}${trace.yaxis}`;
    panels.set(id, [...(panels.get(id) ?? []), trace]);
  }
  const { coloraxis } = layout;
  const toColor = coloraxis && colorMap(coloraxis.colorscale, coloraxis.cmin, coloraxis.cmax);
  for (const [id, traces] of panels) {
    const panel = layout._plots[id];
    const layer = panel?.plot.node().querySelector('.scatterlayer');
    if (!layer) continue;
    const { xaxis, yaxis } = panel;
    const image = new MarkImage(
      Math.ceil(xaxis._length * DENSITY),
      Math.ceil(yaxis._length * DENSITY)
    );
    for (const trace of traces) drawMarks(image, trace, xaxis, yaxis, toColor);
    const png = encodePng(image.pixels(), image.width, image.height).toString('base64');
    const node = window.document.createElementNS('http://www.w3.org/2000/svg', 'image');
    node.setAttribute('width', String(image.width / DENSITY));
    node.setAttribute('height', String(image.height / DENSITY));
    node.setAttribute('href', `data:image/png;base64,${png}`);
    layer.insertBefore(node, layer.firstChild);
  }
}

// A mark whose value has no colour.
const UNKNOWN: Rgb = [125, 133, 144];

function drawMarks(
  image: MarkImage,
  { x, y, marker }: MarkTrace,
  xaxis: DrawnAxis,
  yaxis: DrawnAxis,
  toColor: ((value: number) => Rgb) | undefined
): void {
  const { color, size, symbol, opacity = 1 } = marker;
  const single: Rgb = typeof color === 'string' ? parseHex(color) : UNKNOWN;
  for (let i = 0; i < x.length; i++) {
    const [left, top] = [xaxis.d2p(x[i] ?? NaN) * DENSITY, yaxis.d2p(y[i] ?? NaN) * DENSITY];
    if (!Number.isFinite(left) || !Number.isFinite(top)) continue;
    const value = typeof color === 'string' ? NaN : (color[i] ?? NaN);
    const diameter = typeof size === 'number' ? size : size[i];
    const rgb = toColor && Number.isFinite(value) ? toColor(value) : single;
    image.mark(left, top, (diameter / 2) * DENSITY, rgb, opacity, symbol);
  }
}
