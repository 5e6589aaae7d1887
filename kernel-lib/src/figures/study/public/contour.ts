import type { StudyView } from '../../../trials/view';
import type { Figure } from '../../figure';
import { ofStudy, type StudyFigureOptions, type TrialName } from './ofStudy';

/** Options of `figures.contour`. */
export interface ContourOptions<Name extends string = string> extends StudyFigureOptions<Name> {
  /** Two hyperparameters for one panel, up to 6 for one of each pair. Default: the first four. */
  names?: readonly Name[];
  /** What the surface shows. Default: `'value'`, with several objectives `'value[0]'`. */
  color?: Name;
}

/**
 * The value as a surface over pairs of hyperparameters, smoothed from the complete trials, which stand over it: a mean
 * of the values near each place, weighted by a Gaussian of the distance along the hyperparameters' own scales. Blank
 * where no trial is near. A mark that differs from its surroundings owes it to other hyperparameters or to chance.
 * @throws RangeError if a name does not exist or stands twice, or an option does not exist.
 * @example
 * const search = study({
 *   space: { learningRate: scales.log(1e-4, 1), dropout: scales.linear(0, 0.5) }, sampler: samplers.random()
 * });
 * await search.optimize(({ learningRate, dropout }) => Math.log10(learningRate / 0.01) ** 2 + dropout, { trials: 60 });
 * await show(figures.contour(search, { names: ['learningRate', 'dropout'] }));
 * @see Nadaraya 1964, "On estimating regression"; Optuna's `plot_contour` joins the trials by lines instead.
 */
export function contour<S extends StudyView>(
  study: S,
  options: ContourOptions<TrialName<S>> = {}
): Figure {
  return ofStudy('contour', study, options, ['names', 'color']);
}
