/** Which columns of a table a view of it cannot do without. */
import type { TrialTable } from './table';
import type { StudyFigureName, TrialView } from './view';

/** Beside what the view names. */
const ALWAYS: Partial<Record<StudyFigureName, readonly string[]>> = {
  intermediateValues: ['reports'],
  timeline: ['started', 'ended', 'worker'],
  trialTable: ['started', 'ended', 'errors', 'notes']
};

/** Kinds that show every hyperparameter unless the view names some. */
const ALL: readonly StudyFigureName[] = [
  'scatterMatrix',
  'slice',
  'contour',
  'parallelCoordinates',
  'rank',
  'importance',
  'trialTable'
];

/** Names of hyperparameters, and `started`, `ended`, `worker`, `reports`, `errors`, `notes`. */
export function neededColumns(
  figure: StudyFigureName,
  table: TrialTable,
  view: TrialView
): Set<string> {
  const named = [view.x, view.y, view.color, view.size, ...(view.names ?? [])];
  const needed = new Set(named.filter((name): name is string => name !== undefined));
  const all = ALL.includes(figure) && !view.names && (view.x === undefined || view.y === undefined);
  for (const { name } of all ? table.hyperparameters : []) needed.add(name);
  for (const name of Object.keys(view.ranges ?? {})) needed.add(name);
  if (needed.has('duration')) needed.add('started').add('ended');
  for (const name of ALWAYS[figure] ?? []) needed.add(name);
  return needed;
}
