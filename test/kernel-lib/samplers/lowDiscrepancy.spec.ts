import { samplers, scales, study, type Sampler } from 'tunelab';
import { mirrored } from 'tunelab/dist/samplers/halton';
import { directionsOf, sobolBits } from 'tunelab/dist/samplers/sobol';

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

it('the discrepancy of these tests is scipy’s', () => {
  // qmc.discrepancy([[0.1, 0.2], [0.5, 0.9], [0.75, 0.3]])
  const sample = [[0.1, 0.2], [0.5, 0.9], [0.75, 0.3]]; // prettier-ignore
  expect(discrepancy(sample)).toBeAllclose(0.04993333333333316, { rtol: 1e-12 });
});

/*
 * d, n, numpy.mean and numpy.std of [qmc.discrepancy(make(seed).random(n)) for seed in range(400)], with
 * make = numpy.random.default_rng, qmc.LatinHypercube(d, rng=seed), qmc.Sobol(d, rng=seed) and
 * qmc.Halton(d, rng=seed); scipy 1.17.1
 */
describe.each([
  [
    'random',
    samplers.random,
    [
      [2, 64, 0.006172, 0.0037],
      [5, 64, 0.02429, 0.0072]
    ]
  ],
  [
    'latinHypercube',
    samplers.latinHypercube,
    [
      [2, 64, 0.000521, 2.4e-4],
      [5, 64, 0.006843, 9.8e-4],
      [5, 100, 0.004241, 6.2e-4]
    ]
  ],
  [
    'sobol',
    samplers.sobol,
    [
      [2, 64, 0.0001558, 5.2e-6],
      [5, 64, 0.002806, 5e-5],
      [5, 128, 7.305e-4, 1e-5]
    ]
  ],
  [
    'halton',
    samplers.halton,
    [
      [2, 64, 0.0002805, 9.2e-5],
      [5, 64, 0.003631, 3.2e-4],
      [5, 100, 0.001745, 1.1e-4]
    ]
  ]
] as const)('samplers.%s', (_, create, peers) => {
  // prettier-ignore
  it.each(peers)('in %d dimensions %d trials are as even as scipy’s', async (d, n, mean, deviation) => {
    const found: number[] = [];
    for (let seed = 0; seed < 40; seed++) {
      found.push(discrepancy(await points(create(), n, d, seed)));
    }
    const ours = found.reduce((a, b) => a + b) / found.length;
    // Both means have an error: 4 standard errors of their difference.
    expect(Math.abs(ours - mean)).toBeLessThan(4 * deviation * Math.sqrt(1 / 40 + 1 / 400));
  });

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
    // qmc.Sobol(4, scramble=False).random(8)
    expect([5, 6, 7].map(k => [0, 1, 2, 3].map(j => at(k, j)))).toEqual([
      [0.875, 0.875, 0.125, 0.375],
      [0.625, 0.125, 0.875, 0.625],
      [0.125, 0.625, 0.375, 0.125]
    ]);
    // qmc.Sobol(64, scramble=False).random(1024)[1000, [1, 7, 31, 63]]
    const far = [1, 7, 31, 63].map(j => at(1000, j));
    expect(far).toBeAllclose([0.09667969, 0.89941406, 0.14550781, 0.44628906], { atol: 1e-8 });
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
    // qmc.Halton(4, scramble=False).random(6)[5]
    const fifth = [2, 3, 5, 7].map(base => mirrored(5, inOrder(base)));
    expect(fifth).toBeAllclose([0.625, 0.77777778, 0.04, 0.71428571], { atol: 1e-8 });
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
