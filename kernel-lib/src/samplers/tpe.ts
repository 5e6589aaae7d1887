import { knownOptions, show, typeError } from '../errors';
import { count } from '../numeric/options';
import { createRng, hashSeed } from '../numeric/rng';
import { BadMixture } from './badMixture';
import { FrontSplit } from './frontSplit';
import { GoodMixture } from './goodMixture';
import type { SearchHistory } from './history';
import { perStudy, type AskContext, type Sampler } from './sampler';
import { spread } from './sobol';
import { Split } from './split';

/** Options of `samplers.tpe`. */
export interface TpeOptions {
  /** How many results there must be before results are looked at; until then a Sobol sequence. Default: `10`. */
  startup?: number;
  /** How many candidates are compared for each trial. Default: `24`. */
  candidates?: number;
  /**
   * Whether hyperparameters are chosen together, so that it is seen which values go well with which; `false`
   * chooses each by itself. Default: `true`.
   */
  multivariate?: boolean;
}

/**
 * Tree-structured Parzen estimator: looks where good trials lie dense and bad ones do not. The best tenth of
 * the trials, at most 25, makes one density l, the others make another, g; of the candidates drawn from l the
 * one with the largest l / g is tried. Takes whole numbers and choices as they are, and noise well; needs some
 * dozens of trials. Running trials count as bad. For a hyperparameter that exists only in some configurations
 * (`scales.when`), only the trials that have it count, and candidates are compared by what they have. With several
 * objectives the best tenth is that of the first Pareto fronts, of the last of them the trials with the most room
 * around them.
 *
 * @throws RangeError if `startup` or `candidates` is no whole number, or an option is unknown.
 * @example study({ space: { learningRate: scales.log(1e-4, 1) }, sampler: samplers.tpe() })
 * @see Bergstra et al. 2011; multivariate: Falkner et al. 2018; kernels: Watanabe 2023 and Optuna 5;
 * several objectives: Ozaki et al. 2020, "Multiobjective tree-structured Parzen estimator", with Deb's crowding distance.
 */
export function tpe(options: TpeOptions = {}): Sampler {
  const where = 'samplers.tpe';
  knownOptions(where, options, ['startup', 'candidates', 'multivariate']);
  const startup = count(where, 'startup', options.startup ?? 10);
  const candidates = count(where, 'candidates', options.candidates ?? 24);
  const { multivariate = true } = options;
  if (typeof multivariate !== 'boolean') {
    throw typeError(
      where,
      '`multivariate` must be true or false',
      show(multivariate),
      'Leave it out to choose hyperparameters together.'
    );
  }
  const prepared = perStudy(({ dimensions, history, seed }) => {
    const all = dimensions.map((_, j) => j);
    return {
      first: spread(dimensions.length, seed),
      split: history.objectives > 1 ? new FrontSplit(history) : new Split(history),
      groups: multivariate ? [all] : all.map(j => [j]),
      bads: badMixtures(history)
    };
  });
  return {
    name: 'tpe',
    multiObjective: true,
    ask(context) {
      const { number, seed, dimensions, history, trials } = context;
      const { split, groups, bads, first } = prepared(context);
      split.update(trials);
      if (split.ranked < startup) {
        return first(number);
      }
      const rng = createRng(hashSeed(seed, number));
      const point = new Array<number>(dimensions.length);
      const good = split.good();
      for (const group of groups) {
        const mixture = new GoodMixture(history, group, good);
        const drawn = mixture.sample(rng, candidates);
        let best = 0;
        let most = -Infinity;
        for (const { columns, rows, among } of alike(drawn, group, context)) {
          const better = columns === group ? mixture : new GoodMixture(history, columns, good);
          const logs = rows.map((_, row) => better.logDensity(among, row));
          const { candidate, promise } = bads(columns).mostPromising(among, logs, good, most);
          best = candidate < 0 ? best : rows[candidate];
          most = promise;
        }
        group.forEach((j, i) => (point[j] = drawn[best * group.length + i]));
      }
      return point;
    }
  };
}

/** So many sets of hyperparameters may have a mixture of their own; then all are made anew. */
const MOST_MIXTURES = 64;

/** The mixtures of bad trials by their columns, made when they are first asked for. */
function badMixtures(history: SearchHistory): (columns: readonly number[]) => BadMixture {
  const made = new Map<string, BadMixture>();
  const mixtureOf = (columns: readonly number[]): BadMixture => {
    const key = columns.join();
    let mixture = made.get(key);
    if (!mixture) {
      if (made.size >= MOST_MIXTURES + history.dimensions.length) {
        made.clear();
      }
      mixture = new BadMixture(history, columns, index => mixtureOf([index]));
      made.set(key, mixture);
    }
    return mixture;
  };
  return mixtureOf;
}

/** Candidates that have the same hyperparameters, `columns`. */
interface Alike {
  columns: readonly number[];
  /** Which candidates they are. */
  rows: readonly number[];
  /** What they have, (candidate, column) row by row. */
  among: Float64Array;
}

/** Sorts candidates, drawn for all of `group`, by which of its hyperparameters exist there. */
function alike(drawn: Float64Array, group: readonly number[], context: AskContext): Alike[] {
  const width = group.length;
  const all = Array.from({ length: drawn.length / width }, (_, c) => c);
  // By itself a hyperparameter does not know whether it exists.
  if (!context.existing || width < context.dimensions.length) {
    return [{ columns: group, rows: all, among: drawn }];
  }
  const sets = new Map<string, { columns: number[]; rows: number[] }>();
  for (const c of all) {
    const exists = context.existing(Array.from(drawn.subarray(c * width, (c + 1) * width)));
    const columns = group.filter(j => exists[j]);
    const set = sets.get(columns.join()) ?? { columns, rows: [] };
    set.rows.push(c);
    sets.set(columns.join(), set);
  }
  return [...sets.values()]
    .filter(({ columns }) => columns.length > 0)
    .map(({ columns, rows }) => ({
      columns,
      rows,
      among: Float64Array.from(rows.flatMap(c => columns.map(j => drawn[c * width + j])))
    }));
}
