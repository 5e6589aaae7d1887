import { samplers, scales, study } from 'tunelab';
import { samplerContract } from '../contracts/samplerContract';

describe.each([
  ['random', () => samplers.random()],
  ['grid', () => samplers.grid()],
  ['latinHypercube', () => samplers.latinHypercube()],
  ['sobol', () => samplers.sobol()],
  ['halton', () => samplers.halton()],
  ['coarseToFine', () => samplers.coarseToFine()],
  ['cmaes', () => samplers.cmaes()],
  ['auto', () => samplers.auto()],
  ['trustRegion', () => samplers.trustRegion()],
  ['gaussianProcess', () => samplers.gaussianProcess()],
  ['tpe', () => samplers.tpe()],
  ['tpe, each by itself', () => samplers.tpe({ multivariate: false })]
])('the sampler %s', (_, create) => {
  samplerContract(create);
});

const space = { learningRate: scales.log(1e-4, 1), l2: scales.log(1e-6, 1e-2) };

describe('samplers.random', () => {
  it('shows 25 different values of each hyperparameter in 25 trials', async () => {
    const s = study({ space, sampler: samplers.random() });
    await s.optimize(() => 0, { trials: 25 });
    expect(new Set(s.trials.map(({ config }) => config.learningRate)).size).toBe(25);
    expect(new Set(s.trials.map(({ config }) => config.l2)).size).toBe(25);
  });

  it('gives the k-th trial the same configuration whoever asks, in whatever order results come', async () => {
    const inOrder = study({ space, sampler: samplers.random(), seed: 9 });
    await inOrder.optimize(() => 0, { trials: 6 });
    const atOnce = study({ space, sampler: samplers.random(), seed: 9 });
    const trials = await Promise.all(Array.from({ length: 6 }, () => atOnce.ask()));
    await Promise.all(trials.reverse().map(trial => atOnce.tell(trial!, 1)));
    expect(atOnce.trials.map(({ config }) => config)).toEqual(
      inOrder.trials.map(({ config }) => config)
    );
    expect(atOnce.trials.map(({ seed }) => seed)).toEqual(inOrder.trials.map(({ seed }) => seed));
  });
});

describe('samplers.grid', () => {
  it('shows 5 different values of each hyperparameter in 25 trials, and every pair once', async () => {
    const s = study({ space, sampler: samplers.grid({ points: 5 }) });
    await s.optimize(() => 0, { trials: 100 });
    const configs = s.trials.map(({ config }) => config);
    expect(configs).toHaveLength(25);
    expect(new Set(configs.map(({ learningRate }) => learningRate)).size).toBe(5);
    expect(new Set(configs.map(config => JSON.stringify(config))).size).toBe(25);
  });

  it('takes as many points as the budget allows', async () => {
    const s = study({ space, sampler: samplers.grid() });
    await s.optimize(() => 0, { trials: 30 });
    expect(s.trials).toHaveLength(6 * 5);
    const cube = { a: scales.linear(0, 1), b: scales.linear(0, 1), c: scales.linear(0, 1) };
    const third = study({ space: cube, sampler: samplers.grid() });
    await third.optimize(() => 0, { trials: 125 });
    expect(third.trials).toHaveLength(125);
  });

  it('goes on in the same grid when the search goes on', async () => {
    const s = study({ space, sampler: samplers.grid() });
    await s.optimize(() => 0, { trials: 9 });
    await s.optimize(() => 0, { trials: 9 });
    expect(new Set(s.trials.map(({ config }) => JSON.stringify(config))).size).toBe(9);
    expect(s.trials).toHaveLength(9);
  });

  it('takes points by name, all choices, and no more whole numbers than there are', async () => {
    const s = study({
      space: {
        rate: scales.log(0.01, 1),
        layers: scales.integer(1, 2),
        unit: scales.choice(['a', 'b', 'c'])
      },
      sampler: samplers.grid({ points: { rate: 3, layers: 9 } })
    });
    await s.optimize(() => 0, { trials: 100 });
    expect(s.trials).toHaveLength(3 * 2 * 3);
  });

  it('has seen all regions when it is cut short', async () => {
    const s = study({ space, sampler: samplers.grid({ points: 10 }) });
    await s.optimize(() => 0, { trials: 30 });
    expect(new Set(s.trials.map(({ config }) => config.learningRate)).size).toBeGreaterThan(7);
    expect(new Set(s.trials.map(({ config }) => config.l2)).size).toBeGreaterThan(7);
  });

  it('costs nothing until it is walked, however large it is', async () => {
    const s = study({
      space: { a: scales.linear(0, 1), b: scales.linear(0, 1) },
      sampler: samplers.grid({ points: 30000 })
    });
    await s.optimize(() => 0, { trials: 100 });
    const seen = new Set(s.trials.map(({ config }) => JSON.stringify(config)));
    expect(seen.size).toBe(100);
  });

  it.each([
    ['half a point', { points: 2.5 }, /whole number of points >= 1, but got 2.5/],
    ['0 points', { points: 0 }, /but got 0/],
    ['an unknown option', { point: 3 } as object, /options are `points`, but got `point`/],
    ['an unknown hyperparameter', { points: { rate: 3 } }, /learningRate, l2, but got "rate"/]
  ])('refuses %s', async (_, options, message) => {
    const ask = async () => study({ space, sampler: samplers.grid(options) }).ask();
    await expect(ask()).rejects.toThrow(message);
  });
});
