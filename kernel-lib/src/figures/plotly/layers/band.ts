import type { BandLayer } from '../../scene/scene';
import type { Drawn, LayerPlace } from '../drawing';

type Place = number | null;

/** `#rrggbb` with an opacity. */
export function translucent(color: string, opacity: number): string {
  const value = parseInt(color.slice(1), 16);
  return `rgba(${(value >> 16) & 255}, ${(value >> 8) & 255}, ${value & 255}, ${opacity})`;
}

/** The area between `low` and `high`: for each stretch without a missing value, once around it. */
export function drawBand(layer: BandLayer, { x, y, color }: LayerPlace): Drawn {
  const places: { x: Place[]; y: Place[] } = { x: [], y: [] };
  let stretch: [x: number, low: number, high: number][] = [];
  const close = (): void => {
    if (stretch.length === 0) return;
    if (places.x.length > 0) {
      places.x.push(null);
      places.y.push(null);
    }
    const back = [...stretch].reverse();
    places.x.push(...stretch.map(([at]) => at), ...back.map(([at]) => at));
    places.y.push(...stretch.map(([, low]) => low), ...back.map(([, , high]) => high));
    stretch = [];
  };
  for (let i = 0; i < layer.x.length; i++) {
    const [at, low, high] = [x.value(layer.x[i]), y.value(layer.low[i]), y.value(layer.high[i])];
    if (at === null || low === null || high === null) close();
    else stretch.push([at, low, high]);
  }
  close();
  const opacity = (layer.opacity ?? 0.25) * (layer.faint ? 0.5 : 1);
  return {
    traces: [
      {
        spec: {
          type: 'scatter',
          mode: 'lines',
          ...places,
          fill: 'toself',
          fillcolor: translucent(color, opacity),
          line: { color, width: layer.outline ? 1.5 : 0 },
          hoverinfo: 'skip'
        }
      }
    ]
  };
}
