/** Where panels stand: the parts of the plot that they take, and which of them name their axes. */
import type { Panel, PanelAxis, Scene } from '../scene/scene';
import { LONGEST_CATEGORY } from '../positions';
import { formatNumber } from '../text';
import type { Size } from './drawing';
import { textWidth } from './textWidth';

/** Pixels around the plot. */
export interface Margins {
  l: number;
  r: number;
  t: number;
  b: number;
}

export interface PanelPlace {
  panel: Panel;
  /** Shares of the plot, from the left and from the bottom. */
  x: [number, number];
  y: [number, number];
  /** CSS pixels. */
  size: Size;
  /** Whether ticks are named: an axis that panels below or to the left share is named there. */
  ticks: { x: boolean; y: boolean };
  /** Whether the axis has its title. */
  titles: { x: boolean; y: boolean };
}

export interface Grid {
  places: PanelPlace[];
  rows: number;
  columns: number;
  fontSize: number;
  /** Pixels between the rows. */
  between: number;
  /** One title for all axes of a letter, beside the whole plot. */
  common: { x?: string; y?: string };
}

/** How many rows and columns a scene has; a scene without panels has one empty place. */
export function gridSize({ panels }: Scene): { rows: number; columns: number } {
  return {
    rows: 1 + panels.reduce((most, { row }) => Math.max(most, row), 0),
    columns: 1 + panels.reduce((most, { column }) => Math.max(most, column), 0)
  };
}

/** Texts of axes, smaller where many panels stand beside each other. */
export function axisFontSize(
  { rows, columns }: { rows: number; columns: number },
  base: number
): number {
  const most = Math.max(rows * 0.8, columns);
  return most <= 1
    ? base
    : most <= 3
      ? Math.min(base, 12)
      : most <= 5
        ? Math.min(base, 10)
        : Math.min(base, 8);
}

/** About how wide the labels of the ticks of a vertical axis are. */
export function tickWidth(axis: PanelAxis, fontSize: number): number {
  const longest =
    axis.scale === 'category'
      ? (axis.categories ?? []).reduce(
          (most, label) => Math.max(most, Math.min(LONGEST_CATEGORY, [...label].length)),
          1
        )
      : axis.range
        ? Math.max(3, ...axis.range.map(end => formatNumber(end).length))
        : axis.integer
          ? 3
          : 4;
  return textWidth('0'.repeat(Math.min(longest, LONGEST_CATEGORY)), fontSize) + 8;
}

/** About how high the labels of the ticks of a horizontal axis of `length` pixels are. */
export function tickHeight(axis: PanelAxis, length: number, fontSize: number): number {
  if (axis.scale !== 'category') return fontSize * 1.3 + 6;
  const widths = (axis.categories ?? []).map(
    label => Math.min(LONGEST_CATEGORY, [...label].length) * 0.52 * fontSize
  );
  const widest = Math.max(0, ...widths);
  const level = (widest + 8) * widths.length <= length;
  return (level ? fontSize * 1.3 : Math.max(fontSize * 1.3, widest)) + 6;
}

export function titleHeight(fontSize: number): number {
  return fontSize * 1.5 + 4;
}

/** Whether another panel of the same row or column that stands further out names a shared axis. */
function isNamed(panel: Panel, panels: readonly Panel[], letter: 'x' | 'y'): boolean {
  const axis = panel[letter];
  if (axis.hidden) return false;
  if (axis.shared === undefined) return true;
  return !panels.some(
    other =>
      other[letter].shared === axis.shared &&
      !other[letter].hidden &&
      (letter === 'x'
        ? other.column === panel.column && other.row > panel.row
        : other.row === panel.row && other.column < panel.column)
  );
}

/** The one title of all named axes of a letter, when there are several and they say the same. */
function commonTitle(
  panels: readonly Panel[],
  named: readonly boolean[],
  letter: 'x' | 'y'
): string | undefined {
  const labels = panels.filter((_, i) => named[i]).map(panel => panel[letter].label);
  const lines = new Set(
    panels.filter((_, i) => named[i]).map(({ row, column }) => (letter === 'x' ? column : row))
  );
  return lines.size > 1 && labels[0] !== '' && labels.every(label => label === labels[0])
    ? labels[0]
    : undefined;
}

/** Sizes of tracks with gaps between them as shares of `length` pixels. */
function tracks(count: number, gaps: readonly number[], length: number): [number, number][] {
  const gapSum = gaps.reduce((sum, gap) => sum + gap, 0);
  // However little room there is, half of it belongs to the panels.
  const squeeze = Math.min(1, (length * 0.6) / (gapSum || 1));
  const track = (length - gapSum * squeeze) / count;
  let at = 0;
  return Array.from({ length: count }, (_, i) => {
    const from = at;
    at += track + (gaps[i] ?? 0) * squeeze;
    return [from / length, Math.min(1, (from + track) / length)];
  });
}

/** Lays panels out in a plot of `plot` pixels. */
export function layOut(scene: Scene, plot: Size, base: number): Grid {
  const { panels } = scene;
  const { rows, columns } = gridSize(scene);
  const fontSize = axisFontSize({ rows, columns }, base);
  const namedX = panels.map(panel => isNamed(panel, panels, 'x'));
  const namedY = panels.map(panel => isNamed(panel, panels, 'y'));
  const common = {
    x: commonTitle(panels, namedX, 'x'),
    y: commonTitle(panels, namedY, 'y')
  };
  const spacing = fontSize <= 8 ? 5 : fontSize <= 10 ? 9 : 18;
  const most = (values: number[]): number => Math.max(0, ...values);
  const title = titleHeight(fontSize);
  const below = (row: number, column: number): boolean =>
    panels.some(panel => panel.row === row + 1 && panel.column === column);
  const left = (row: number, column: number): boolean =>
    panels.some(panel => panel.row === row && panel.column === column - 1);
  const columnGaps = Array.from({ length: columns - 1 }, (_, c) => {
    const named = panels.map((panel, i) =>
      panel.column === c + 1 && namedY[i] && left(panel.row, panel.column)
        ? tickWidth(panel.y, fontSize) + (panel.y.label && !common.y ? title : 0)
        : 0
    );
    return spacing + most(named);
  });
  const panelWidth = plot.width / columns;
  const rowGaps = Array.from({ length: rows - 1 }, (_, r) => {
    const named = panels.map((panel, i) =>
      panel.row === r && namedX[i] && below(panel.row, panel.column)
        ? tickHeight(panel.x, panelWidth, fontSize) + (panel.x.label && !common.x ? title : 0)
        : 0
    );
    const titled = panels.some(panel => panel.row === r + 1 && panel.title) ? title : 0;
    return spacing + most(named) + titled;
  });
  const xs = tracks(columns, columnGaps, plot.width);
  // Rows are counted from the top, Plotly's shares from the bottom.
  const ys = tracks(rows, rowGaps, plot.height).map(([from, to]): [number, number] => [
    1 - to,
    1 - from
  ]);
  const places = panels.map((panel, i): PanelPlace => {
    const [x, y] = [xs[panel.column], ys[panel.row]];
    return {
      panel,
      x,
      y,
      size: { width: (x[1] - x[0]) * plot.width, height: (y[1] - y[0]) * plot.height },
      ticks: { x: namedX[i], y: namedY[i] },
      titles: { x: namedX[i] && common.x === undefined, y: namedY[i] && common.y === undefined }
    };
  });
  const between = rowGaps.reduce((sum, gap) => sum + gap, 0);
  return { places, rows, columns, fontSize, between, common };
}
