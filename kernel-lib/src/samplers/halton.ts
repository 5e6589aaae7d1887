import { createRng, hashSeed } from '../numeric/rng';
import { perStudy, type Sampler } from './sampler';

/**
 * Scrambled Halton sequence: coordinate j of trial k is k written in the j-th prime base and mirrored at the
 * point, each digit through a random permutation of its own. As even as Sobol in few dimensions, at any
 * number of trials instead of powers of two. The k-th trial depends on the seed and k alone.
 *
 * @example study({ space: { learningRate: scales.log(1e-4, 1) }, sampler: samplers.halton() })
 * @see Halton 1960; scrambling: Owen 2017, "A randomized Halton algorithm in R".
 */
export function halton(): Sampler {
  const prepared = perStudy(({ dimensions, seed }) =>
    primes(dimensions.length).map((base, j) => permutationsOf(base, hashSeed(seed, j)))
  );
  return {
    name: 'halton',
    multiObjective: true,
    ask: context => prepared(context).map(digits => mirrored(context.number, digits))
  };
}

/** A permutation for each digit, so many that together they reach the precision of a double. */
function permutationsOf(base: number, seed: number): Uint32Array[] {
  const rng = createRng(seed);
  const count = Math.ceil(53 / Math.log2(base));
  return Array.from({ length: count }, () => rng.permutation(base));
}

/** The index's digits, lowest first, through their permutations and behind the point. */
export function mirrored(index: number, digits: readonly ArrayLike<number>[]): number {
  const base = digits[0].length;
  let rest = index;
  let weight = 1;
  let position = 0;
  for (const permutation of digits) {
    weight /= base;
    position += weight * permutation[rest % base];
    rest = Math.floor(rest / base);
  }
  return Math.min(position, 1);
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) {
    if (found.every(prime => n % prime !== 0)) {
      found.push(n);
    }
  }
  return found;
}
