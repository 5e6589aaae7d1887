/** Why a figure of a study shows nothing: the note that stands in its place. */
import type { Panel } from '../scene/scene';
import { counted, shorten } from '../text';
import { stateOf } from './objective';
import type { TrialTable } from './table';

/**
 * @param rows those that the view shows
 * @param lacks what none of them has
 */
export function whyEmpty(
  table: TrialTable,
  rows: readonly number[],
  panels: readonly Panel[],
  lacks = 'a value'
): string | undefined {
  if (panels.some(({ layers }) => layers.length > 0)) {
    return undefined;
  }
  if (table.length === 0) {
    return 'The study has no trials yet.';
  }
  if (rows.length === 0) {
    return `None of the ${counted(table.length, 'trial')} is in this view.`;
  }
  const failed = rows.filter(row => stateOf(table, row) === 'failed');
  const reason = table.errors?.[failed[failed.length - 1]];
  return (
    `None of the ${counted(rows.length, 'trial')} has ${lacks}.` +
    (reason ? ` The last that failed: ${shorten(reason.split('\n')[0], 120)}` : '')
  );
}
