import type { ContourLayer } from '../../scene/scene';
import { plain, plainInTemplate } from '../../text';
import { FAINT_CONTOUR } from '../colorScale';
import { describeMark } from '../hover';
import type { Drawn, LayerPlace, Plain } from '../drawing';

const MOST_ANSWERING = 5000;

/** The step of 1, 2 or 5 times a power of ten that gives about `levels` levels between two values. */
export function levelStep(low: number, high: number, levels: number): number {
  const rough = (high - low) / Math.max(1, levels);
  const power = 10 ** Math.floor(Math.log10(rough));
  const digit = [1, 2, 5, 10].find(one => one * power >= rough * 0.999) ?? 10;
  return digit * power;
}

/** Lines (or filled areas) of equal value. */
export function drawContour(layer: ContourLayer, place: LayerPlace): Drawn {
  const { x, y, scale } = place;
  const [columns, rows] = [layer.x.length, layer.y.length];
  if (columns < 2 || rows < 2 || !scale) return { traces: [], sign: false };
  const z = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) =>
      scale.place(layer.values[row * columns + column])
    )
  );
  const { cmin, cmax } = scale.layout;
  const size = levelStep(cmin, cmax, layer.levels ?? 12);
  const answers = !place.still && columns * rows <= MOST_ANSWERING;
  const spec: Plain = {
    type: 'contour',
    x: x.values(layer.x),
    y: y.values(layer.y),
    z,
    // Plotly shares no colour axis between contours and marks.
    colorscale: scale.colorscale,
    zauto: false,
    zmin: cmin,
    zmax: cmax,
    showscale: false,
    autocontour: false,
    contours: {
      start: Math.ceil(cmin / size) * size,
      end: Math.floor(cmax / size) * size,
      size,
      coloring: layer.filled ? 'fill' : 'lines'
    },
    line: {
      width: layer.filled ? 0.5 : 1.5,
      smoothing: 0.8,
      ...(layer.filled ? { color: place.theme.background } : {})
    },
    opacity: layer.faint ? FAINT_CONTOUR : 1,
    connectgaps: false,
    ...(answers
      ? {
          text: Array.from({ length: rows }, (_, row) =>
            Array.from({ length: columns }, (_, column) =>
              plain(
                describeMark(
                  [x.axis, layer.x[column]],
                  [y.axis, layer.y[row]],
                  [scale.axis, layer.values[row * columns + column]]
                )
              )
            )
          ),
          hovertemplate: `%{text}<extra>${plainInTemplate(layer.name)}</extra>`
        }
      : { hoverinfo: 'skip' })
  };
  // Draws nothing; a colour bar needs one who asks for it.
  const bar = { type: 'scatter', mode: 'markers', x: [null], y: [null], marker: { color: [cmin], coloraxis: 'coloraxis' }, hoverinfo: 'skip', showlegend: false }; // prettier-ignore
  return { traces: [{ spec }, { spec: bar }], sign: false };
}
