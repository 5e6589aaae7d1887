import { createRng, Pruned, samplers, scales, study, type Sampler, type Space } from 'tunelab';
import { Evolution } from 'tunelab/dist/samplers/evolution';

const cube = (d: number) =>
  Object.fromEntries(Array.from({ length: d }, (_, j) => [`x${j}`, scales.linear(-5, 5)]));
type Point = { [name: string]: number };
const numbers = (config: Point) => Object.values(config);
/** A valley a thousand times longer than wide, turned against all axes. */
const valley = (config: Point) => {
  const x = numbers(config).map(u => u - 1);
  const along = x.reduce((a, b) => a + b);
  return x.reduce((sum, u) => sum + 1e4 * (u - along / x.length) ** 2, along ** 2 / x.length);
};
const lowest = async (f: (config: Point) => number, d: number, trials: number, seed = 1) => {
  const s = study({ space: cube(d), sampler: samplers.cmaes(), seed });
  return (await s.optimize(f, { trials })).best!.value!;
};

describe('samplers.cmaes', () => {
  it('finds the bottom of a valley across all axes to many digits', async () => {
    expect(await lowest(valley, 4, 1500)).toBeLessThan(1e-9);
  });

  it('finds a bottom that lies in a corner of the space', async () => {
    const corner = (config: Point) => numbers(config).reduce((sum, x) => sum + 5 - x, 0);
    expect(await lowest(corner, 3, 600)).toBeLessThan(1e-3);
  });

  it('goes on from elsewhere once a run has shrunk to a point: more than one of many bottoms', async () => {
    // Rastrigin's function, with bottoms at all whole numbers.
    const waves = (config: Point) =>
      numbers(config).reduce((sum, x) => sum + x * x + 10 - 10 * Math.cos(2 * Math.PI * x), 0);
    const run = async (restarts: 'bipop' | 'ipop' | 'none') => {
      const found: number[] = [];
      for (let seed = 0; seed < 3; seed++) {
        const s = study({ space: cube(2), sampler: samplers.cmaes({ restarts }), seed });
        found.push((await s.optimize(waves, { trials: 1500 })).best!.value!);
      }
      return found.reduce((a, b) => a + b);
    };
    const once = await run('none');
    expect(once).toBeGreaterThan(1);
    expect(await run('ipop')).toBeLessThan(once / 2);
    expect(await run('bipop')).toBeLessThan(once / 2);
  }, 30000);

  it('does not freeze on whole numbers, and settles on the better choice', async () => {
    const space = {
      layers: scales.integer(1, 100),
      units: scales.integer(1, 8),
      rate: scales.linear(0, 1),
      kind: scales.choice(['a', 'b', 'c'])
    } satisfies Space;
    for (let seed = 0; seed < 3; seed++) {
      const s = study({ space, sampler: samplers.cmaes(), seed });
      await s.optimize(
        ({ layers, units, rate, kind }) =>
          Math.abs(layers - 73) / 10 +
          Math.abs(units - 2) +
          (rate - 0.2) ** 2 +
          (kind === 'b' ? 0 : 1),
        { trials: 500 }
      );
      expect(s.best!.config).toMatchObject({ layers: 73, units: 2, kind: 'b' });
    }
  });

  it('keeps away from where trials fail or are pruned', async () => {
    const s = study({ space: cube(2), sampler: samplers.cmaes(), seed: 2 });
    await s.optimize(
      ({ x0, x1 }) => {
        if (x0 > 0) throw new Error('diverged');
        if (x1 > 0) throw new Pruned();
        return x0 ** 2 + x1 ** 2;
      },
      { trials: 300 }
    );
    // The bottom lies in the corner between the two.
    expect(s.best!.value).toBeLessThan(0.02);
  });

  it('learns from trials that eight workers run at once', async () => {
    const s = study({ space: cube(3), sampler: samplers.cmaes(), seed: 3 });
    const running = [];
    for (let i = 0; i < 1200; i++) {
      running.push((await s.ask())!);
      if (running.length === 8) {
        const [trial] = running.splice((i * 5) % 8, 1);
        await s.tell(trial, valley(trial.config));
      }
    }
    expect(s.best!.value).toBeLessThan(1e-3);
  });

  it('lives with choices alone, with a constant objective, and with nothing but failures', async () => {
    const kinds = { kind: scales.choice(['a', 'b', 'c', 'd']) };
    const s = study({ space: kinds, sampler: samplers.cmaes() });
    await s.optimize(({ kind }) => (kind === 'c' ? 0 : 1), { trials: 200 });
    const late = s.trials.slice(100).filter(({ config }) => config.kind === 'c');
    expect(late.length).toBeGreaterThan(70);
    const flat = study({ space: cube(2), sampler: samplers.cmaes() });
    await flat.optimize(() => 1, { trials: 500 });
    expect(flat.trials.every(({ config }) => numbers(config).every(Number.isFinite))).toBe(true);
    const failing = study({ space: cube(2), sampler: samplers.cmaes() });
    for (let i = 0; i < 100; i++) {
      await failing.tell((await failing.ask())!, NaN);
    }
    expect(numbers((await failing.ask())!.config).every(Number.isFinite)).toBe(true);
  });

  it.each([
    ['a sigma of 0', { sigma: 0 }, /`0 < sigma <= 1` must hold, but got 0/],
    ['a population of 2', { population: 2 }, /`population` must be a whole number >= 3/],
    ['an unknown restart', { restarts: 'often' }, /one of bipop, ipop, none, but got "often"/],
    ['an unknown option', { x0: 3 }, /but got `x0`/]
  ])('refuses %s', (_, options, message) => {
    expect(() => samplers.cmaes(options as object)).toThrow(message);
  });

  it('draws a choice evenly while no trial has had it', async () => {
    const evolution = samplers.cmaes();
    const kinds: number[] = [];
    const sampler: Sampler = {
      name: 'watched',
      ask(context) {
        const point = evolution.ask(context)!;
        kinds.push(Math.floor(3 * point[1]));
        // The first hyperparameter is always such that the second does not exist.
        return [0.25, ...point.slice(1)];
      }
    };
    const space = {
      deep: scales.choice([false, true]),
      kind: scales.when(({ deep }: { deep: boolean }) => deep, scales.choice(['a', 'b', 'c'])),
      x: scales.linear(0, 1)
    };
    await study({ space, sampler, seed: 1 }).optimize(({ x }) => x, { trials: 300 });
    for (const kind of [0, 1, 2]) {
      // 100 expected, with a deviation of 8.
      expect(Math.abs(kinds.filter(one => one === kind).length - 100)).toBeLessThan(33);
    }
  });
});

