/** One objective at a time, where there may be several: rows that a view shows, and the best of them. */
import type { TrialState } from '../../trials/trial';
import { shownBy } from './rows';
import { STATES, type TrialTable } from './table';
import type { TrialView } from './view';

export function shownRows(table: TrialTable, view: TrialView): number[] {
  return Array.from({ length: table.length }, (_, row) => row).filter(shownBy(table, view));
}

export function stateOf(table: TrialTable, row: number): TrialState {
  return STATES[table.state[row]];
}

/** Of some rows the one whose value is the best, the first of equal ones; `undefined` if none has a finite value. */
export function bestRow(
  table: TrialTable,
  rows: Iterable<number>,
  objective: number
): number | undefined {
  const sign = table.directions[objective] === 'maximize' ? -1 : 1;
  const values = table.values[objective];
  let best: number | undefined;
  for (const row of rows) {
    const value = sign * values[row];
    if (Number.isFinite(value) && (best === undefined || value < sign * values[best])) {
      best = row;
    }
  }
  return best;
}
