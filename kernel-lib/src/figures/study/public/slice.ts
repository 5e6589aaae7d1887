import type { StudyView } from '../../../trials/view';
import type { Figure } from '../../figure';
import { ofStudy, type StudyFigureOptions, type TrialName } from './ofStudy';

/** Options of `figures.slice`. */
export interface SliceOptions<Name extends string = string> extends StudyFigureOptions<Name> {
  /** Up to 24 hyperparameters. Default: the first twelve. */
  names?: readonly Name[];
  /** The vertical axis of all panels. Default: `'value'`, with several objectives `'value[0]'`. */
  y?: Name;
  /** What colours the marks; `''` for nothing. Default: `'number'`, so that colour shows how the search went on. */
  color?: Name | '';
}

/**
 * The value over each hyperparameter: a panel for each, with one vertical axis. A hyperparameter that matters shows a
 * shape here, one that does not a cloud. Trials in which a hyperparameter does not exist are not in its panel.
 * @throws RangeError if a name does not exist or stands twice, or an option does not exist.
 * @example
 * const search = study({ space: { learningRate: scales.log(1e-4, 1), dropout: scales.linear(0, 0.5) } });
 * await search.optimize(({ learningRate, dropout }) => Math.log10(learningRate / 0.01) ** 2 + dropout, { trials: 30 });
 * await show(figures.slice(search));
 * @see Optuna, `plot_slice`.
 */
export function slice<S extends StudyView>(
  study: S,
  options: SliceOptions<TrialName<S>> = {}
): Figure {
  return ofStudy('slice', study, options, ['names', 'y', 'color']);
}
