import { knownOptions, rangeError, show, typeError } from '../../../errors';
import type { Axis } from '../../../scales/axis';
import type { StudyView } from '../../../trials/view';
import type { Figure } from '../../figure';
import { describeValue, position } from '../../positions';
import type { Panel } from '../../scene/scene';
import { sceneFigure } from '../../scene/store';
import { withSource } from '../../source';
import { counted } from '../../text';
import { empiricalDistribution, medianOf, SHARE } from '../distribution';
import { tableOfStudy } from '../fromStudy';
import { metricNames, quantityOf } from '../quantity';
import type { TrialTable } from '../table';
import type { TrialView } from '../view';
import { ofStudy, type StudyFigureOptions, type TrialName } from './ofStudy';
import { isStudy, readStudies } from './studies';

/**
 * The empirical distribution of a study's values: F(v) = share of the complete trials whose value is <= v. Several
 * studies, by name, lie over each other: of one that minimizes, the curve further left and higher is the better search.
 * A list of studies under one name counts as one. Of several objectives each has a panel. Values that are not finite
 * are left out.
 * @throws TypeError for anything but studies; RangeError for directions that differ, an empty list, or a name or an
 *   option that does not exist.
 * @example
 * const search = async (sampler: ReturnType<typeof samplers.random>) => {
 *   const one = study({ space: { learningRate: scales.log(1e-4, 1) }, sampler });
 *   await one.optimize(({ learningRate }) => Math.log10(learningRate / 0.01) ** 2, { trials: 30 });
 *   return one;
 * };
 * figures.distribution({ random: await search(samplers.random()), tpe: await search(samplers.tpe()) })
 * @see Radosavovic and others 2020, "Designing network design spaces", section 3.1.
 */
export function distribution<S extends StudyView>(
  studies: S | Readonly<Record<string, StudyView | readonly StudyView[]>>,
  options: StudyFigureOptions<TrialName<S>> = {}
): Figure {
  if (isStudy(studies)) {
    return ofStudy('distribution', studies as S, options, []);
  }
  const where = 'figures.distribution';
  knownOptions(where, options, ['title', 'labels', 'scales']);
  const named = readStudies(where, studies).map(one => ({
    name: one.name,
    studies: one.studies,
    tables: one.studies.map(tableOfStudy)
  }));
  const [first] = named[0].tables;
  const view = options as TrialView;
  checkNames(where, first, view);
  const drawn = metricNames(first).map((name, objective) =>
    draw(named, quantityOf(first, view, name).axis, objective)
  );
  const empty = drawn.every(({ panel }) => panel.layers.length === 0);
  const figure = sceneFigure({
    figure: 'distribution',
    title: options.title ?? `${named.map(({ name }) => name).join(', ')}: distribution of values`,
    alt: `Empirical distributions of ${drawn.map(({ words }) => words).join(' ')}`,
    scene: {
      panels: drawn.map(({ panel }) => panel),
      ...(empty && { note: 'None of the studies has a complete trial.' })
    }
  });
  return withSource(figure, {
    studies: named.flatMap(one => one.studies),
    make: () => distribution(studies, options)
  });
}

function draw(
  named: readonly { name: string; tables: readonly TrialTable[] }[],
  axis: Axis,
  objective: number
): { panel: Panel; words: string } {
  const sets = named.map(({ name, tables }) => ({
    name,
    values: tables.flatMap(({ values }) =>
      Array.from(values[objective]).filter(value => position(axis, value) !== null)
    )
  }));
  const highest = sets.flatMap(({ values }) => values).reduce((a, b) => Math.max(a, b), -Infinity);
  const words = sets.map(({ name, values }) =>
    values.length === 0
      ? `${name}: no value`
      : `${name}: half of ${counted(values.length, 'value')} at or below ${describeValue(axis, medianOf(values))}`
  );
  return {
    panel: {
      row: objective,
      column: 0,
      x: axis,
      y: SHARE,
      layers: sets
        .filter(({ values }) => values.length > 0)
        .map(({ name, values }) => {
          const { x, y } = empiricalDistribution(values);
          // All end where the last one ends, so that none seems to have fewer trials.
          return { kind: 'line', name, step: true, x: [...x, highest], y: [...y, 1] };
        })
    },
    words: `${axis.label}: ${words.join('; ')}.`
  };
}

function checkNames(where: string, table: TrialTable, { labels, scales }: TrialView): void {
  for (const [option, given] of Object.entries({ labels, scales })) {
    if (given !== undefined && (typeof given !== 'object' || given === null)) {
      throw typeError(where, `\`${option}\` must be an object by name`, show(given), "Write { value: … }."); // prettier-ignore
    }
    const odd = Object.keys(given ?? {}).find(name => !metricNames(table).includes(name));
    if (odd !== undefined) {
      throw rangeError(
        where,
        `\`${option}\` of several studies are by ${metricNames(table)
          .map(name => `\`${name}\``)
          .join(', ')}`,
        show(odd),
        'Only values are on the axes.'
      );
    }
  }
}
