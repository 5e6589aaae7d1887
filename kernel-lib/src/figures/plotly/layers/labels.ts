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
          text: layer.text.map(plain),
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
