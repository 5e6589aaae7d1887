import type { HeatLayer } from '../../scene/scene';
import { parseHex } from '../../colors';
import { plain, plainInTemplate } from '../../text';
import { describeMark } from '../hover';
import type { Drawn, LayerPlace, Plain, Trace } from '../drawing';
import { placeImage } from './picture';

// Each cell that answers to hovering is a mark of its own.
const MOST_ANSWERING = 5000;
const MOST_LABELLED = 2500;
// A palette has room for 256; the first one is no colour.
const COLORS = 255;

/** Cells in the colours of the scene's colour axis. */
export function drawHeat(layer: HeatLayer, place: LayerPlace): Drawn {
  const { x, y, scale } = place;
  const [columns, rows] = [layer.x.length - 1, layer.y.length - 1];
  const xs = Array.from(layer.x, value => x.place(value));
  const ys = Array.from(layer.y, value => y.place(value));
  const placed = [xs[0], xs[columns], ys[0], ys[rows]].every(border => border != null);
  if (columns < 1 || rows < 1 || !placed || !scale) return { traces: [], sign: false };
  const traces: Trace[] = [];
  const cells = columns * rows;
  const middle = (borders: (number | null)[], i: number): number | null =>
    borders[i] === null || borders[i + 1] === null ? null : (borders[i]! + borders[i + 1]!) / 2;
  const native = (on: typeof x, position: number | null): number | null =>
    position === null || !on.native ? position : 10 ** position;
  const centres = (): { x: (number | null)[]; y: (number | null)[] } => ({
    x: Array.from({ length: cells }, (_, i) => native(x, middle(xs, i % columns))),
    y: Array.from({ length: cells }, (_, i) => native(y, middle(ys, Math.floor(i / columns))))
  });
  const cell = { width: place.size.width / columns, height: place.size.height / rows };
  if (!place.still && cells <= MOST_ANSWERING) {
    traces.push({
      spec: {
        type: 'scatter',
        mode: 'markers',
        ...centres(),
        marker: {
          size: Math.max(3, Math.min(cell.width, cell.height)),
          opacity: 0,
          color: place.color
        },
        text: Array.from({ length: cells }, (_, i) =>
          plain(describeCell(layer, place, i, columns))
        ),
        hovertemplate: `%{text}<extra>${plainInTemplate(layer.name)}</extra>`
      }
    });
  }
  if (layer.labels && cells <= MOST_LABELLED) {
    const labels = layer.labels;
    traces.push({
      spec: {
        type: 'scatter',
        mode: 'text',
        ...centres(),
        text: Array.from({ length: cells }, (_, i) => plain(labels[i] ?? '')),
        textfont: { size: labelSize(labels, cell), color: labelColors(layer, place, cells) },
        hoverinfo: 'skip'
      }
    });
  }
  return { traces, sign: false, images: [image(layer, place, xs, ys)] };
}

function image(
  layer: HeatLayer,
  place: LayerPlace,
  xs: (number | null)[],
  ys: (number | null)[]
): Plain {
  const [columns, rows] = [xs.length - 1, ys.length - 1];
  const { at, share } = place.scale!;
  const alpha = Math.round(255 * (layer.opacity ?? 1) * (layer.faint ? 0.5 : 1));
  const colors = Array.from({ length: COLORS }, (_, i) => at(i / (COLORS - 1)));
  const data = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const u = share(layer.values[row * columns + column]);
      // The first row of values is the lowest, the first of an image the highest.
      const to = (rows - 1 - row) * columns + column;
      data[to] = u === null ? 0 : 1 + Math.round(u * (COLORS - 1));
    }
  }
  const palette = [
    [0, 0, 0, 0] as const,
    ...colors.map(([red, green, blue]) => [red, green, blue, alpha] as const)
  ];
  return placeImage(
    { width: columns, height: rows, data, palette },
    { x: [xs[0]!, xs[columns]!], y: [ys[0]!, ys[rows]!] },
    place
  );
}

function describeCell(layer: HeatLayer, place: LayerPlace, i: number, columns: number): string {
  const { x, y, scale } = place;
  const [column, row] = [i % columns, Math.floor(i / columns)];
  const at = (borders: HeatLayer['x'], index: number): number =>
    (borders[index] + borders[index + 1]) / 2;
  const words = describeMark(
    [x.axis, at(layer.x, column)],
    [y.axis, at(layer.y, row)],
    [scale!.axis, layer.values[i]]
  );
  return layer.labels?.[i] ? `${layer.labels[i]}\n${words}` : words;
}

/** As large as the longest word allows, and never larger than the axes' own. */
function labelSize(labels: readonly string[], cell: { width: number; height: number }): number {
  const lines = labels.map(label => label.split('\n'));
  const most = lines.reduce((sum, parts) => Math.max(sum, parts.length), 1);
  const longest = lines.flat().reduce((sum, part) => Math.max(sum, part.length), 1);
  const fit = Math.min((cell.height * 0.75) / most / 1.3, (cell.width * 0.9) / (longest * 0.58));
  return Math.max(5, Math.min(12, fit));
}

/** Black or white, whichever contrasts with the cell. */
function labelColors(layer: HeatLayer, { theme, scale }: LayerPlace, cells: number): string[] {
  const paper = /^#[0-9a-f]{6}$/i.test(theme.background) ? parseHex(theme.background) : undefined;
  return Array.from({ length: cells }, (_, i) => {
    const rgb = scale!.rgb(layer.values[i]);
    if (!rgb) return theme.foreground;
    const opacity = paper ? (layer.opacity ?? 1) : 1;
    const [red, green, blue] = rgb.map((c, k) => opacity * c + (1 - opacity) * (paper?.[k] ?? 0));
    return 0.299 * red + 0.587 * green + 0.114 * blue > 140 ? '#111111' : '#ffffff';
  });
}
