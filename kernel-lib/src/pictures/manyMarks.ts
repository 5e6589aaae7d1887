/** Takes the marks of crowded series out of a spec, and brings them back as one image. */
import { colorMap, parseHex } from '../figures/colors';
import type { Rgb } from '../figures/colors';
import type { ColorAxisLayout } from '../figures/layout';
import { MarkImage } from './markImage';
import type { DomNode, DomWindow } from './packages';
import { encodePng } from './png';

/**
 * Above this many marks in all, the crowded series become an image: an SVG of more would be too
 * large to be stored, and 5,000 marks take jsdom four times as long as one image.
 */
export const MOST_VECTOR_MARKS = 1000;

// Series with few marks (the best trial, the failed ones) stay as they are.
const CROWDED = 200;

// Pixels of the image for each CSS pixel.
const DENSITY = 2;

type Place = number | null;

interface ScatterTrace {
  type: string;
  mode: string;
  x: Place[];
  y: Place[];
  marker: {
    color: string | Place[];
    size: number;
    symbol: string;
    opacity?: number;
  };
}

interface Spec {
  data: object[];
  layout: {
    coloraxis?: ColorAxisLayout;
  };
}

/** The part of a drawn Plotly axis that places marks. */
export interface DrawnAxis {
  _length: number;
  d2p(value: number): number;
}

function isMarks(trace: object): trace is ScatterTrace {
  return (trace as ScatterTrace).type === 'scatter' && (trace as ScatterTrace).mode === 'markers';
}

/** Indices of the marks that lie furthest out: Plotly finds the same ranges from them as from all. */
function extremes({ x, y }: ScatterTrace): number[] {
  const far = new Map<string, { index: number; value: number }>();
  for (let i = 0; i < x.length; i++) {
    if (x[i] === null || y[i] === null) continue;
    for (const [side, value] of [
      ['left', -x[i]!],
      ['right', x[i]!],
      ['bottom', -y[i]!],
      ['top', y[i]!]
    ] as const) {
      if (value > (far.get(side)?.value ?? -Infinity)) far.set(side, { index: i, value });
    }
  }
  return [...new Set([...far.values()].map(({ index }) => index))];
}

/** The spec without crowded marks, and those marks. Few marks: the spec as it is, and none. */
export function splitCrowded(spec: Spec): { spec: Spec; crowded: ScatterTrace[] } {
  const total = spec.data.filter(isMarks).reduce((sum, { x }) => sum + x.length, 0);
  const crowded = spec.data.filter(isMarks).filter(({ x }) => x.length > CROWDED);
  if (total <= MOST_VECTOR_MARKS) {
    return { spec, crowded: [] };
  }
  const data = spec.data.map(trace => {
    if (!crowded.includes(trace as ScatterTrace)) return trace;
    const marks = trace as ScatterTrace;
    const kept = extremes(marks);
    const { color } = marks.marker;
    return {
      ...marks,
      x: kept.map(i => marks.x[i]),
      y: kept.map(i => marks.y[i]),
      text: undefined,
      customdata: undefined,
      marker: {
        ...marks.marker,
        color: Array.isArray(color) ? kept.map(i => color[i]) : color
      }
    };
  });
  return { spec: { ...spec, data }, crowded };
}

/** Draws the crowded marks into an image and puts it below the marks that Plotly has drawn. */
export function insertCrowded(
  window: DomWindow,
  plot: DomNode,
  axes: { x: DrawnAxis; y: DrawnAxis },
  layout: Spec['layout'],
  crowded: readonly ScatterTrace[]
): void {
  const layer = plot.querySelector('.scatterlayer');
  if (crowded.length === 0 || !layer) return;
  const [width, height] = [axes.x._length, axes.y._length];
  const image = new MarkImage(Math.ceil(width * DENSITY), Math.ceil(height * DENSITY));
  const { coloraxis } = layout;
  const toColor = coloraxis && colorMap(coloraxis.colorscale, coloraxis.cmin, coloraxis.cmax);
  for (const { x, y, marker } of crowded) {
    const { color, size, symbol, opacity = 1 } = marker;
    const plain: Rgb = typeof color === 'string' ? parseHex(color) : [68, 68, 68];
    for (let i = 0; i < x.length; i++) {
      if (x[i] === null || y[i] === null) continue;
      const value = Array.isArray(color) ? color[i] : null;
      image.mark(
        axes.x.d2p(x[i]!) * DENSITY,
        axes.y.d2p(y[i]!) * DENSITY,
        (size / 2) * DENSITY,
        toColor && value !== null ? toColor(value) : plain,
        opacity,
        symbol
      );
    }
  }
  const png = encodePng(image.pixels(), image.width, image.height).toString('base64');
  const node = window.document.createElementNS('http://www.w3.org/2000/svg', 'image');
  node.setAttribute('width', String(image.width / DENSITY));
  node.setAttribute('height', String(image.height / DENSITY));
  node.setAttribute('href', `data:image/png;base64,${png}`);
  layer.insertBefore(node, layer.firstChild);
}
