import type { MarkSymbol } from '../../format';
import type { PointsLayer } from '../../scene/scene';
import { MUTED } from '../../theme';
import { MOST_PLAIN } from '../coordinates';
import { describeMark, hoverFields } from '../hover';
import type { Drawn, LayerPlace, Plain } from '../drawing';

const PLOTLY_SYMBOLS: Record<MarkSymbol, string> = {
  circle: 'circle',
  cross: 'x-thin',
  diamond: 'diamond-open',
  star: 'star'
};

/** Open marks, such as those of trials without a value, take no colour of the palette. */
export function isOpen(symbol: MarkSymbol | undefined): boolean {
  return symbol === 'cross' || symbol === 'diamond';
}

const STAR = 17;
const LARGEST_SIGN = 12;

/** Fewer marks can be larger, and smaller panels have smaller marks. */
function markSize(count: number, panel: number): number {
  const size = count <= 200 ? 9 : count <= 1000 ? 7 : count <= 5000 ? 5 : 4;
  return panel < 120 ? Math.min(size, 4) : panel < 220 ? Math.min(size, 6) : size;
}

/** Marks at (x, y). */
export function drawPoints(layer: PointsLayer, place: LayerPlace): Drawn {
  const { theme, x, y, scale } = place;
  const muted = theme.muted ?? MUTED;
  const { symbol = 'circle', faint = false } = layer;
  const count = layer.x.length;
  const panel = Math.min(place.size.width, place.size.height);
  const open = isOpen(symbol);
  const star = symbol === 'star';
  const usual = star ? (panel < 220 ? 11 : STAR) : markSize(count, panel);
  const size =
    layer.size === undefined
      ? usual
      : typeof layer.size === 'number'
        ? layer.size
        : Array.from(layer.size, one => (one > 0 ? Math.min(one, 100) : 0));
  const marker: Plain = {
    symbol: PLOTLY_SYMBOLS[symbol],
    size,
    color: open ? muted : place.color,
    line: {
      width: open
        ? panel < 220
          ? 1.25
          : 2
        : star
          ? 1.5
          : count <= 1000 && panel >= 220
            ? 0.75
            : 0,
      color: open ? muted : star ? theme.foreground : theme.background
    }
  };
  const opacity = faint ? 0.3 : count > MOST_PLAIN ? 0.7 : undefined;
  if (opacity !== undefined) marker.opacity = opacity;
  const sign: Plain = {
    mode: 'markers',
    marker: {
      ...marker,
      line: { ...(marker.line as Plain) },
      size: typeof size === 'number' ? Math.min(Math.max(size, 6), LARGEST_SIGN) : 8,
      opacity: faint ? 0.4 : 1
    }
  };
  const colored = layer.color !== undefined && scale !== undefined;
  if (colored) {
    const values =
      count <= MOST_PLAIN
        ? Array.from(layer.color!, value => scale.place(value))
        : Float64Array.from(layer.color!, value => scale.place(value) ?? NaN);
    // Open marks consist of their line.
    const target = open ? (marker.line as Plain) : marker;
    target.color = values;
    target.coloraxis = 'coloraxis';
    (sign.marker as Plain).color = muted;
  }
  const { fields, hover } = hoverFields(
    count,
    layer.text ? '' : layer.name,
    layer.text ??
      (i =>
        describeMark(
          [x.axis, layer.x[i]],
          [y.axis, layer.y[i]],
          ...(colored ? [[scale.axis, layer.color![i]] as [typeof scale.axis, number]] : [])
        )),
    place
  );
  const spec: Plain = {
    type: place.webgl ? 'scattergl' : 'scatter',
    mode: 'markers',
    x: x.values(layer.x),
    y: y.values(layer.y),
    marker,
    ...fields
  };
  // A mark on the border of the plot is a trial too, not half of one.
  if (!place.webgl) spec.cliponaxis = false;
  return { traces: [{ spec, hover, trials: layer.trials }], sign };
}
