import { ranks } from '../../numeric/ranks';
import type { Axis } from '../../scales/axis';
import type { Scene } from '../scene/scene';
import { whyEmpty } from './empty';
import { layersOf, marksOf } from './marks';
import { counted } from '../text';
import { shownRows } from './objective';
import { metricNames, quantityOf, type Quantity } from './quantity';
import { enumerated, hyperparameterNames, pairPanels, quantitiesOf } from './several';
import type { TrialTable } from './table';
import type { TrialView } from './view';

function chosenOf(table: TrialTable, view: TrialView): { all: Quantity[]; of: Quantity } {
  const where = 'figures.rank';
  const names = hyperparameterNames(table);
  const usual = names.length > 1 ? names : [...names, ...metricNames(table), 'number'].slice(0, 2);
  return {
    all: quantitiesOf(table, view, usual, { where, least: 2, most: 8, usual: 5 }),
    of: quantityOf(table, view, view.color || metricNames(table)[0], { where, option: 'color' })
  };
}

/**
 * Where each trial stands among those that have a value: 0 for the best, 1 for the worst, equal values sharing the
 * mean of their ranks; 0.5 for the only one, NaN for those without a value.
 */
export function rankShares(table: TrialTable, { name, values }: Quantity): Float64Array {
  const rows: number[] = [];
  for (let row = 0; row < table.length; row++) {
    if (Number.isFinite(values[row])) rows.push(row);
  }
  const sign = table.directions[metricNames(table).indexOf(name)] === 'maximize' ? -1 : 1;
  const ranked = ranks(rows.map(row => sign * values[row]));
  const shares = new Float64Array(table.length).fill(NaN);
  rows.forEach((row, i) => {
    shares[row] = rows.length > 1 ? (ranked[i] - 1) / (rows.length - 1) : 0.5;
  });
  return shares;
}

/**
 * Trials over each pair of hyperparameters, coloured by their rank: a single value that is far off changes no other
 * trial's colour.
 */
export function rankScene(table: TrialTable, view: TrialView): Scene {
  const { all, of } = chosenOf(table, view);
  const axis: Axis = {
    label: `rank of ${of.axis.label}: 0 best, 1 worst`,
    scale: 'linear',
    range: [0, 1]
  };
  const color = { values: rankShares(table, of) };
  const marks = marksOf(table, view, { color });
  const panels = pairPanels(all, (x, y) => layersOf(marks, x, y));
  const note = whyEmpty(table, shownRows(table, view), panels, 'a place on these axes');
  return { panels, color: { ...axis, better: 'low' }, ...(note !== undefined && { note }) };
}

/** What ranks show beyond counts and the best. */
export function rankWords(table: TrialTable, view: TrialView): string {
  const { all, of } = chosenOf(table, view);
  return `Ranks of ${counted(table.length, 'trial')} by ${of.axis.label}, over ${enumerated(all)}.`;
}
