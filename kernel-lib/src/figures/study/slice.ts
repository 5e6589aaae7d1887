import type { Panel, Scene } from '../scene/scene';
import { whyEmpty } from './empty';
import { colorAxisOf, layersOf, marksOf } from './marks';
import { counted } from '../text';
import { shownRows } from './objective';
import { metricNames, quantityOf, type Quantity } from './quantity';
import { enumerated, hyperparameterNames, quantitiesOf } from './several';
import type { TrialTable } from './table';
import type { TrialView } from './view';

/** Panels beside each other before a new row begins. */
const COLUMNS = 4;

function chosenOf(
  table: TrialTable,
  view: TrialView
): { xs: Quantity[]; y: Quantity; color?: Quantity } {
  const where = 'figures.slice';
  const color = view.color ?? 'number';
  return {
    xs: quantitiesOf(table, view, hyperparameterNames(table), { where, most: 24, usual: 12 }),
    y: quantityOf(table, view, view.y ?? metricNames(table)[0], { where, option: 'y' }),
    ...(color && { color: quantityOf(table, view, color, { where, option: 'color' }) })
  };
}

/** The metric over each hyperparameter: one panel for each, with one vertical axis for all. Colour tells the order. */
export function sliceScene(table: TrialTable, view: TrialView): Scene {
  const { xs, y, color } = chosenOf(table, view);
  const marks = marksOf(table, view, { color });
  // Five panels stand better as three and two than as four and one.
  const columns = Math.ceil(xs.length / Math.ceil(xs.length / COLUMNS));
  const panels = xs.map((x, i): Panel => {
    const column = i % columns;
    return {
      row: Math.floor(i / columns),
      column,
      x: x.axis,
      y: { ...y.axis, shared: 'y', ...(column > 0 && { label: '' }) },
      layers: layersOf(marks, x, y)
    };
  });
  const note = whyEmpty(table, shownRows(table, view), panels, 'a place on these axes');
  return {
    panels,
    ...(color && { color: colorAxisOf(table, color) }),
    ...(note !== undefined && { note })
  };
}

/** What slices show beyond counts and the best. */
export function sliceWords(table: TrialTable, view: TrialView): string {
  const { xs, y, color } = chosenOf(table, view);
  const colored = color ? `, coloured by ${color.axis.label}` : '';
  return `Slices of ${counted(table.length, 'trial')}: ${y.axis.label} over ${enumerated(xs)}${colored}.`;
}
