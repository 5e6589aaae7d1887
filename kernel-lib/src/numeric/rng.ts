import { rangeError, show } from '../errors';

/** A stream of random numbers that depends on its seed alone. */
export interface Rng {
  /** A number in [0, 1), with 53 random bits. */
  uniform(): number;
  /** A whole number in [0, n); n >= 1. */
  integer(n: number): number;
  /** A draw from the normal distribution with mean 0 and variance 1. */
  normal(): number;
  /** The numbers 0 … n - 1 in random order. */
  permutation(n: number): Uint32Array;
  /** Another stream that depends only on this one's seed and on `key`, not on what was drawn. */
  fork(key: number | string): Rng;
}

/** One round of murmur3's 32-bit finalizer: every bit of the input changes half of the output's. */
export function mix(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * Mixes a seed and a key into another seed, a whole number in [0, 2^32). A trial's seed is
 * `hashSeed(study seed, trial number)`, so that it depends on nothing else: one worker or eight.
 *
 * @example hashSeed(1, 0) === hashSeed(1, 0) // true, on every machine
 */
export function hashSeed(seed: number, key: number | string): number {
  let h = mix((seed ^ 0x9e3779b9) >>> 0);
  // Seeds above 2^32 must differ from those below: the high half takes part as well.
  h = mix((h + Math.floor(seed / 2 ** 32)) >>> 0);
  if (typeof key === 'number') {
    h = mix((h ^ (key >>> 0)) >>> 0);
    return mix((h + Math.floor(key / 2 ** 32) + 0x51ed270b) >>> 0);
  }
  for (let i = 0; i < key.length; i++) {
    h = mix((h ^ (key.charCodeAt(i) + 0x10000)) >>> 0);
  }
  return mix(h);
}

/**
 * The numbers 0 … n - 1 in an order that depends on the seed alone: Fisher and Yates's shuffle, with the hash of each
 * place for its random number. Twice as fast as a stream's `permutation`, for the order of an epoch.
 */
export function shuffled(n: number, seed: number): Uint32Array {
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    order[i] = i;
  }
  const start = hashSeed(seed, n);
  for (let i = n - 1; i > 0; i--) {
    // The bias of this product is below n / 2^32: nothing that training could show.
    const j = (mix((start + Math.imul(i, 0x9e3779b9)) >>> 0) * 2 ** -32 * (i + 1)) >>> 0;
    const held = order[i];
    order[i] = order[j];
    order[j] = held;
  }
  return order;
}

/**
 * Checks a seed: a whole number from 0 to 2^53 - 1.
 * @throws RangeError for anything else.
 */
export function checkSeed(where: string, seed: number): number {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw rangeError(
      where,
      '`seed` must be a whole number from 0 to 2^53 - 1',
      `seed=${show(seed)}`,
      'Any such number will do; the same seed gives the same results.'
    );
  }
  return seed;
}

/**
 * Makes a stream of random numbers from a seed: the generator sfc32, which passes PractRand and
 * needs four 32-bit words.
 *
 * @throws RangeError unless `seed` is a whole number from 0 to 2^53 - 1.
 * @example createRng(1).uniform() // the same number in every run
 * @see C. Doty-Humphrey, PractRand (sfc32).
 */
export function createRng(seed: number): Rng {
  checkSeed('createRng', seed);
  let a = hashSeed(seed, 0);
  let b = hashSeed(seed, 1);
  let c = hashSeed(seed, 2);
  let counter = 1;
  let spare: number | undefined;

  function next(): number {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return t >>> 0;
  }
  // The first words still show the seed; sfc32's author discards twelve.
  for (let i = 0; i < 12; i++) {
    next();
  }

  const uniform = () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
  // The bias of this product is below n / 2^53: nothing that a sample could show.
  const integer = (n: number) => Math.floor(uniform() * n);

  function normal(): number {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    // Marsaglia's polar method: two independent draws from a point in the unit disc.
    let x: number, y: number, s: number;
    do {
      x = 2 * uniform() - 1;
      y = 2 * uniform() - 1;
      s = x * x + y * y;
    } while (s >= 1 || s === 0);
    const factor = Math.sqrt((-2 * Math.log(s)) / s);
    spare = y * factor;
    return x * factor;
  }

  function permutation(n: number): Uint32Array {
    const order = new Uint32Array(n);
    for (let i = 0; i < n; i++) {
      order[i] = i;
    }
    for (let i = n - 1; i > 0; i--) {
      const j = integer(i + 1);
      const held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
    return order;
  }

  return { uniform, integer, normal, permutation, fork: key => createRng(hashSeed(seed, key)) };
}
