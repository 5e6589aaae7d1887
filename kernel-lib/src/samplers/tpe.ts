import { knownOptions, show, typeError } from '../errors';
import { count } from '../numeric/options';
import { createRng, hashSeed } from '../numeric/rng';
import { BadMixture } from './badMixture';
import { FrontSplit } from './frontSplit';
import { GoodMixture } from './goodMixture';
import { perStudy, type Sampler } from './sampler';
import { spread } from './sobol';
import { Split } from './split';

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
 * dozens of trials. Running trials count as bad. With several objectives the best tenth is that of the first Pareto
 * fronts, of the last of them the trials with the most room around them.
 *
 * @throws RangeError if `startup` or `candidates` is no whole number, or an option is unknown.
 * @example study({ space, sampler: samplers.tpe() })
 * Source: Bergstra et al. 2011; multivariate: Falkner et al. 2018; kernels: Watanabe 2023 and Optuna 5;
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
    const groups = multivariate ? [all] : all.map(j => [j]);
    return {
      first: spread(dimensions.length, seed),
      split: history.objectives > 1 ? new FrontSplit(history) : new Split(history),
      estimates: groups.map(group => ({ group, bad: new BadMixture(history, group) }))
    };
  });
  return {
    name: 'tpe',
    multiObjective: true,
    ask(context) {
      const { number, seed, dimensions, history, trials } = context;
      const { split, estimates, first } = prepared(context);
      split.update(trials);
      if (split.ranked < startup) {
        return first(number);
      }
      const rng = createRng(hashSeed(seed, number));
      const point = new Array<number>(dimensions.length);
      const good = split.good();
      for (const { group, bad } of estimates) {
        const mixture = new GoodMixture(history, group, good);
        const drawn = mixture.sample(rng, candidates);
        const badness = bad.logDensity(drawn, good);
        const promise = badness.map((log, c) => mixture.logDensity(drawn, c) - log);
        const best = promise.indexOf(Math.max(...promise));
        group.forEach((j, i) => (point[j] = drawn[best * group.length + i]));
      }
      return point;
    }
  };
}
