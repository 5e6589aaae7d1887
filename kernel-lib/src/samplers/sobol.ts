import { rangeError } from '../errors';
import { createRng, hashSeed, mix } from '../numeric/rng';
import { perStudy, type Sampler } from './sampler';
import { SOBOL_NUMBERS } from './sobolNumbers';

const BITS = 32;
const entries = SOBOL_NUMBERS.split(' ');
const MOST = entries.length + 1;

/**
 * Scrambled Sobol sequence: points that keep out of each other's way. Any 2^k trials in a row from the first
 * one on fill the space as evenly as a grid does, and still show a new value of each hyperparameter every
 * time; random search leaves gaps and makes clusters. The k-th trial depends on the seed and k alone. Best
 * stopped at a power of two. At most 64 hyperparameters.
 *
 * @throws RangeError when asked, if the space has more than 64 hyperparameters.
 * @example study({ space: { learningRate: scales.log(1e-4, 1) }, sampler: samplers.sobol() }) // 32, 64 or 128 trials
 * @see Sobol 1967; Joe and Kuo 2008; scrambling: Owen 1995.
 */
export function sobol(): Sampler {
  const prepared = perStudy(({ dimensions, seed }) => sobolSequence(dimensions.length, seed));
  return { name: 'sobol', multiObjective: true, ask: context => prepared(context)(context.number) };
}

/**
 * The scrambled sequence: its points by index.
 * @throws RangeError beyond 64 dimensions.
 */
export function sobolSequence(dimensions: number, seed: number): (index: number) => number[] {
  const axes = Array.from({ length: dimensions }, (_, j) => ({
    directions: directionsOf(j),
    key: hashSeed(seed, j)
  }));
  return index =>
    axes.map(({ directions, key }) => {
      const scrambled = scramble(sobolBits(index, directions), key);
      return (scrambled + 0.5) / 2 ** BITS;
    });
}

/** Points by index that fill the space: the scrambled sequence, or random ones beyond 64 dimensions. */
export function spread(dimensions: number, seed: number): (index: number) => number[] {
  if (dimensions <= MOST) {
    return sobolSequence(dimensions, seed);
  }
  return index => {
    const rng = createRng(hashSeed(seed, index));
    return Array.from({ length: dimensions }, () => rng.uniform());
  };
}

/**
 * The direction numbers of one dimension, from 0: bit b of an index flips the bits of `result[b]`.
 * @throws RangeError beyond 64 dimensions.
 */
export function directionsOf(dimension: number): Uint32Array {
  if (dimension >= MOST) {
    throw rangeError(
      'samplers.sobol',
      `a space has at most ${MOST} hyperparameters`,
      `a dimension ${dimension + 1}`,
      'Use samplers.latinHypercube() or samplers.random() there.'
    );
  }
  if (dimension === 0) {
    return Uint32Array.from({ length: BITS }, (_, b) => 2 ** (BITS - 1 - b));
  }
  const [polynomial, start] = entries[dimension - 1].split(':');
  const bits = Number(polynomial);
  const degree = 31 - Math.clz32(bits);
  const first = start.split(',').map(Number);
  const v = new Uint32Array(BITS);
  for (let b = 0; b < BITS; b++) {
    if (b < degree) {
      v[b] = first[b] * 2 ** (BITS - 1 - b);
      continue;
    }
    // Joe and Kuo's recurrence: the polynomial's inner bits choose which earlier numbers take part.
    let value = v[b - degree] ^ (v[b - degree] >>> degree);
    for (let k = 1; k < degree; k++) {
      value ^= ((bits >>> (degree - k)) & 1) * v[b - k];
    }
    v[b] = value;
  }
  return v;
}

/** One coordinate of a point of the sequence, unscrambled, as 32 bits; in the order of the Gray code. */
export function sobolBits(index: number, directions: Uint32Array): number {
  let gray = index ^ (index >>> 1);
  let bits = 0;
  for (let b = 0; gray !== 0; b++, gray >>>= 1) {
    bits ^= (gray & 1) * directions[b];
  }
  return bits >>> 0;
}

/**
 * Owen's nested uniform scrambling: each bit is flipped or not by a coin of its own for every value of the
 * bits above it. Intervals stay whole, so the points stay as even, and each alone is uniform.
 */
function scramble(bits: number, key: number): number {
  // A walk down the tree of prefixes: what has been seen so far is mixed into one word, whose last bit is the coin.
  let coin = mix(key);
  let result = 0;
  for (let rest = BITS - 1; rest >= 0; rest--) {
    const bit = (bits >>> rest) & 1;
    result = 2 * result + (bit ^ (coin & 1));
    coin = mix((coin + (bit ? 0x9e3779b9 : 0x85ebca6b)) | 0);
  }
  return result;
}
