import { rangeError } from '../../../errors';
import type { StudyView } from '../../../trials/view';
import type { Figure } from '../../figure';
import { ofStudy, type StudyFigureOptions, type TrialName } from './ofStudy';

/** Options of `figures.paretoFront`. */
export interface ParetoFrontOptions<Name extends string = string> extends StudyFigureOptions<Name> {
  /** 2 to 6 of the objectives. Default: the first four. */
  names?: readonly `value[${number}]`[];
  /** What colours the marks; `''` for nothing. Default: `'number'`. */
  color?: Name | '';
}

/**
 * The trials of a study of several objectives, one against the other; the Pareto front (trials to which no other is
 * superior) as stars. With two objectives a dashed line bounds what the search has reached.
 * @throws RangeError if the study has one objective, a name does not exist or stands twice, or an option does not exist.
 * @example
 * const search = study({
 *   space: { units: scales.integer(4, 256), learningRate: scales.log(1e-4, 1) }, directions: ['minimize', 'minimize'],
 *   sampler: samplers.random()
 * });
 * await search.optimize(
 *   ({ units, learningRate }) => [1 / units + Math.log10(learningRate / 0.01) ** 2 / 50, units], { trials: 60 }
 * );
 * await show(figures.paretoFront(search, { labels: { 'value[0]': 'dev error', 'value[1]': 'units' } }));
 * @see Optuna, `plot_pareto_front`.
 */
export function paretoFront<S extends StudyView>(
  study: S,
  options: ParetoFrontOptions<TrialName<S>> = {}
): Figure {
  if ((study?.directions?.length ?? 1) < 2) {
    throw rangeError(
      'figures.paretoFront',
      'the study must have two objectives or more',
      'one',
      'Its best trial is `study.best`; figures.history shows how it was found.'
    );
  }
  return ofStudy('paretoFront', study, options, ['names', 'color']);
}
