import { knownOptions, show, typeError } from '../../../errors';
import type { Importance } from '../../../importance/importance';
import { axisLabel } from '../../labels';
import type { Figure } from '../../figure';
import { importanceScene, importanceWords, LECTURE } from '../importance';
import { sceneFigure } from '../../scene/store';
import type { TrialTable } from '../table';
import { isStudy } from './studies';

/** Options of `figures.importance`. */
export interface ImportanceFigureOptions {
  /** Other labels for hyperparameters, by name: `{ learningRate: 'step size' }`. */
  labels?: Readonly<Record<string, string>>;
  /** Hyperparameters that are drawn. Default: all. */
  names?: readonly string[];
  /** Default: one that says what is drawn. */
  title?: string;
}

/**
 * How much each hyperparameter mattered, the most important on top, and beside it the lecture's ranking of what to tune
 * first: the further right, the sooner. Several measures, by name, are bars below each other.
 * @param measured what `importance(study)` resolved to, or several such by name
 * @throws TypeError for anything else, a study among it: its importance is measured first, which takes a while.
 * @example
 * const search = study({
 *   space: { learningRate: scales.log(1e-4, 1), beta: scales.oneMinusLog(0.9, 0.999) }, sampler: samplers.random()
 * });
 * await search.optimize(({ learningRate, beta }) => Math.log10(learningRate / 0.01) ** 2 + beta, { trials: 30 });
 * figures.importance({
 *   fANOVA: await importance(search), permutation: await importance(search, { method: 'permutation' })
 * })
 * @see lecture, "Tuning process"; Hutter, Hoos and Leyton-Brown 2014 (fANOVA).
 */
export function importance(
  measured: readonly Importance[] | Readonly<Record<string, readonly Importance[]>>,
  options: ImportanceFigureOptions = {}
): Figure {
  const where = 'figures.importance';
  knownOptions(where, options, ['labels', 'names', 'title']);
  const table = tableOf(readMeasures(where, measured));
  const view = { labels: options.labels, names: options.names };
  return sceneFigure({
    figure: 'importance',
    title: options.title ?? 'Importance of hyperparameters',
    alt: importanceWords(table, view),
    scene: importanceScene(table, view)
  });
}

function readMeasures(where: string, measured: unknown): [string, readonly Importance[]][] {
  const one = Array.isArray(measured);
  const named: [string, unknown][] = one
    ? [['measured', measured]]
    : typeof measured === 'object' && measured !== null && !isStudy(measured)
      ? Object.entries(measured)
      : [];
  const odd = named.find(([, list]) => !isMeasured(list));
  if (named.length === 0 || odd) {
    throw typeError(
      where,
      'importances must have been measured',
      isStudy(measured) ? 'a study' : show(odd ? odd[1] : measured),
      'Write figures.importance(await importance(study)).'
    );
  }
  return named as [string, readonly Importance[]][];
}

function isMeasured(list: unknown): boolean {
  return (
    Array.isArray(list) &&
    list.every(
      (one: Partial<Importance> | null) =>
        typeof one?.name === 'string' && typeof one.importance === 'number'
    )
  );
}

/** Importances as columns of a table without trials. */
function tableOf(measures: readonly [string, readonly Importance[]][]): TrialTable {
  const all = measures.flatMap(([, list]) => list);
  const names = [...new Set(all.map(({ name }) => name))];
  const rank = new Map(all.map(({ name, lecture }) => [name, lecture ?? NaN]));
  return {
    study: '',
    directions: ['minimize'],
    metrics: [{ label: 'value', scale: 'linear' }],
    length: 0,
    number: [],
    state: [],
    values: [[]],
    hyperparameters: names.map(name => ({
      name,
      axis: { label: axisLabel(name), scale: 'linear' },
      values: []
    })),
    importance: {
      ...Object.fromEntries(
        measures.map(([measure, list]) => {
          const byName = new Map(list.map(one => [one.name, one.importance]));
          return [measure, names.map(name => byName.get(name) ?? NaN)];
        })
      ),
      [LECTURE]: names.map(name => rank.get(name)!)
    }
  };
}
