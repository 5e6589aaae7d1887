import type { Scene } from '../scene/scene';
import { whyEmpty } from './empty';
import { colorAxisOf, layersOf, marksOf } from './marks';
import { counted } from '../text';
import { shownRows } from './objective';
import { metricNames, quantityOf, type Quantity } from './quantity';
import { enumerated, hyperparameterNames, pairPanels, quantitiesOf } from './several';
import type { TrialTable } from './table';
import type { TrialView } from './view';

function chosenOf(table: TrialTable, view: TrialView): { all: Quantity[]; color?: Quantity } {
  const where = 'figures.scatterMatrix';
  const names = hyperparameterNames(table);
  const metrics = metricNames(table);
  // A study of one hyperparameter has no pair of them.
  const usual = names.length > 1 ? names : [...names, ...metrics, 'number'].slice(0, 2);
  const all = quantitiesOf(table, view, usual, { where, least: 2, most: 8, usual: 5 });
  const shown = all.some(({ name }) => metrics.includes(name));
  const color = view.color ?? (shown ? '' : metrics[0]);
  return {
    all,
    ...(color && { color: quantityOf(table, view, color, { where, option: 'color' }) })
  };
}

/** Trials over each pair of several quantities. */
export function scatterMatrixScene(table: TrialTable, view: TrialView): Scene {
  const { all, color } = chosenOf(table, view);
  const marks = marksOf(table, view, { color });
  const panels = pairPanels(all, (x, y) => layersOf(marks, x, y));
  const note = whyEmpty(table, shownRows(table, view), panels, 'a place on these axes');
  return {
    panels,
    ...(color && { color: colorAxisOf(table, color) }),
    ...(note !== undefined && { note })
  };
}

/** What a scatter matrix shows beyond counts and the best. */
export function scatterMatrixWords(table: TrialTable, view: TrialView): string {
  const { all, color } = chosenOf(table, view);
  const colored = color ? `, coloured by ${color.axis.label}` : '';
  return `Scatter matrix of ${counted(table.length, 'trial')}: ${enumerated(all)} against each other${colored}.`;
}
