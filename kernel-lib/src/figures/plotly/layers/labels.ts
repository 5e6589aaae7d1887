import type { LabelsLayer } from '../../scene/scene';
import { plain } from '../../text';
import type { Drawn, LayerPlace } from '../drawing';

const POSITIONS: Record<NonNullable<LabelsLayer['place']>, string> = {
  middle: 'middle center',
  above: 'top center',
  below: 'bottom center',
  left: 'middle left',
  right: 'middle right'
};

/** A little distance between words and the place beside them. */
function pad(text: string, place: LabelsLayer['place']): string {
  return place === 'left' ? `${text}\u00a0` : place === 'right' ? `\u00a0${text}` : text;
}

/** Which end of the words stands at the place. */
const ANCHORS: Record<NonNullable<LabelsLayer['place']>, [x: string, y: string]> = {
  middle: ['center', 'middle'],
  above: ['center', 'bottom'],
  below: ['center', 'top'],
  left: ['right', 'middle'],
  right: ['left', 'middle']
};

/** Words on a background of their own: Plotly draws annotations above everything else. */
function drawBacked(layer: LabelsLayer, { theme, x, y, refs, fontSize }: LayerPlace): Drawn {
  const [xanchor, yanchor] = ANCHORS[layer.place ?? 'middle'];
  const annotations = layer.text.flatMap((text, i) => {
    // Annotations are told positions, on a log axis too.
    const [at, height] = [x.place(layer.x[i]), y.place(layer.y[i])];
    if (at === null || height === null) return [];
    const place = { xref: refs.xaxis, x: at, xanchor, yref: refs.yaxis, y: height, yanchor };
    const shift = xanchor === 'right' ? -3 : xanchor === 'left' ? 3 : 0;
    return [
      {
        ...place,
        text: plain(text),
        showarrow: false,
        xshift: shift,
        borderpad: 1,
        bgcolor: theme.background,
        opacity: 0.85,
        font: { size: fontSize, color: theme.foreground }
      }
    ];
  });
  return { traces: [], annotations, sign: false };
}

/** Words at places. */
export function drawLabels(layer: LabelsLayer, place: LayerPlace): Drawn {
  if (layer.backed) {
    return drawBacked(layer, place);
  }
  const { theme, x, y, fontSize } = place;
  return {
    traces: [
      {
        spec: {
          type: 'scatter',
          mode: 'text',
          x: Array.from(layer.x, value => x.value(value)),
          y: Array.from(layer.y, value => y.value(value)),
          text: layer.text.map(text => pad(plain(text), layer.place)),
          textposition: POSITIONS[layer.place ?? 'middle'],
          textfont: { size: fontSize, color: theme.foreground },
          opacity: layer.faint ? 0.5 : 1,
          cliponaxis: false,
          hoverinfo: 'skip'
        }
      }
    ],
    sign: false
  };
}
