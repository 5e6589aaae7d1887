/** What stands around the panels: title, margins, words above and beside panels, the note. */
import type { Panel, Scene } from '../scene/scene';
import { plain, wrap } from '../text';
import type { Plain } from './drawing';
import { axisFontSize, gridSize, tickHeight, tickWidth, titleHeight } from './grid';
import type { Grid, Margins } from './grid';
import { legendHeight, legendWidth } from './legend';
import type { Legend } from './legend';
import type { PlacedAxes } from './panelAxes';
import { charactersIn } from './textWidth';

const TITLE_LINES = 3;
/** Pixels that a colour bar takes. */
export const COLOR_BAR = 90;

/** Title lines, and the pixels of the four margins without what Plotly finds out itself. */
export function frame(
  scene: Scene,
  title: string,
  width: number,
  font: number,
  legend: Legend
): { lines: string[]; titleSize: number; margins: Margins } {
  const titleSize = Math.round(font * 1.2);
  const grid = gridSize(scene);
  const fontSize = axisFontSize(grid, font);
  const { rows } = grid;
  const topTitles = scene.panels.some(({ row, title: above }) => row === 0 && above);
  const visible = (letter: 'x' | 'y'): Panel[] =>
    scene.panels.filter(panel => !panel[letter].hidden);
  const leftmost = visible('y').filter(({ column }) => column === 0);
  const lowest = visible('x').filter(({ row }) => row === rows - 1);
  const ticksLeft = Math.max(0, ...leftmost.map(({ y }) => tickWidth(y, fontSize)));
  const ticksBelow = Math.max(
    0,
    ...lowest.map(({ x }) => tickHeight(x, width / grid.columns, fontSize))
  );
  const named = (panels: readonly Panel[], letter: 'x' | 'y'): number =>
    panels.some(panel => panel[letter].label !== '') ? titleHeight(fontSize) : 0;
  const l = leftmost.length > 0 ? Math.max(24, ticksLeft + named(leftmost, 'y') + 6) : 24;
  const lines = wrap(title, charactersIn(width - l - 12, titleSize), TITLE_LINES);
  return {
    lines,
    titleSize,
    margins: {
      l: Math.round(l),
      r: Math.round(24 + (scene.color ? COLOR_BAR - 24 : 0) + legendWidth(legend)),
      t: Math.round(
        18 +
          lines.length * titleSize * 1.3 +
          legendHeight(legend, font) +
          (topTitles ? titleHeight(fontSize) : 0) +
          (lines.length > 0 ? 6 : 0)
      ),
      b: lowest.length > 0 ? Math.round(Math.max(24, ticksBelow + named(lowest, 'x') + 6)) : 20
    }
  };
}

/** Above panels, across the figure, beside all of them. */
export function annotationsOf(
  scene: Scene,
  grid: Grid,
  axes: readonly PlacedAxes[],
  margins: Margins,
  fontSize: number
): Plain[] {
  const titles = grid.places.flatMap(({ panel, size }, i) =>
    panel.title
      ? [
          {
            text: wrap(panel.title, Math.max(4, charactersIn(size.width + 10, grid.fontSize)), 1)
              .map(plain)
              .join(''),
            showarrow: false,
            xref: `${axes[i].x.ref} domain`,
            x: 0.5,
            xanchor: 'center',
            yref: `${axes[i].y.ref} domain`,
            y: 1,
            yanchor: 'bottom',
            font: { size: grid.fontSize }
          }
        ]
      : []
  );
  const beside: Plain[] = [];
  const font = { size: Math.max(grid.fontSize, Math.min(fontSize, 12)) };
  if (grid.common.x) {
    beside.push({
      text: plain(grid.common.x),
      showarrow: false,
      xref: 'paper',
      x: 0.5,
      xanchor: 'center',
      yref: 'paper',
      y: 0,
      yanchor: 'bottom',
      yshift: -(margins.b - 4),
      font
    });
  }
  if (grid.common.y) {
    beside.push({
      text: plain(grid.common.y),
      textangle: -90,
      showarrow: false,
      xref: 'paper',
      x: 0,
      xanchor: 'left',
      xshift: -(margins.l - 4),
      yref: 'paper',
      y: 0.5,
      yanchor: 'middle',
      font
    });
  }
  const note = scene.note
    ? [
        {
          text: wrap(scene.note, 60, 4).map(plain).join('<br>'),
          showarrow: false,
          xref: 'paper',
          yref: 'paper',
          x: 0.5,
          y: 0.5
        }
      ]
    : [];
  return [...titles, ...beside, ...note];
}
