import { position } from '../positions';
import type { Layer, Panel, Scene } from '../scene/scene';
import { counted } from '../text';
import { bestSoFar, bestSoFarSteps } from './bestSoFar';
import { whyEmpty } from './empty';
import { hoverOf } from './hover';
import { bestRow, shownRows, stateOf } from './objective';
import { metricNames, quantityOf, type Quantity } from './quantity';
import type { TrialTable } from './table';
import type { TrialView } from './view';

/** States that leave no value behind: they are marked at the lower edge. */
const WITHOUT_VALUE = [
  { state: 'pruned', symbol: 'diamond' },
  { state: 'failed', symbol: 'cross' }
] as const;

/**
 * Values in the order of the trials, and the best so far as a step line; one panel for each objective. Trials that
 * were pruned or failed have no value: their marks stand at the lower edge.
 */
export function historyScene(table: TrialTable, view: TrialView): Scene {
  const rows = shownRows(table, view);
  const panels = metricNames(table).map((_, objective) => panelOf(table, view, rows, objective));
  const note = whyEmpty(table, rows, panels);
  return { panels, ...(note !== undefined && { note }) };
}

function panelOf(
  table: TrialTable,
  view: TrialView,
  rows: readonly number[],
  objective: number
): Panel {
  const number = quantityOf(table, view, 'number');
  const metric = quantityOf(table, view, metricNames(table)[objective]);
  // A value that is not finite, or not above 0 on a log axis, has no place.
  const placed = rows.filter(row => position(metric.axis, metric.values[row]) !== null);
  const hover = hoverOf(table, view);
  const layers: Layer[] = [];
  if (placed.length > 0) {
    layers.push({
      kind: 'points',
      name: 'complete',
      ...at(placed, number, metric),
      trials: at(placed, number, metric).x,
      text: i => hover(placed[i])
    });
    layers.push({
      kind: 'line',
      name: 'best so far',
      step: true,
      // Over all trials, so that it lasts while those that end without a value run.
      ...bestSoFarSteps(
        rows.map(row => number.values[row]),
        rows.map(row =>
          position(metric.axis, metric.values[row]) === null ? NaN : metric.values[row]
        ),
        table.directions[objective]
      )
    });
    const best = bestRow(table, placed, objective)!;
    layers.push({
      kind: 'points',
      name: 'best',
      group: 'best so far',
      symbol: 'star',
      ...at([best], number, metric),
      trials: [table.number[best]],
      text: [hover(best)]
    });
  }
  // Without a value there is no axis to mark, and a note says why.
  const edge = placed.length > 0 ? lowerEdge(metric, placed) : NaN;
  for (const { state, symbol } of placed.length > 0 ? WITHOUT_VALUE : []) {
    const own = rows.filter(row => stateOf(table, row) === state);
    if (own.length > 0) {
      layers.push({
        kind: 'points',
        name: `${state}, no value`,
        symbol,
        faint: true,
        x: own.map(row => number.values[row]),
        y: own.map(() => edge),
        trials: own.map(row => table.number[row]),
        text: i => hover(own[i])
      });
    }
  }
  return {
    row: objective,
    column: 0,
    x: { ...number.axis, shared: 'number' },
    y: metric.axis,
    layers
  };
}

const at = (rows: readonly number[], x: Quantity, y: Quantity) => ({
  x: rows.map(row => x.values[row]),
  y: rows.map(row => y.values[row])
});

/** A little below the lowest value, in lengths of the axis. */
function lowerEdge({ axis, values }: Quantity, rows: readonly number[]): number {
  const log = axis.scale === 'log';
  let [low, high] = [Infinity, -Infinity];
  for (const row of rows) {
    const place = position(axis, values[row])!;
    low = Math.min(low, place);
    high = Math.max(high, place);
  }
  const edge = low - (high > low ? 0.08 * (high - low) : 1);
  return log ? 10 ** edge : edge;
}

/** The first sentence of its alt text. */
export function historyWords(table: TrialTable, view: TrialView): string {
  const rows = shownRows(table, view);
  const improvements = table.values.map((values, objective) => {
    const best = bestSoFar(
      rows.map(row => values[row]),
      table.directions[objective]
    );
    // The first value improves on nothing.
    return Math.max(0, new Set(best.filter(value => !Number.isNaN(value))).size - 1);
  });
  const times = improvements.map(count => counted(count, 'time')).join(' and ');
  return `Values of ${counted(rows.length, 'trial')} in their order, with the best so far, which improved ${times}.`;
}
