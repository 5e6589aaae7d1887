/** Cells and pixels as one image between two places on each axis. */
import type { Pixels } from '../png';
import { pngUri } from '../png';
import type { LayerPlace, Plain } from '../drawing';

/** Positions of an image's borders. */
export interface Borders {
  x: [number, number];
  y: [number, number];
}

/**
 * How many pixels one cell takes in each direction: browsers smooth an image that they enlarge, so cells come as
 * large as they are seen on a screen with two pixels for each CSS pixel.
 */
function enlargement(cells: number, length: number): number {
  return Math.max(1, Math.min(Math.ceil((2 * length) / cells), Math.floor(2000 / cells)));
}

/** How much of an axis lies between two positions, in CSS pixels. */
function lengthOn([from, to]: [number, number], range: [number, number], pixels: number): number {
  const share = Math.abs(to - from) / Math.abs(range[1] - range[0] || 1);
  return Math.min(1, share) * pixels;
}

/** A Plotly image of `source`, whose first row lies at `borders.y[1]` and first column at `borders.x[0]`. */
export function placeImage(source: Pixels, { x, y }: Borders, place: LayerPlace): Plain {
  const { axis: xAxis } = place.x;
  const { axis: yAxis } = place.y;
  // Plotly draws images upright between their left and upper ends, however the axes run.
  const leftIsLow = xAxis.reversed !== true;
  const topIsHigh = yAxis.reversed !== true;
  const [left, right] = leftIsLow ? sorted(x) : sorted(x).reverse();
  const [top, bottom] = topIsHigh ? sorted(y).reverse() : sorted(y);
  const flipX = left !== x[0];
  const flipY = top !== y[1];
  const wide = enlargement(source.width, lengthOn(x, place.ranges.x, place.size.width));
  const high = enlargement(source.height, lengthOn(y, place.ranges.y, place.size.height));
  return {
    source: pngUri(enlarge(source, wide, high, flipX, flipY)),
    xref: place.refs.xaxis,
    yref: place.refs.yaxis,
    x: left,
    y: top,
    sizex: Math.abs(right - left),
    sizey: Math.abs(top - bottom),
    xanchor: 'left',
    yanchor: 'top',
    sizing: 'stretch',
    layer: 'below'
  };
}

function sorted([a, b]: [number, number]): [number, number] {
  return a <= b ? [a, b] : [b, a];
}

function enlarge(
  source: Pixels,
  wide: number,
  high: number,
  flipX: boolean,
  flipY: boolean
): Pixels {
  const channels = source.palette ? 1 : 3;
  const [width, height] = [source.width * wide, source.height * high];
  const data = new Uint8Array(width * height * channels);
  const row = width * channels;
  for (let y = 0; y < source.height; y++) {
    const fromRow = (flipY ? source.height - 1 - y : y) * source.width;
    const start = y * high * row;
    for (let x = 0; x < width; x++) {
      const cell = Math.floor(x / wide);
      const from = (fromRow + (flipX ? source.width - 1 - cell : cell)) * channels;
      for (let channel = 0; channel < channels; channel++) {
        data[start + x * channels + channel] = source.data[from + channel];
      }
    }
    for (let copy = 1; copy < high; copy++) {
      data.copyWithin(start + copy * row, start, start + row);
    }
  }
  return { width, height, data, palette: source.palette };
}
