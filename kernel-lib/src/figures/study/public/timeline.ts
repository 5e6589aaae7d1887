import type { StudyView } from '../../../trials/view';
import type { Figure } from '../../figure';
import { ofStudy, type StudyFigureOptions, type TrialName } from './ofStudy';

/**
 * When which trial ran: a row for each worker, bars in the colour of what came of the trial, thin ones where a worker
 * waited. Workers are known where trials have an attribute `worker`; else each trial has a row of its own. A trial that
 * still runs lasts to the latest time known; times are seconds, minutes, hours or days since the first trial began.
 * @throws TypeError for anything but a study; RangeError for a name or an option that does not exist.
 * @example
 * const search = study({ space: { learningRate: scales.log(1e-4, 1) } });
 * await search.optimize(async ({ learningRate }) => {
 *   await new Promise(resolve => setTimeout(resolve, 20));
 *   return learningRate;
 * }, { trials: 5 });
 * figures.timeline(search)
 */
export function timeline<S extends StudyView>(
  study: S,
  options: StudyFigureOptions<TrialName<S>> = {}
): Figure {
  return ofStudy('timeline', study, options, []);
}
