import type { ImageLayer } from '../../scene/scene';
import { plain } from '../../text';
import type { Drawn, LayerPlace } from '../drawing';
import { placeImage } from './picture';

const GREYS = Array.from({ length: 256 }, (_, i) => [i, i, i, 255] as const);

/** A picture between two places on each axis. */
export function drawImage(layer: ImageLayer, place: LayerPlace): Drawn {
  const { rows, columns, channels } = layer;
  const x = layer.x.map(value => place.x.place(value));
  const y = layer.y.map(value => place.y.place(value));
  const count = rows * columns * channels;
  if (count === 0 || x.length + y.length < 4 || [...x, ...y].includes(null))
    return { traces: [], sign: false };
  const image = placeImage(
    {
      width: columns,
      height: rows,
      data: Uint8Array.from({ length: count }, (_, i) =>
        Math.max(0, Math.min(255, Math.round(layer.pixels[i]) || 0))
      ),
      ...(channels === 1 ? { palette: GREYS } : {})
    },
    { x: x as [number, number], y: y as [number, number] },
    place
  );
  const traces =
    layer.text === undefined || place.still
      ? []
      : [
          {
            spec: {
              type: 'scatter',
              mode: 'markers',
              x: [(x[0]! + x[1]!) / 2],
              y: [(y[0]! + y[1]!) / 2],
              marker: {
                size: Math.max(3, Math.min(place.size.width, place.size.height)),
                opacity: 0,
                color: place.color
              },
              text: [plain(layer.text)],
              hovertemplate: '%{text}<extra></extra>'
            }
          }
        ];
  return { traces, sign: false, images: [image] };
}
