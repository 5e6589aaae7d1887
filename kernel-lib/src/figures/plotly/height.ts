/** How high a figure should be: small multiples and long lists of bars need more than one plot does. */
import type { Layer, Panel, Scene } from '../scene/scene';
import { DEFAULT_FONT } from '../theme';
import { gridSize, layOut } from './grid';
import { legendOf } from './legend';
import { frame } from './surroundings';

/** The height of a figure of one panel, CSS pixels. */
export const USUAL_HEIGHT = 420;

const LOWEST = 200;
const HIGHEST = 2000;
// Title, axis title and ticks of a figure.
const AROUND = 130;

/** Height of one panel that is `width` pixels wide. */
function panelHeight(panel: Panel, width: number, rows: number): number {
  const { x, y, layers } = panel;
  if (y.equal) {
    const [from, to] = span(panel, 'y');
    const [left, right] = span(panel, 'x');
    const ratio = Math.abs((to - from) / (right - left));
    if (ratio > 0 && Number.isFinite(ratio)) return width * Math.min(4, Math.max(0.1, ratio));
  }
  const listed =
    layers.some(layer => layer.kind === 'bars' && layer.along === 'x') || y.scale === 'category';
  if (listed && y.scale === 'category') {
    return Math.max(80, (y.categories?.length ?? 1) * Math.max(24, labelHeight(layers)));
  }
  if (x.hidden && y.hidden) return width * 0.8;
  if (rows === 1) return Math.max(170, Math.min(USUAL_HEIGHT - AROUND, width * 0.95));
  return rows > 4 ? Math.max(48, Math.min(140, width)) : Math.max(90, Math.min(180, width * 0.8));
}

/** Pixels that the words in cells need. */
function labelHeight(layers: readonly Layer[]): number {
  const lines = layers.flatMap(layer =>
    layer.kind === 'heat' ? (layer.labels ?? []).map(label => label.split('\n').length) : []
  );
  return lines.reduce((most, one) => Math.max(most, one), 0) * 16 + 6;
}

/** Ends of an axis: its range, or where pictures and cells lie. */
function span({ layers, ...axes }: Panel, letter: 'x' | 'y'): [number, number] {
  const axis = axes[letter];
  if (axis.range) return [...axis.range];
  if (axis.scale === 'category') return [0, Math.max(1, axis.categories?.length ?? 1)];
  let [low, high] = [Infinity, -Infinity];
  for (const layer of layers) {
    if (!('x' in layer) || !('y' in layer)) continue;
    for (const value of Array.from(layer[letter])) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low < high ? [low, high] : [0, 1];
}

/**
 * The height in CSS pixels that suits a scene `width` pixels wide, where a figure of one panel is `usual` high.
 * @example heightOf(scene, { width: 640 }) // 420 for one panel
 */
export function heightOf(
  scene: Scene,
  { width = 640, usual = USUAL_HEIGHT }: { width?: number; usual?: number } = {}
): number {
  const { rows, columns } = gridSize(scene);
  const [first] = scene.panels;
  const special = first?.y.equal === true || first?.y.scale === 'category';
  if (rows * columns === 1 && !special) return usual;
  const font = DEFAULT_FONT.size;
  const { margins } = frame(scene, 'Title', width, font, legendOf(scene, width - 100, font));
  const plot = { width: Math.max(50, width - margins.l - margins.r), height: usual };
  const { places, between } = layOut(scene, plot, font);
  const tracks = Array.from({ length: rows }, (_, row) =>
    Math.max(
      0,
      ...places
        .filter(({ panel }) => panel.row === row)
        .map(({ panel, size }) => panelHeight(panel, size.width, rows))
    )
  );
  const wanted = margins.t + margins.b + between + tracks.reduce((sum, one) => sum + one, 0);
  const most = rows === 1 && !special ? usual : HIGHEST;
  return Math.round(Math.max(LOWEST, Math.min(most, wanted)));
}
