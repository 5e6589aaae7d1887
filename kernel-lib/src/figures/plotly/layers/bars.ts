import type { BarsLayer, HistogramLayer, Layer } from '../../scene/scene';
import { describeValue } from '../../positions';
import { MUTED } from '../../theme';
import { describeMark, hoverFields } from '../hover';
import type { Coordinates } from '../coordinates';
import type { Drawn, LayerPlace, Plain } from '../drawing';

type Place = number | null;

// Above this many bars, the lines between them would hide them.
const OUTLINED_BARS = 60;

/** The line around bars: it parts neighbours. */
function outline(count: number, { theme, size }: LayerPlace): Plain {
  return { width: count <= OUTLINED_BARS && size.width > 150 ? 0.75 : 0, color: theme.background };
}

/** Both ends of a bar as Plotly wants them: where it begins, and how far it goes. */
function ends(axis: Coordinates, base: number, length: number): [Place, Place] {
  const [from, to] = [axis.value(base), axis.value(base + length)];
  if (to === null) return [null, null];
  // On a log axis bars stand on its lower end, wherever that is: zero has no place.
  return from === null ? [null, to] : [from, to - from];
}

/** Bars from `base` to `base + length`. */
export function drawBars(layer: BarsLayer, place: LayerPlace): Drawn {
  const { x, y, scale, theme } = place;
  const upright = layer.along === 'y';
  const [along, across] = upright ? [y, x] : [x, y];
  const count = layer.at.length;
  const half = (layer.thickness ?? 0.8) / 2;
  const bars = Array.from({ length: count }, (_, i) => {
    const [from, to] = [across.value(layer.at[i] - half), across.value(layer.at[i] + half)];
    const [base, length] = ends(along, layer.base?.[i] ?? 0, layer.length[i]);
    const placed = from !== null && to !== null && length !== null;
    return placed
      ? { at: (from + to) / 2, thickness: to - from, base, length }
      : { at: null, thickness: 0, base: null, length: null };
  });
  const [at, lengths] = [bars.map(bar => bar.at), bars.map(bar => bar.length)];
  const colored = layer.color !== undefined && scale !== undefined;
  const { fields, hover } = hoverFields(
    count,
    layer.text ? '' : layer.name,
    layer.text ??
      (i => {
        const end = (layer.base?.[i] ?? 0) + layer.length[i];
        const value =
          layer.base && layer.base[i] !== 0
            ? `${describeValue(along.axis, layer.base[i])} to ${describeValue(along.axis, end)}`
            : describeValue(along.axis, end);
        return `${describeValue(across.axis, layer.at[i])}: ${value}`;
      }),
    place
  );
  const spec: Plain = {
    type: 'bar',
    orientation: upright ? 'v' : 'h',
    x: upright ? at : lengths,
    y: upright ? lengths : at,
    width: bars.map(bar => bar.thickness),
    ...(bars.every(bar => bar.base === 0 || bar.base === null)
      ? {}
      : { base: bars.map(bar => bar.base) }),
    opacity: layer.faint ? 0.35 : 1,
    marker: {
      color: colored ? colors(layer, place) : place.color,
      line: outline(count, place)
    },
    // Words on bars are for those who point at them.
    textposition: 'none',
    ...fields
  };
  const sign: Plain | undefined = colored
    ? { mode: 'markers', marker: { symbol: 'square', color: theme.muted ?? MUTED, size: 10 } }
    : undefined;
  return { traces: [{ spec, hover, trials: layer.trials }], sign };
}

function colors(layer: BarsLayer, { scale, theme }: LayerPlace): string[] {
  return Array.from(layer.color!, value => {
    const rgb = scale!.rgb(value);
    return rgb ? `rgb(${rgb.join(', ')})` : (theme.muted ?? MUTED);
  });
}

/** Whether another histogram stands where this one does: then both are half transparent. */
function overlaps(layer: HistogramLayer, other: Layer): boolean {
  if (other === layer || other.kind !== 'histogram') return false;
  const [a, b] = [layer.edges, other.edges];
  return a[0] < b[b.length - 1] && b[0] < a[a.length - 1];
}

/** Bars from edge to edge. They stand on positions, so that a log axis gets bars as wide as its bins look. */
export function drawHistogram(
  layer: HistogramLayer,
  place: LayerPlace,
  layers: readonly Layer[]
): Drawn {
  const { x, y } = place;
  const edges = Array.from(layer.edges, edge => x.value(edge));
  const count = layer.counts.length;
  const isPlaced = (i: number): boolean =>
    i + 1 < edges.length && edges[i] !== null && edges[i + 1] !== null;
  const range = (i: number): string =>
    [layer.edges[i], layer.edges[i + 1]].map(edge => describeValue(x.axis, edge)).join(' to ');
  const { fields, hover } = hoverFields(
    count,
    layer.name,
    i => `${range(i)}\n${describeMark([y.axis, layer.counts[i]])}`,
    place
  );
  return {
    traces: [
      {
        spec: {
          type: 'bar',
          x: Array.from({ length: count }, (_, i) =>
            isPlaced(i) ? (edges[i]! + edges[i + 1]!) / 2 : null
          ),
          y: Array.from(layer.counts, value => y.value(value)),
          width: Array.from({ length: count }, (_, i) =>
            isPlaced(i) ? Math.abs(edges[i + 1]! - edges[i]!) : 0
          ),
          opacity: layer.faint ? 0.25 : layers.some(other => overlaps(layer, other)) ? 0.6 : 1,
          marker: { color: place.color, line: outline(count, place) },
          textposition: 'none',
          ...fields
        },
        hover
      }
    ]
  };
}
