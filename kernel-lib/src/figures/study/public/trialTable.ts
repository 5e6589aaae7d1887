import type { StudyView } from '../../../trials/view';
import type { Figure } from '../../figure';
import { ofStudy, type StudyFigureOptions, type TrialName } from './ofStudy';

/** A column of a table of trials. */
export type TrialColumnName<S extends StudyView> = TrialName<S> | 'state' | 'note';

/** Options of `figures.trialTable`. */
export interface TrialTableOptions<Name extends string = string> extends StudyFigureOptions<Name> {
  /** The columns, from left to right. Default: all. */
  names?: readonly Name[];
  /** What rows are sorted by. Default: the value, the best first. */
  sort?: Name;
  /** The largest first. Default: `false`. */
  descending?: boolean;
}

/**
 * The trials as a table: number, state (with the reason of those that failed), values, hyperparameters, duration in
 * seconds, and notes. In JupyterLab a table that sorts and scrolls, elsewhere the first rows.
 * @throws RangeError if a name is no column, or an option does not exist.
 * @example
 * const search = study({ space: { learningRate: scales.log(1e-4, 1) }, sampler: samplers.random() });
 * await search.optimize(({ learningRate }) => Math.log10(learningRate / 0.01) ** 2, { trials: 8 });
 * await show(figures.trialTable(search, { names: ['number', 'value', 'learningRate'] }));
 */
export function trialTable<S extends StudyView>(
  study: S,
  options: TrialTableOptions<TrialColumnName<S>> = {}
): Figure {
  return ofStudy('trialTable', study, options, ['names', 'sort', 'descending'], ['state', 'note']);
}
