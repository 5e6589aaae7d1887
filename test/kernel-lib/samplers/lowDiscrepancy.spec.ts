import { samplers, scales, study, type Sampler } from 'tunelab';
import { mirrored } from 'tunelab/dist/samplers/halton';
import { directionsOf, sobolBits } from 'tunelab/dist/samplers/sobol';
import { scipyValues } from '../../fixtures/scipyValues';

/** Points of a search: `n` of them in `d` dimensions. */
async function points(sampler: Sampler, n: number, d: number, seed: number): Promise<number[][]> {
  const names = Array.from({ length: d }, (_, j) => `x${j}`);
  const space = Object.fromEntries(names.map(name => [name, scales.linear(0, 1)]));
  const s = study({ space, sampler, seed });
  for (let i = 0; i < n; i++) {
    await s.ask({ budget: n });
  }
  return s.trials.map(({ config }) => names.map(name => config[name]));
}

/** Centered discrepancy, Hickernell 1998: 0 is perfectly even. */
function discrepancy(sample: number[][]): number {
  const d = sample[0].length;
  const half = sample.map(x => x.map(u => Math.abs(u - 0.5)));
  let single = 0;
  let pairs = 0;
  half.forEach((a, i) => {
    single += a.reduce((product, z) => product * (1 + 0.5 * z - 0.5 * z * z), 1);
    half.forEach((b, k) => {
      let product = 1;
      for (let j = 0; j < d; j++) {
        product *= 1 + 0.5 * a[j] + 0.5 * b[j] - 0.5 * Math.abs(sample[i][j] - sample[k][j]);
      }
      pairs += product;
    });
  });
  const n = sample.length;
  return (13 / 12) ** d - (2 / n) * single + pairs / n ** 2;
}

/** Mixture discrepancy, Zhou, Fang and Ning 2013, which sees what the centered one does not: gaps around the middle. */
function mixtureDiscrepancy(sample: number[][]): number {
  const d = sample[0].length;
  const half = sample.map(x => x.map(u => Math.abs(u - 0.5)));
  let single = 0;
  let pairs = 0;
  half.forEach((a, i) => {
    single += a.reduce((product, z) => product * (5 / 3 - 0.25 * z - 0.25 * z * z), 1);
    half.forEach((b, k) => {
      let product = 1;
      for (let j = 0; j < d; j++) {
        const apart = Math.abs(sample[i][j] - sample[k][j]);
        product *= 15 / 8 - 0.25 * (a[j] + b[j]) - 0.75 * apart + 0.5 * apart * apart;
      }
      pairs += product;
    });
  });
  const n = sample.length;
  return (19 / 12) ** d - (2 / n) * single + pairs / n ** 2;
}

it('the discrepancies of these tests are scipy’s', () => {
  const { points: three, centered, mixture } = scipyValues.ofThree;
  expect(discrepancy(three)).toBeAllclose(centered, { rtol: 1e-12 });
  expect(mixtureDiscrepancy(three)).toBeAllclose(mixture, { rtol: 1e-12 });
});

const SEEDS = 40;
const samplersOf = {
  random: samplers.random,
  latinHypercube: samplers.latinHypercube,
  sobol: samplers.sobol,
  halton: samplers.halton
};

describe.each(Object.entries(samplersOf))('samplers.%s', (name, create) => {
  const peers = scipyValues.evenness.filter(({ sampler }) => sampler === name);

  it.each(peers)(
    'in $dimensions dimensions $trials trials are as even as scipy’s, and as often in a box',
    async ({ dimensions, trials, centered, mixture, inside }) => {
      const samples: number[][][] = [];
      for (let seed = 0; seed < SEEDS; seed++) {
        samples.push(await points(create(), trials, dimensions, seed));
      }
      const compare = (ours: number[], [mean, deviation]: number[]) => {
        const middle = ours.reduce((a, b) => a + b) / SEEDS;
        const spread = Math.sqrt(ours.reduce((sum, x) => sum + (x - middle) ** 2, 0) / SEEDS);
        // Both means have an error: 4 standard errors of their difference.
        const error = Math.sqrt(1 / SEEDS + 1 / scipyValues.seeds);
        expect(Math.abs(middle - mean)).toBeLessThan(4 * deviation * error);
        // The spread from seed to seed is scipy’s as well, within 5 of its own standard errors.
        expect(Math.abs(spread / deviation - 1)).toBeLessThan(5 * (error / Math.SQRT2));
      };
      compare(samples.map(discrepancy), centered);
      compare(samples.map(mixtureDiscrepancy), mixture);
      const inBox = ([x, y]: number[]) => x < 0.3 && y < 0.6;
      compare(samples.map(sample => sample.filter(inBox).length), inside); // prettier-ignore
    }
  );

  it('is uniform: each tenth of the scale gets a tenth of the trials, in the last dimension too', async () => {
    const counts = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 40; seed++) {
      (await points(create(), 50, 7, seed)).forEach(x => counts[Math.floor(x[6] * 10)]++);
    }
    // scipy.stats.chi2.ppf(0.9999, 9); sequences stay below what independent draws would show
    const chiSquared = counts.reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
    expect(chiSquared).toBeLessThan(33.72);
  });
});

describe('samplers.sobol', () => {
  it('scrambles Joe and Kuo’s sequence, as scipy has it', () => {
    const at = (index: number, j: number) => sobolBits(index, directionsOf(j)) / 2 ** 32;
    const { points: first, point1000 } = scipyValues.sobol;
    expect(first.map((x, k) => x.map((_, j) => at(k, j)))).toEqual(first);
    expect(point1000.map((_, j) => at(1000, j))).toBeAllclose(point1000, { atol: 1e-8 });
  });

  it('puts one of the first 2^k trials into each 2^k-th of every hyperparameter', async () => {
    const sample = await points(samplers.sobol(), 64, 6, 3);
    for (let j = 0; j < 6; j++) {
      expect(new Set(sample.map(x => Math.floor(x[j] * 64))).size).toBe(64);
    }
  });

  it('says what to use beyond 64 hyperparameters', async () => {
    await expect(points(samplers.sobol(), 1, 65, 0)).rejects.toThrow(/at most 64.*\n.*latinHyper/);
    expect(await points(samplers.sobol(), 1, 64, 0)).toHaveLength(1);
  });
});

describe('samplers.halton', () => {
  it('scrambles van der Corput’s sequences', () => {
    const inOrder = (base: number) =>
      Array.from({ length: 20 }, () => Array.from({ length: base }, (_, i) => i));
    scipyValues.halton.points.forEach((x, k) => {
      expect([2, 3, 5, 7].map(base => mirrored(k, inOrder(base)))).toBeAllclose(x, { atol: 1e-8 });
    });
  });
});

describe('samplers.latinHypercube', () => {
  it('shows each n-th of a scale once in n trials, and again in the next n', async () => {
    const sample = await points(samplers.latinHypercube({ trials: 20 }), 40, 3, 1);
    for (const part of [sample.slice(0, 20), sample.slice(20)]) {
      for (let j = 0; j < 3; j++) {
        expect(new Set(part.map(x => Math.floor(x[j] * 20))).size).toBe(20);
      }
    }
    expect(sample.slice(20)).not.toEqual(sample.slice(0, 20));
  });

  it.each([
    ['0 trials', { trials: 0 }, /`trials` must be a whole number >= 1, but got trials=0/],
    ['an unknown option', { points: 3 }, /options are `trials`, but got `points`/]
  ])('refuses %s', (_, options, message) => {
    expect(() => samplers.latinHypercube(options as object)).toThrow(message);
  });
});
