import type { StudyView } from '../../../trials/view';
import type { Figure } from '../../figure';
import { ofStudy, type StudyFigureOptions, type TrialName } from './ofStudy';

/**
 * The history of a search: each trial's value in the order of the trials, and the best so far as a step line; of several
 * objectives one panel each. Trials that were pruned or failed have no value: they are marked at the lower edge.
 * @throws TypeError for anything but a study; RangeError for a name or an option that does not exist.
 * @example
 * const search = study({
 *   space: { learningRate: scales.log(1e-4, 1), dropout: scales.linear(0, 0.5) }, sampler: samplers.tpe()
 * });
 * await search.optimize(({ learningRate, dropout }) => Math.log10(learningRate / 0.01) ** 2 + dropout, { trials: 30 });
 * figures.history(search, { scales: { value: 'log' }, labels: { value: 'dev error' } })
 */
export function history<S extends StudyView>(
  study: S,
  options: StudyFigureOptions<TrialName<S>> = {}
): Figure {
  return ofStudy('history', study, options, []);
}
