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

/** Words at places. */
export function drawLabels(layer: LabelsLayer, { theme, x, y, fontSize }: LayerPlace): Drawn {
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
