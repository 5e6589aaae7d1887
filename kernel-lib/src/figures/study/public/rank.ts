import type { StudyView } from '../../../trials/view';
import type { Figure } from '../../figure';
import { ofStudy, type StudyFigureOptions, type TrialName } from './ofStudy';

/** Options of `figures.rank`. */
export interface RankOptions<Name extends string = string> extends StudyFigureOptions<Name> {
  /** Two hyperparameters for one panel, up to 8 for one of each pair. Default: the first five. */
  names?: readonly Name[];
  /** What trials are ranked by. Default: `'value'`, with several objectives `'value[0]'`. */
  color?: Name;
}

/**
 * Trials over pairs of hyperparameters, coloured by their rank, from 0 for the best to 1 for the worst; equal values
 * share the mean of their ranks. A loss that has run away takes one rank, where on a scale of values it would take all
 * of the colours.
 * @throws RangeError if a name does not exist or stands twice, or an option does not exist.
 * @example
 * const search = study({
 *   space: { learningRate: scales.log(1e-4, 1), dropout: scales.linear(0, 0.5) }, sampler: samplers.random()
 * });
 * await search.optimize(({ learningRate, dropout }) => 10 ** (Math.log10(learningRate / 0.01) ** 2) + dropout, { trials: 60 });
 * await show(figures.rank(search));
 * @see Optuna, `plot_rank`.
 */
export function rank<S extends StudyView>(
  study: S,
  options: RankOptions<TrialName<S>> = {}
): Figure {
  return ofStudy('rank', study, options, ['names', 'color']);
}
