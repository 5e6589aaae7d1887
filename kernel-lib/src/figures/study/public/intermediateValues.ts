import type { StudyView } from '../../../trials/view';
import type { Figure } from '../../figure';
import { ofStudy, type StudyFigureOptions, type TrialName } from './ofStudy';

/**
 * What trials reported while they ran, by step: the best one in front, pruned ones dashed, with a mark where each was
 * stopped. Reports that are not finite break a line. A label of `value` names what was reported.
 * @throws TypeError for anything but a study; RangeError for a name or an option that does not exist.
 * @example
 * const search = study({ space: { learningRate: scales.log(1e-3, 1) }, pruner: pruners.median() });
 * await search.optimize(({ learningRate }, { report }) => {
 *   let w = 1;
 *   for (let step = 0; step < 10; step++) {
 *     w -= learningRate * w;
 *     report(step, w * w);
 *   }
 *   return w * w;
 * }, { trials: 20 });
 * figures.intermediateValues(search, { scales: { value: 'log' } })
 */
export function intermediateValues<S extends StudyView>(
  study: S,
  options: StudyFigureOptions<TrialName<S>> = {}
): Figure {
  return ofStudy('intermediateValues', study, options, []);
}
