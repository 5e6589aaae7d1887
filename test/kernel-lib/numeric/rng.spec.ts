import fc from 'fast-check';
import { createRng, hashSeed } from 'tunelab';

const draws = (n: number, seed = 1) => {
  const rng = createRng(seed);
  return Array.from({ length: n }, () => rng.uniform());
};

describe('createRng', () => {
  it('gives the same numbers for the same seed, in every version of this library', () => {
    // Written by the first version: whoever changes these changes every seeded result.
    expect(draws(4, 2026)).toMatchSnapshot();
    expect([hashSeed(1, 0), hashSeed(1, 1), hashSeed(1, 'sampler')]).toMatchSnapshot();
  });

  it('is uniform: the Kolmogorov-Smirnov distance of 100,000 draws stays below the 0.1 % bound', () => {
    const sorted = draws(1e5).sort((a, b) => a - b);
    const distance = Math.max(...sorted.map((u, i) => Math.abs(u - (i + 0.5) / sorted.length)));
    // scipy.stats.kstwo.isf(0.001, 100000) = 0.00616
    expect(distance).toBeLessThan(0.00616);
  });

  it('has normal draws with mean 0, variance 1 and kurtosis 3', () => {
    const rng = createRng(5);
    const z = Array.from({ length: 2e5 }, () => rng.normal());
    const moment = (k: number) => z.reduce((sum, value) => sum + value ** k, 0) / z.length;
    // Standard errors: 1/sqrt(n), sqrt(2/n), sqrt(96/n); four of each.
    expect(Math.abs(moment(1))).toBeLessThan(4 * Math.sqrt(1 / z.length));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / z.length));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / z.length));
  });

  it('forks streams that depend on seed and key alone, not on what was drawn', () => {
    const drawn = createRng(1);
    drawn.uniform();
    drawn.normal();
    expect(drawn.fork(7).uniform()).toBe(createRng(1).fork(7).uniform());
    expect(createRng(1).fork(7).uniform()).not.toBe(createRng(1).fork(8).uniform());
    expect(createRng(1).fork('a').uniform()).not.toBe(createRng(1).fork('b').uniform());
  });

  it('tells apart any two seeds, also beyond 32 bits', () => {
    const seed = fc.nat({ max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(seed, seed, (a, b) => a === b || draws(2, a).join() !== draws(2, b).join())
    );
  });

  it('permutes: every number once, every place equally likely', () => {
    const counts = new Array(5).fill(0);
    for (let seed = 0; seed < 5000; seed++) {
      const order = createRng(seed).permutation(5);
      expect([...order].sort()).toEqual([0, 1, 2, 3, 4]);
      counts[order[0]]++;
    }
    // scipy.stats.chi2.isf(0.001, 4) = 18.47
    expect(counts.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0)).toBeLessThan(18.47);
  });

  it.each([-1, 0.5, NaN, Infinity, 2 ** 53, '1', undefined])('refuses the seed %p', seed => {
    expect(() => createRng(seed as number)).toThrow(
      /whole number from 0 to 2\^53 - 1, but got seed=/
    );
  });
});
