/** Which trials a view shows, and which of them are the best. */
import { firstFront } from '../../numeric/pareto';
import type { TrialState } from '../../trials/trial';
import { quantityOf } from './quantity';
import { STATES, type TrialTable } from './table';
import type { TrialView } from './view';

/** Rows of a table that a view shows. */
export interface Rows {
  /** By state. The best are among the complete ones. */
  readonly byState: Readonly<Record<TrialState, readonly number[]>>;
  /**
   * The best complete trial of the study, the earliest of equals; of several objectives those of the Pareto front.
   * Empty where a view hides them.
   */
  readonly best: readonly number[];
  /** Those that a reader pinned. */
  readonly pinned: readonly number[];
}

/** What `best` is called in a legend. */
export function bestName({ directions }: TrialTable): string {
  return directions.length > 1 ? 'Pareto front' : 'best';
}

/** Whether a view shows a row. */
export function shownBy(table: TrialTable, view: TrialView): (row: number) => boolean {
  const hidden = STATES.map(state => view.hidden?.includes(state) ?? false);
  const ranges = Object.entries(view.ranges ?? {}).map(
    ([name, range]) => [quantityOf(table, view, name).values, range] as const
  );
  return row =>
    !hidden[table.state[row]] &&
    ranges.every(([values, [low, high]]) => values[row] >= low && values[row] <= high);
}

export function rowsOf(table: TrialTable, view: TrialView): Rows {
  const shows = shownBy(table, view);
  const byState: Record<TrialState, number[]> = {
    waiting: [],
    running: [],
    complete: [],
    pruned: [],
    failed: []
  };
  const pinnedNumbers = new Set(view.pinned);
  const pinned: number[] = [];
  for (let row = 0; row < table.length; row++) {
    if (shows(row)) {
      byState[STATES[table.state[row]]].push(row);
      if (pinnedNumbers.has(table.number[row])) pinned.push(row);
    }
  }
  return { byState, best: bestRows(table).filter(shows), pinned };
}

/** Rows of the study's best complete trial, or of its Pareto front. */
export function bestRows(table: TrialTable): number[] {
  const { directions, values } = table;
  const complete = STATES.indexOf('complete');
  const rows: number[] = [];
  for (let row = 0; row < table.length; row++) {
    if (table.state[row] === complete && values.every(one => Number.isFinite(one[row]))) {
      rows.push(row);
    }
  }
  const signs = directions.map(direction => (direction === 'maximize' ? -1 : 1));
  if (directions.length > 1) {
    const losses = rows.map(row => values.map((one, i) => signs[i] * one[row]));
    return firstFront(losses).map(i => rows[i]);
  }
  let best = -1;
  for (const row of rows) {
    if (best < 0 || signs[0] * values[0][row] < signs[0] * values[0][best]) {
      best = row;
    }
  }
  return best < 0 ? [] : [best];
}
