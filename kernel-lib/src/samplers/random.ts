import { createRng, hashSeed } from '../numeric/rng';
import type { Sampler } from './sampler';

/**
 * Random search: every hyperparameter is drawn by itself, evenly on its own scale. n trials show n different
 * values of each one, where a grid of the same budget shows only its steps. The k-th trial depends on the
 * seed and k alone: the same with 1 worker or 8.
 *
 * @example study({ space: { learningRate: scales.log(1e-4, 1) }, sampler: samplers.random(), seed: 1 })
 * @see lecture, "Tuning process"; Bergstra and Bengio 2012.
 */
export function random(): Sampler {
  return {
    name: 'random',
    multiObjective: true,
    ask({ number, seed, dimensions }) {
      const rng = createRng(hashSeed(seed, number));
      return dimensions.map(() => rng.uniform());
    }
  };
}
