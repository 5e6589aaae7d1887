import type { StudyView } from '../../../trials/view';
import type { Figure } from '../../figure';
import { ofStudy, type StudyFigureOptions, type TrialName } from './ofStudy';

/** Options of `figures.parallelCoordinates`. */
export interface ParallelCoordinatesOptions<
  Name extends string = string
> extends StudyFigureOptions<Name> {
  /** 2 to 24 quantities, from left to right. Default: the values and hyperparameters, the first twelve of them. */
  names?: readonly Name[];
  /** What colours the lines. Default: `'value'`, with several objectives `'value[0]'`. */
  color?: Name;
}

/**
 * A line for each complete trial, across one vertical axis for each quantity in its own units and on its own scale. The
 * best lie on top: where their lines run together, a value is settled. A hyperparameter that does not exist in a trial
 * has its place below the axis, labelled `none`. Lines of about the same value (a tenth of the range) share a colour.
 * @throws RangeError if a name does not exist or stands twice, or an option does not exist.
 * @example
 * const search = study({
 *   space: { learningRate: scales.log(1e-4, 1), dropout: scales.linear(0, 0.5), kind: scales.choice(['relu', 'tanh']) },
 *   sampler: samplers.random()
 * });
 * await search.optimize(({ learningRate, dropout }) => Math.log10(learningRate / 0.01) ** 2 + dropout, { trials: 60 });
 * await show(figures.parallelCoordinates(search));
 * @see Optuna, `plot_parallel_coordinate`; Inselberg 1985, "The plane with parallel coordinates".
 */
export function parallelCoordinates<S extends StudyView>(
  study: S,
  options: ParallelCoordinatesOptions<TrialName<S>> = {}
): Figure {
  return ofStudy('parallelCoordinates', study, options, ['names', 'color']);
}
