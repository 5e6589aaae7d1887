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
      sampler: samplers.grid({ points: 40000 })
    });
    await s.optimize(() => 0, { trials: 100 });
    const seen = new Set(s.trials.map(({ config }) => JSON.stringify(config)));
    expect(seen.size).toBe(100);
  });

  it('tries once what differs only in hyperparameters that do not exist', async () => {
    const layered = {
      layers: scales.integer(1, 3),
      units1: scales.linear(0, 1),
      units2: scales.when(({ layers }: { layers: number }) => layers >= 2, scales.linear(0, 1)),
      units3: scales.when(({ layers }: { layers: number }) => layers >= 3, scales.linear(0, 1))
    };
    const s = study({ space: layered, sampler: samplers.grid({ points: 4 }) });
    await s.optimize(() => 0, { trials: 200 });
    expect(s.trials).toHaveLength(4 + 4 ** 2 + 4 ** 3);
    expect(new Set(s.trials.map(({ config }) => JSON.stringify(config))).size).toBe(84);
    // In any order: one layer is not left for the end.
    expect(s.trials.slice(0, 60).some(({ config }) => config.layers === 1)).toBe(true);
  });

  it('tries nothing twice in a conditional grid that is too large to be listed', async () => {
    const members = Object.fromEntries(
      Array.from({ length: 12 }, (_, k) => [
        `x${k}`,
        scales.when(({ kind }: { kind: number }) => kind <= 2 * k, scales.linear(0, 1))
      ])
    );
    const kind = scales.choice([0, 10, 22]);
    const s = study({ space: { kind, ...members }, sampler: samplers.grid({ points: 6 }) });
    await s.optimize(() => 0, { trials: 300 });
    const seen = new Set(s.trials.map(({ config }) => JSON.stringify(config)));
    expect(seen.size).toBe(300);
    // The last kind has one hyperparameter, and so 6 configurations.
    expect(s.trials.filter(({ config }) => config.kind === 22)).toHaveLength(6);
  });

  it('reaches all values of 64 hyperparameters', async () => {
    const names = Array.from({ length: 64 }, (_, k) => `x${k}`);
    const wide = Object.fromEntries(names.map(name => [name, scales.integer(0, 1)]));
    const s = study({ space: wide, sampler: samplers.grid() });
    await s.optimize(() => 0, { trials: 40 });
    const large = study({ space: wide, sampler: samplers.grid({ points: 2 }) });
    await large.optimize(() => 0, { trials: 40 });
    names.forEach(name => {
      expect(new Set(large.trials.map(({ config }) => config[name])).size).toBe(2);
    });
    expect(new Set(s.trials.map(({ config }) => JSON.stringify(config))).size).toBe(32);
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
