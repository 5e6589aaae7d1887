/** How far the marks of layers reach along the axes, in positions. */
import type { Layer, Numbers, Panel } from '../scene/scene';
import type { Coordinates } from './coordinates';

/** Lowest and highest position, and which ends need room for marks to be drawn whole. */
export interface Extent {
  low: number;
  high: number;
  /** Share of the length that is added at each end. */
  roomBelow: number;
  roomAbove: number;
}

// Room at both ends of a range, so that marks on its ends are drawn whole.
const ROOM = 0.04;
const ROOM_OF_LINES = 0.02;

class Reach {
  low = Infinity;
  high = -Infinity;

  constructor(readonly coordinates: Coordinates) {}

  value(value: number): void {
    const place = this.coordinates.place(value);
    if (place === null) return;
    if (place < this.low) this.low = place;
    if (place > this.high) this.high = place;
  }

  values(values: Numbers): void {
    for (let i = 0; i < values.length; i++) this.value(values[i]);
  }
}

function reach(layer: Layer, x: Reach, y: Reach): void {
  switch (layer.kind) {
    case 'points':
    case 'line':
    case 'labels':
    case 'contour':
    case 'heat':
      x.values(layer.x);
      y.values(layer.y);
      return;
    case 'image':
      x.values(layer.x);
      y.values(layer.y);
      return;
    case 'band':
      x.values(layer.x);
      y.values(layer.low);
      y.values(layer.high);
      return;
    case 'histogram':
      x.values(layer.edges);
      y.value(0);
      y.values(layer.counts);
      return;
    case 'bars': {
      const [along, across] = layer.along === 'x' ? [x, y] : [y, x];
      const half = (layer.thickness ?? 0.8) / 2;
      for (let i = 0; i < layer.at.length; i++) {
        const base = layer.base?.[i] ?? 0;
        along.value(base);
        along.value(base + layer.length[i]);
        across.value(layer.at[i] - half);
        across.value(layer.at[i] + half);
      }
      return;
    }
    case 'rule':
      (layer.axis === 'x' ? x : y).value(layer.at);
  }
}

// These fill their rectangle: room around them would be a white frame.
const FILLS: ReadonlySet<Layer['kind']> = new Set(['heat', 'contour', 'image']);
const LINES: ReadonlySet<Layer['kind']> = new Set(['line', 'band', 'rule', 'histogram']);

/** Whether bars of a layer grow along an axis, from a base on which they stand. */
function standsOn(layer: Layer, letter: 'x' | 'y'): boolean {
  return layer.kind === 'histogram'
    ? letter === 'y'
    : layer.kind === 'bars' && layer.along === letter;
}

function rooms(panel: Panel, letter: 'x' | 'y', low: number, high: number): [number, number] {
  if (panel.layers.some(({ kind }) => FILLS.has(kind)) || panel[letter].scale === 'category') {
    return [0, 0];
  }
  const lines = letter === 'x' && panel.layers.every(({ kind }) => LINES.has(kind));
  const room = lines ? ROOM_OF_LINES : ROOM;
  const standing = panel.layers.some(layer => standsOn(layer, letter));
  return standing
    ? [low >= 0 && panel[letter].scale !== 'log' ? 0 : room, high <= 0 ? 0 : room]
    : [room, room];
}

/** What the layers of a panel take along one axis, or what the axis says; `undefined` when neither has a place. */
function extentAlong(panel: Panel, letter: 'x' | 'y', found: Reach): Extent | undefined {
  const axis = panel[letter];
  if (axis.scale === 'category') {
    const count = Math.max(axis.categories?.length ?? 1, 1);
    return { low: -0.5, high: count - 0.5, roomBelow: 0, roomAbove: 0 };
  }
  let { low, high } = found;
  if (axis.range) {
    const ends = new Reach(found.coordinates);
    ends.values(axis.range);
    if (ends.low <= ends.high) ({ low, high } = ends);
  } else if (axis.scale === 'log' && panel.layers.some(layer => standsOn(layer, letter))) {
    // Bars of one stand on half of one, else they could not be seen.
    low -= 0.3;
  }
  if (!(low <= high)) return undefined;
  const [roomBelow, roomAbove] = rooms(panel, letter, low, high);
  return { low, high, roomBelow, roomAbove };
}

/** The extents of both axes of a panel. */
export function extentsOf(
  panel: Panel,
  x: Coordinates,
  y: Coordinates
): { x?: Extent; y?: Extent } {
  const reaches = { x: new Reach(x), y: new Reach(y) };
  for (const layer of panel.layers) reach(layer, reaches.x, reaches.y);
  return { x: extentAlong(panel, 'x', reaches.x), y: extentAlong(panel, 'y', reaches.y) };
}

/** One extent around several: axes that are shared. */
export function around(extents: readonly (Extent | undefined)[]): Extent | undefined {
  const known = extents.filter(extent => extent !== undefined);
  if (known.length === 0) return undefined;
  return {
    low: Math.min(...known.map(({ low }) => low)),
    high: Math.max(...known.map(({ high }) => high)),
    roomBelow: Math.max(...known.map(({ roomBelow }) => roomBelow)),
    roomAbove: Math.max(...known.map(({ roomAbove }) => roomAbove))
  };
}

/** The range of an axis: the extent and its room; a single value gets some on both sides. */
export function rangeOf({ low, high, roomBelow, roomAbove }: Extent): [number, number] {
  const size = Math.max(Math.abs(low), Math.abs(high));
  // A span that vanishes beside its values has no ticks: Plotly would look for them for ever.
  if (high - low <= size * 1e-9) {
    const half = size === 0 || size > 1 ? Math.max(0.5, size * 0.05) : size * 0.5;
    return [low - half, high + half];
  }
  const span = high - low;
  return [low - roomBelow * span, high + roomAbove * span];
}