describe('one generation of CMA-ES', () => {
  it('moves as the package cmaes moves', async () => {
    /*
     * from cmaes import CMA
     * cma = CMA(mean=np.full(2, 0.5), sigma=0.2, population_size=6)
     * for g in range(3):
     *     x = [np.array([0.5 + 0.1 * np.sin(1 + i + 7 * g), 0.5 + 0.1 * np.cos(2 * i + g)]) for i in range(6)]
     *     cma.tell([(p, i) for i, p in enumerate(x)])
     * cma._mean, cma._sigma ** 2 * cma._C
     */
    const run = new Evolution(Float64Array.of(0.5, 0.5), 0.2, 6, [Infinity, Infinity]);
    for (let g = 0; g < 3; g++) {
      run.update(
        Array.from({ length: 6 }, (_, i) => [
          0.5 + 0.1 * Math.sin(1 + i + 7 * g),
          0.5 + 0.1 * Math.cos(2 * i + g)
        ])
      );
    }
    expect([...run.mean]).toBeAllclose([0.5256971086896643, 0.46241542485269804], { rtol: 1e-9 });
    // What it draws from (0, 1) and (1, 0) shows sigma and the square root of C.
    const rng = createRng(1);
    const [first, second] = [run.sample(rng, [1, 0]), run.sample(rng, [0, 1])];
    const spread = [first, second].map(x => x.map((u, i) => u - run.mean[i]));
    const covariance = [0, 1].map(i =>
      [0, 1].map(j => spread[0][i] * spread[0][j] + spread[1][i] * spread[1][j])
    );
    expect(covariance.flat()).toBeAllclose(
      [0.008480086344977511, -0.0012345478244930007, -0.0012345478244930003, 0.0072356921798861365],
      { rtol: 1e-6 }
    );
  });
});
