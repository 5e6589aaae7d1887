import { knownOptions, rangeError, show } from '../../../errors';
import { count } from '../../../numeric/options';
import type { Axis } from '../../../scales/axis';
import type { StudyView } from '../../../trials/view';
import type { Figure } from '../../figure';
import { sceneFigure } from '../../scene/store';
import { withSource } from '../../source';
import { formatNumber, shorten } from '../../text';
import { comparedCurve, type Compared, type ComparedBy, type ComparedCurve } from '../compared';
import { tableOfStudy } from '../fromStudy';
import { directionsOf, readStudies } from './studies';

/** Options of `figures.compareStudies`. */
export interface CompareStudiesOptions {
  /** What the horizontal axis counts: trials, or the seconds since the first trial began. Default: `'trial'`. */
  by?: ComparedBy;
  /** Which of several objectives, from 0. Default: the only one. */
  objective?: number;
  /** Equal ratios, equal heights; values of 0 and below then have no place. Default: `false`. */
  logY?: boolean;
  /** Another label for the metric: `{ value: 'dev error' }`. */
  labels?: { value?: string };
  /** Default: the names. */
  title?: string;
}

/**
 * The best value so far of several studies, as step lines over trials or over time. A list of studies, the same search
 * with other seeds, is one curve: the median of their bests, in a band from the lower to the upper quartile; a search
 * that ended keeps its best. A percentile begins where enough of the seeds have a value.
 * @throws TypeError for anything but studies; RangeError for an empty list, more than 20 names, directions that
 *   differ, several objectives and none named, or an unknown option.
 * @example
 * const search = async (sampler: ReturnType<typeof samplers.random>, seed: number) => {
 *   const one = study({ space: { learningRate: scales.log(1e-4, 1) }, sampler, seed });
 *   await one.optimize(({ learningRate }) => Math.log10(learningRate / 0.01) ** 2, { trials: 20 });
 *   return one;
 * };
 * figures.compareStudies({
 *   random: [await search(samplers.random(), 1), await search(samplers.random(), 2)],
 *   tpe: [await search(samplers.tpe(), 1), await search(samplers.tpe(), 2)]
 * }, { logY: true })
 */
export function compareStudies(
  studies: Readonly<Record<string, StudyView | readonly StudyView[]>>,
  options: CompareStudiesOptions = {}
): Figure {
  const where = 'figures.compareStudies';
  knownOptions(where, options, ['by', 'objective', 'logY', 'labels', 'title']);
  const named = readStudies(where, studies);
  const by = options.by ?? 'trial';
  if (by !== 'trial' && by !== 'time') {
    throw rangeError(where, "`by` must be 'trial' or 'time'", `by=${show(by)}`, "Leave it out for 'trial'."); // prettier-ignore
  }
  const objective = checkObjective(where, named[0].studies[0], options.objective);
  const compared = named.map(one => ({ name: one.name, tables: one.studies.map(tableOfStudy) }));
  const curves = compared.map(one => comparedCurve(one, by, objective));
  const label = options.labels?.value ?? compared[0].tables[0].metrics[objective].label;
  const x: Axis =
    by === 'trial'
      ? { label: 'trial', scale: 'linear', integer: true }
      : { label: 'time since the first trial began (seconds)', scale: 'linear' };
  const y: Axis = { label: `best ${label} so far`, scale: options.logY ? 'log' : 'linear' };
  const layers = curves.flatMap(curve => curve.layers);
  const note =
    layers.length > 0
      ? undefined
      : by === 'time'
        ? 'None of the studies has a complete trial whose time is known.'
        : 'None of the studies has a complete trial.';
  const figure = sceneFigure({
    figure: 'compareStudies',
    title: options.title ?? shorten(`${named.map(({ name }) => name).join(', ')}: ${y.label}`, 120),
    alt:
      `Best ${label} so far by ${by}. ` +
      compared.map((one, i) => wordsOf(one, curves[i], by)).join(' '),
    scene: {
      panels: [{ row: 0, column: 0, x, y, layers }],
      ...(note !== undefined && { note })
    }
  });
  return withSource(figure, {
    studies: named.flatMap(one => one.studies),
    make: () => compareStudies(studies, options)
  });
}

function wordsOf({ name, tables }: Compared, { end }: ComparedCurve, by: ComparedBy): string {
  if (!end) {
    return `${name}: no value.`;
  }
  const until = by === 'trial' ? `at trial ${end.x}` : `after ${formatNumber(end.x)} seconds`;
  const [low, median, high] = end.values.map(formatNumber);
  return tables.length === 1
    ? `${name}: ${median} ${until}.`
    : `${name}: median of ${tables.length} runs ${median}, quartiles ${low} and ${high}, ${until}.`;
}

function checkObjective(where: string, study: StudyView, objective: number | undefined): number {
  const objectives = directionsOf(study).length;
  const wanted = objective === undefined ? 0 : count(where, 'objective', objective, 0);
  if (objective === undefined ? objectives > 1 : wanted >= objectives) {
    throw rangeError(
      where,
      `\`objective\` must say which of the ${objectives} objectives is meant, from 0`,
      `objective=${objective}`,
      'Pass { objective: 0 } for the first.'
    );
  }
  return wanted;
}
