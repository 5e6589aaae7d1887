import type { Layer, Scene } from '../scene/scene';
import { whyEmpty } from './empty';
import { colorAxisOf, layersOf, marksOf } from './marks';
import { counted } from '../text';
import { shownRows } from './objective';
import { metricNames, quantityOf, type Quantity } from './quantity';
import { pairPanels, quantitiesOf } from './several';
import type { TrialTable } from './table';
import type { TrialView } from './view';

function chosenOf(table: TrialTable, view: TrialView): { all: Quantity[]; color?: Quantity } {
  const where = 'figures.paretoFront';
  const color = view.color ?? 'number';
  return {
    all: quantitiesOf(table, view, metricNames(table), { where, least: 2, most: 6, usual: 4 }),
    ...(color && { color: quantityOf(table, view, color, { where, option: 'color' }) })
  };
}

/**
 * The objectives against each other; the Pareto front as stars. With two objectives a line bounds what the search has
 * reached: beyond it no trial is as good in both.
 */
export function paretoFrontScene(table: TrialTable, view: TrialView): Scene {
  if (table.directions.length < 2) {
    return { panels: [], note: 'The study has one objective, so its front is its best trial.' };
  }
  const { all, color } = chosenOf(table, view);
  const marks = marksOf(table, view, { color });
  const { best } = marks.rows;
  const bounded = table.directions.length === 2 && metricsAlone(table, all) && best.length > 1;
  const panels = pairPanels(all, (x, y) => [
    ...(bounded ? [boundaryOf(table, best, x, y)] : []),
    ...layersOf(marks, x, y)
  ]);
  const note = whyEmpty(table, shownRows(table, view), panels, 'values');
  return {
    panels,
    ...(color && { color: colorAxisOf(table, color) }),
    ...(note !== undefined && { note })
  };
}

function metricsAlone(table: TrialTable, all: readonly Quantity[]): boolean {
  const metrics = metricNames(table);
  return all.every(({ name }) => metrics.includes(name));
}

/** From the trial that is best in x: each step holds y until another one gives up some x for a better y. */
function boundaryOf(table: TrialTable, front: readonly number[], x: Quantity, y: Quantity): Layer {
  const metric = metricNames(table).indexOf(x.name);
  const sign = table.directions[metric] === 'maximize' ? -1 : 1;
  const rows = [...front].sort((a, b) => sign * (x.values[a] - x.values[b]) || a - b);
  return {
    kind: 'line',
    name: '',
    neutral: true,
    step: true,
    dash: true,
    x: rows.map(row => x.values[row]),
    y: rows.map(row => y.values[row])
  };
}

/** What a Pareto front shows beyond counts and the best. */
export function paretoFrontWords(table: TrialTable, view: TrialView): string {
  const [x, y, ...more] = metricNames(table).map(name => quantityOf(table, view, name).axis.label);
  if (y === undefined) {
    return `Pareto front of ${counted(table.length, 'trial')} with one objective.`;
  }
  const rest = more.map(label => `, ${label}`).join('');
  return `Pareto front of ${counted(table.length, 'trial')}: ${x} against ${y}${rest}.`;
}
