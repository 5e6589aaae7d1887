/** What scenes read of a table: a quantity by its name, the trials that a view shows, the best of them. */
import type { Axis } from '../../scales/axis';
import type { TrialState } from '../../trials/trial';
import type { Numbers } from '../scene/scene';
import { STATES } from './table';
import type { TrialTable } from './table';
import type { TrialView } from './view';

/** A quantity of all trials: where it stands, and one number for each row. */
export interface Quantity {
  name: string;
  axis: Axis;
  values: Numbers;
}

/** `value` of one objective; `value[0]`, `value[1]`, … of several. */
export function metricNames({ metrics }: TrialTable): string[] {
  return metrics.length > 1 ? metrics.map((_, i) => `value[${i}]`) : ['value'];
}

/** An axis under the label and the scale that a view asks for. */
export function axisAs(axis: Axis, name: string, view: TrialView): Axis {
  const label = own(view.labels, name);
  const scale = own(view.scales, name);
  return { ...axis, ...(label !== undefined && { label }), ...(scale !== undefined && { scale }) };
}

/** The quantity of a name, on the axis that the view asks for; `undefined` if the table has none of it. */
export function quantityOf(
  table: TrialTable,
  name: string,
  view: TrialView = {}
): Quantity | undefined {
  const hyperparameter = table.hyperparameters.find(one => one.name === name);
  if (hyperparameter) {
    return { name, axis: axisAs(hyperparameter.axis, name, view), values: hyperparameter.values };
  }
  const objective = metricNames(table).indexOf(name);
  if (objective >= 0) {
    const axis = axisAs(table.metrics[objective], name, view);
    return { name, axis, values: table.values[objective] };
  }
  if (name === 'number') {
    const axis: Axis = { label: 'trial', scale: 'linear', integer: true };
    return { name, axis: axisAs(axis, name, view), values: table.number };
  }
  return undefined;
}

/** Rows that a view shows: in no hidden state, inside of all ranges. A trial without a value lies outside of none. */
export function shownRows(table: TrialTable, view: TrialView): number[] {
  const hidden = STATES.map(state => view.hidden?.includes(state) ?? false);
  const ranges = Object.entries(view.ranges ?? {}).flatMap(([name, [low, high]]) => {
    const quantity = quantityOf(table, name);
    return quantity ? [{ values: quantity.values, low, high }] : [];
  });
  const rows: number[] = [];
  for (let row = 0; row < table.length; row++) {
    const outside = ({ values, low, high }: (typeof ranges)[number]) =>
      values[row] < low || values[row] > high;
    if (!hidden[table.state[row]] && !ranges.some(outside)) {
      rows.push(row);
    }
  }
  return rows;
}

export function stateOf(table: TrialTable, row: number): TrialState {
  return STATES[table.state[row]];
}

/** Of some rows the one whose value is the best, the first of equal ones; `undefined` if none has a finite value. */
export function bestRow(
  table: TrialTable,
  rows: Iterable<number>,
  objective = 0
): number | undefined {
  const sign = table.directions[objective] === 'maximize' ? -1 : 1;
  const values = table.values[objective];
  let best: number | undefined;
  for (const row of rows) {
    if (
      Number.isFinite(values[row]) &&
      (best === undefined || sign * values[row] < sign * values[best])
    ) {
      best = row;
    }
  }
  return best;
}

/** `1 trial`, `2 trials`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function own<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}
