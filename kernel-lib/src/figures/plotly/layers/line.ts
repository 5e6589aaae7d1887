import type { LineLayer } from '../../scene/scene';
import { plainInTemplate } from '../../text';
import { isDark, MUTED } from '../../theme';
import { describeMark, hoverFields } from '../hover';
import type { Drawn, LayerPlace, Plain } from '../drawing';

// Single points are seen on short curves only; on long ones they make a caterpillar of the line.
const MARKED_POINTS = 30;

// When all colours are in use, further lines differ by their dashes.
const DASHES = ['solid', 'dot', 'dashdot', 'longdash'];

/** A line through (x, y) in order, broken where a value is missing. */
export function drawLine(layer: LineLayer, place: LayerPlace): Drawn {
  const { x, y, scale, theme } = place;
  const { faint = false, step = false } = layer;
  const count = layer.x.length;
  // A single value between two missing ones would not be seen without a mark.
  const marked =
    layer.markers ?? (count <= MARKED_POINTS && !faint && !step && x.axis.hidden !== true);
  const rgb = layer.level === undefined ? undefined : scale?.rgb(layer.level);
  const color = layer.neutral
    ? (theme.muted ?? MUTED)
    : layer.level === undefined || !scale
      ? place.color
      : rgb
        ? `rgb(${rgb.join(', ')})`
        : (theme.muted ?? MUTED);
  const spec: Plain = {
    type: place.webgl ? 'scattergl' : 'scatter',
    mode: marked ? 'lines+markers' : 'lines',
    x: x.values(layer.x),
    y: y.values(layer.y),
    line: {
      color,
      width: layer.width ?? (faint ? 1 : 2),
      dash: layer.dash ? 'dash' : DASHES[place.round % DASHES.length],
      ...(step ? { shape: 'hv' } : {})
    },
    ...(marked ? { marker: { color, size: 5 } } : {}),
    opacity: faint ? (isDark(theme) ? 0.5 : 0.35) : 1,
    connectgaps: false
  };
  const simple = y.axis.scale === 'linear' || y.native;
  if (!layer.text && simple && !place.still) {
    // Plotly writes the number itself: one text for the whole line.
    spec.hovertemplate = `%{y:.4~g}<extra>${plainInTemplate(layer.name)}</extra>`;
    return { traces: [{ spec }] };
  }
  const { fields, hover } = hoverFields(
    count,
    layer.name,
    layer.text ?? (i => describeMark([y.axis, layer.y[i]])),
    place
  );
  return { traces: [{ spec: { ...spec, ...fields }, hover }] };
}
