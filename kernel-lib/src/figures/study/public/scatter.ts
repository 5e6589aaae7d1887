import type { StudyView } from '../../../trials/view';
import type { Figure } from '../../figure';
import { ofStudy, type StudyFigureOptions, type TrialName } from './ofStudy';

/** Options of `figures.scatter`. */
export interface ScatterOptions<Name extends string = string> extends StudyFigureOptions<Name> {
  /** The horizontal axis: a hyperparameter, `'value'`, `'number'` or `'duration'`. */
  x: Name;
  /** The vertical axis. Default: `'value'`; with several objectives the first that `x` does not show. */
  y?: Name;
  /** What colours the marks; `''` for nothing. Default: `'value'`, or nothing where an axis shows a value already. */
  color?: Name | '';
  /** What the area of the marks grows with. Default: nothing. */
  size?: Name;
}

/**
 * A scatter of a study's trials over two of its quantities, coloured by a third. Axes take their
 * scale from the hyperparameters' own scales. The best trial is a star (with several objectives each of the Pareto
 * front), failed ones are crosses, pruned ones open diamonds; hovering shows a trial's configuration.
 * @throws RangeError if a name is not a hyperparameter, `value`, `number` or `duration`, or if an
 * option does not exist.
 * @example
 * const search = study({
 *   space: { learningRate: scales.log(1e-4, 1), dropout: scales.linear(0, 0.5) }, sampler: samplers.random()
 * });
 * await search.optimize(({ learningRate, dropout }) => Math.log10(learningRate / 0.01) ** 2 + dropout, { trials: 30 });
 * await show(figures.scatter(search, { x: 'learningRate', y: 'dropout', labels: { value: 'dev error' } }));
 */
export function scatter<S extends StudyView>(
  study: S,
  options: ScatterOptions<TrialName<S>>
): Figure {
  return ofStudy('scatter', study, options, ['x', 'y', 'color', 'size']);
}
