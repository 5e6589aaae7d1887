import { counted } from '../text';
import type { TrialTable } from './table';

/** A title for any figure of a study: its name and how many trials it has. */
export function titleOf(table: TrialTable): string {
  const trials = counted(table.length, 'trial');
  return table.study ? `${table.study}: ${trials}` : trials;
}
