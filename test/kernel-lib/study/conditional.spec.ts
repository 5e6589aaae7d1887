import { figures, samplers, scales, study } from 'tunelab';

const layered = {
  layers: scales.integer(1, 3),
  units1: scales.integer(8, 64),
  units2: scales.when(({ layers }: { layers: number }) => layers >= 2, scales.integer(8, 64)),
  units3: scales.when(({ layers }: { layers: number }) => layers >= 3, scales.integer(8, 64))
};
const family = [
  ['random', () => samplers.random()],
  ['grid', () => samplers.grid({ points: 3 })],
  ['sobol', () => samplers.sobol()],
  ['latinHypercube', () => samplers.latinHypercube()],
  ['tpe', () => samplers.tpe({ startup: 5 })],
  ['coarseToFine', () => samplers.coarseToFine()],
  ['cmaes', () => samplers.cmaes()],
  ['gaussianProcess', () => samplers.gaussianProcess()]
] as const;

describe.each(family)('samplers.%s on conditional and constrained spaces', (_, create) => {
  it('gives layer k its units exactly if there are k layers', async () => {
    const search = study({ space: layered, sampler: create() });
    await search.optimize(
      ({ units1, units2 = 0, units3 = 0 }) => Math.abs(units1 + units2 + units3 - 90),
      { trials: 18 }
    );
    expect(search.trials).toHaveLength(18);
    for (const { config, state } of search.trials) {
      expect(state).toBe('complete');
      const names = ['layers', 'units1', 'units2', 'units3'].slice(0, config.layers + 1);
      expect(Object.keys(config)).toEqual(names);
    }
  });

  it('makes no trial that breaks the constraint', async () => {
    const search = study({
      space: { low: scales.linear(0, 1), high: scales.linear(0, 1) },
      constraint: ({ low, high }) => low < high,
      sampler: create()
    });
    await search.optimize(({ low, high }) => low - high, { trials: 15 });
    const { trials } = search;
    // Of nine points of the grid three lie on the right side.
    expect(trials).toHaveLength(search.sampler.name === 'grid' ? 3 : 15);
    expect(trials.every(({ config }) => config.low < config.high)).toBe(true);
  });

  it('finds its way into a thousandth of the space', async () => {
    const search = study({
      space: { a: scales.linear(0, 1), b: scales.linear(0, 1) },
      constraint: ({ a, b }) => Math.abs(a - b) < 0.0005,
      sampler: create()
    });
    const trial = await search.ask();
    expect(Math.abs(trial!.config.a - trial!.config.b)).toBeLessThan(0.0005);
  });
});

describe('scales.when', () => {
  it('reads a hyperparameter that does not exist as undefined, and so nests', async () => {
    const search = study({
      space: {
        optimizer: scales.choice(['sgd', 'momentum']),
        beta: scales.when(
          ({ optimizer }: { optimizer: string }) => optimizer === 'momentum',
          scales.oneMinusLog(0.9, 0.999)
        ),
        nesterov: scales.when(
          ({ beta }: { beta?: number }) => beta !== undefined && beta > 0.95,
          scales.choice([true, false])
        )
      }
    });
    await search.optimize(({ beta = 0 }) => beta, { trials: 40 });
    for (const { config } of search.trials) {
      expect('beta' in config).toBe(config.optimizer === 'momentum');
      expect('nesterov' in config).toBe((config.beta ?? 0) > 0.95);
    }
    expect(new Set(search.trials.map(({ config }) => Object.keys(config).length)).size).toBe(3);
  });

  it('leaves trials without the value out of figures, and says so', async () => {
    const search = study({ space: layered });
    await search.optimize(({ units1 }) => units1, { trials: 20 });
    expect(figures.scatter(search, { x: 'units3' }).alt).toMatch(/\d+/);
    expect(JSON.parse(JSON.stringify(search)).space.units2).toMatchObject({
      kind: 'integer',
      low: 8,
      when: expect.stringContaining('layers >= 2')
    });
  });

  const integer = scales.integer(1, 3);
  it.each<[string, () => unknown, RegExp]>([
    [
      'no condition',
      () => scales.when(true as never, integer),
      /function of a configuration, but got true/
    ],
    ['no scale', () => scales.when(() => true, 3 as never), /must be a scale from `scales/],
    [
      'a condition on what stands below',
      () =>
        study({ space: { a: scales.when(({ b }: { b: number }) => b > 1, integer), b: integer } }),
      /condition of `a` may read what stands above it: nothing, but got `b`/
    ],
    [
      'a misspelt name',
      () =>
        study({
          space: { layers: integer, a: scales.when((c: { layer: number }) => c.layer > 1, integer) }
        }),
      /stands above it: layers, but got `layer`/
    ],
    [
      'a condition that answers a number',
      () => study({ space: { a: integer, b: scales.when(() => 1 as never, integer) } }),
      /condition of `b`: a condition must answer true or false, but got 1/
    ],
    [
      'a constraint that is none',
      () => study({ space: layered, constraint: 3 as never }),
      /`constraint` must be a function/
    ]
  ])('%s is refused', (_, make, message) => {
    expect(make).toThrow(message);
  });

  it('a constraint that never holds ends the search with a word, and loses nothing', async () => {
    let allowed = 2;
    const search = study({ space: layered, constraint: () => allowed-- > 0 });
    await expect(search.optimize(({ layers }) => layers, { trials: 5 })).rejects.toThrow(
      /`constraint` must hold somewhere, but 10100 configurations did not fulfil it/
    );
    expect(search.trials.map(({ state }) => state)).toEqual(['complete', 'complete']);
  });
});
