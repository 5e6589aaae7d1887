import type { RuleLayer } from '../../scene/scene';
import { plain, wrap } from '../../text';
import { MUTED } from '../../theme';
import type { Drawn, LayerPlace } from '../drawing';

// Words along a line; the whole label shows where the pointer is on them, and is in the figure's alt text.
const LABEL_CHARACTERS = 28;

/** A line across the panel at one value of an axis, with a few words along it. */
export function drawRule(layer: RuleLayer, place: LayerPlace): Drawn {
  const upright = layer.axis === 'x';
  const on = upright ? place.x : place.y;
  const position = on.place(layer.at);
  if (position === null) return { traces: [], sign: false };
  const color = place.theme.muted ?? MUTED;
  const across = upright ? `${place.refs.yaxis} domain` : `${place.refs.xaxis} domain`;
  // Shapes are told values on a log axis, annotations positions.
  const at = on.value(layer.at);
  const line = { color, width: 1, dash: 'dot' };
  const shape = upright
    ? { xref: place.refs.xaxis, x0: at, x1: at, yref: across, y0: 0, y1: 1 }
    : { yref: place.refs.yaxis, y0: at, y1: at, xref: across, x0: 0, x1: 1 };
  const label = plain(layer.label ?? '');
  const text = wrap(layer.label ?? '', LABEL_CHARACTERS, 1)
    .map(plain)
    .join('');
  const annotation = {
    text,
    showarrow: false,
    font: { size: Math.min(10, place.fontSize), color },
    ...(text !== label && { hovertext: label }),
    ...(upright
      ? {
          textangle: -90,
          xref: place.refs.xaxis,
          x: position,
          xanchor: 'right',
          yref: across,
          y: 1,
          yanchor: 'top'
        }
      : {
          yref: place.refs.yaxis,
          y: position,
          yanchor: 'bottom',
          xref: across,
          x: 1,
          xanchor: 'right'
        })
  };
  return {
    traces: [],
    sign: text ? false : { mode: 'lines', line: { ...line, width: 1.5 } },
    shapes: [{ type: 'line', ...shape, line }],
    annotations: text ? [annotation] : []
  };
}
