import type { Layer, Scene } from '../scene/scene';
import { whyEmpty } from './empty';
import { colorAxisOf, layersOf, marksOf } from './marks';
import { counted } from '../text';
import { shownRows } from './objective';
import { metricNames, quantityOf, type Quantity } from './quantity';
import { enumerated, hyperparameterNames, pairPanels, quantitiesOf } from './several';
import { surfaceOf } from './surface';
import type { TrialTable } from './table';
import type { TrialView } from './view';

/** Points along a side of the grid: fewer where there are many panels. */
const POINTS_OF_ONE = 60;
const POINTS_OF_MANY = 32;

function chosenOf(table: TrialTable, view: TrialView): { all: Quantity[]; z: Quantity } {
  const where = 'figures.contour';
  const hyperparameters = hyperparameterNames(table);
  const usual = hyperparameters.length > 1 ? hyperparameters : [...hyperparameters, 'number'];
  const { x, y } = view;
  const names = view.names ?? (x !== undefined && y !== undefined ? [x, y] : undefined);
  const many = { where, least: 2, most: 6, usual: 4 };
  return {
    all: quantitiesOf(table, { ...view, ...(names && { names }) }, usual, many),
    z: quantityOf(table, view, view.color || metricNames(table)[0], { where, option: 'color' })
  };
}

/**
 * The metric as a surface over each pair of hyperparameters, smoothed from the complete trials, which stand over it
 * in colours of the same scale: where a mark's colour differs from its surroundings, the other hyperparameters or
 * chance made the difference. Blank where no trial is near.
 */
export function contourScene(table: TrialTable, view: TrialView): Scene {
  const { all, z } = chosenOf(table, view);
  const marks = marksOf(table, view, { color: z });
  const { complete } = marks.rows.byState;
  const panels = pairPanels(all, (x, y) => [
    ...surfaceLayers(x, y, z, complete, all.length > 2 ? POINTS_OF_MANY : POINTS_OF_ONE),
    ...layersOf(marks, x, y)
  ]);
  const note = whyEmpty(table, shownRows(table, view), panels, 'a place on these axes');
  return { panels, color: colorAxisOf(table, z), ...(note !== undefined && { note }) };
}

function surfaceLayers(
  x: Quantity,
  y: Quantity,
  z: Quantity,
  rows: readonly number[],
  points: number
): Layer[] {
  const surface = surfaceOf(x, y, z, rows, points);
  if (!surface) {
    return [];
  }
  const { cells, ...grid } = surface;
  return [
    cells
      ? { kind: 'heat', name: '', ...grid, opacity: 0.8 }
      : { kind: 'contour', name: '', ...grid, filled: true }
  ];
}

/** What contours show beyond counts and the best. */
export function contourWords(table: TrialTable, view: TrialView): string {
  const { all, z } = chosenOf(table, view);
  return `Contours of ${z.axis.label} over ${enumerated(all)}, smoothed from ${counted(table.length, 'trial')}.`;
}
