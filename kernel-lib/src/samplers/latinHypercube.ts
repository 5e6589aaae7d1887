import { knownOptions } from '../errors';
import { count } from '../numeric/options';
import { createRng, hashSeed } from '../numeric/rng';
import { perStudy, type Sampler } from './sampler';

/** Options of `samplers.latinHypercube`. */
export interface LatinHypercubeOptions {
  /** How many trials make one hypercube. Default: the budget of the first search; 32 where there is none. */
  trials?: number;
}

/**
 * Latin hypercube: of n trials, each hyperparameter shows exactly one value in every n-th of its scale, at a
 * random place there. Like a grid of n steps for each hyperparameter, for n trials instead of n^d. After n
 * trials another hypercube begins.
 *
 * @throws RangeError if `trials` is no whole number >= 1 or an option is unknown.
 * @example study({ space: { learningRate: scales.log(1e-4, 1) }, sampler: samplers.latinHypercube() })
 * @see McKay, Beckman and Conover 1979.
 */
export function latinHypercube(options: LatinHypercubeOptions = {}): Sampler {
  knownOptions('samplers.latinHypercube', options, ['trials']);
  const { trials } = options;
  if (trials !== undefined) {
    count('samplers.latinHypercube', 'trials', trials);
  }
  const prepared = perStudy(({ budget }) => ({
    size: trials ?? budget ?? 32,
    cube: -1,
    orders: [] as Uint32Array[]
  }));
  return {
    name: 'latin hypercube',
    multiObjective: true,
    ask(context) {
      const { number, seed, dimensions } = context;
      const state = prepared(context);
      const { size } = state;
      const cube = Math.floor(number / size);
      if (cube !== state.cube) {
        const rng = createRng(hashSeed(seed, `cube ${cube}`));
        state.orders = dimensions.map(() => rng.permutation(size));
        state.cube = cube;
      }
      const rng = createRng(hashSeed(seed, number));
      return state.orders.map(order => (order[number % size] + rng.uniform()) / size);
    }
  };
}
