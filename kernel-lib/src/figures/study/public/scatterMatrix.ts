import type { StudyView } from '../../../trials/view';
import type { Figure } from '../../figure';
import { ofStudy, type StudyFigureOptions, type TrialName } from './ofStudy';

/** Options of `figures.scatterMatrix`. */
export interface ScatterMatrixOptions<
  Name extends string = string
> extends StudyFigureOptions<Name> {
  /** 2 to 8 quantities. Default: the first five hyperparameters. */
  names?: readonly Name[];
  /** What colours the marks; `''` for nothing. Default: `'value'`, or nothing where a panel shows a value already. */
  color?: Name | '';
}

/**
 * Each of several quantities against each other one, once: where good trials (in the bright colour) lie together, the
 * two hyperparameters matter together. Panels of one quantity share its axis.
 * @throws RangeError if a name does not exist or stands twice, or an option does not exist.
 * @example
 * const search = study({
 *   space: { learningRate: scales.log(1e-4, 1), dropout: scales.linear(0, 0.5), hiddenUnits: scales.integer(8, 64) },
 *   sampler: samplers.random()
 * });
 * await search.optimize(({ learningRate, dropout }) => Math.log10(learningRate / 0.01) ** 2 + dropout, { trials: 30 });
 * await show(figures.scatterMatrix(search));
 */
export function scatterMatrix<S extends StudyView>(
  study: S,
  options: ScatterMatrixOptions<TrialName<S>> = {}
): Figure {
  return ofStudy('scatterMatrix', study, options, ['names', 'color']);
}
