import { inspect } from 'node:util';
import { createRng, hashSeed, samplers, scales, study, type Trial } from 'tunelab';
import { historyOf } from 'tunelab/dist/samplers/history';
import { configAt, dimensionsOf } from 'tunelab/dist/study/space';

type Point = { [name: string]: number };
const cube = (d: number) =>
  Object.fromEntries(Array.from({ length: d }, (_, j) => [`x${j}`, scales.linear(-2, 2)]));
const banana = ({ x0, x1 }: Point) => 100 * (x1 - x0 * x0) ** 2 + (1 - x0) ** 2;

describe('samplers.auto', () => {
  it('is what a study takes that is given none', () => {
    expect(study({ space: cube(2) }).sampler.name).toBe('auto');
  });

  it('goes down a smooth function by quadratic models, and says so', async () => {
    const s = study({ space: cube(2) });
    expect(s.reason).toBeUndefined();
    await s.optimize(banana, { trials: 10 });
    expect(s.reason).toMatch(/^auto: trust region, since .*continuous and no noise/);
    await s.optimize(banana, { trials: 240 });
    expect(s.reason).toMatch(/^auto: CMA-ES with a quadratic model/);
    expect(s.best!.value).toBeLessThan(1e-8);
    expect(inspect(s)).toContain(s.reason);
  });

  it('sees noise, since it tries the first point twice', async () => {
    const s = study({ space: cube(2) });
    await s.optimize((config, { seed }) => banana(config) + createRng(seed).uniform(), {
      trials: 20
    });
    expect(s.trials[1].config).toEqual(s.trials[0].config);
    expect(s.reason).toMatch(/gaussian process, since the same point gave two losses/);
  });

  it('takes losses that come in steps as noise', async () => {
    const s = study({ space: cube(2) });
    await s.optimize(config => Math.floor(banana(config) / 200), { trials: 25 });
    expect(s.reason).toMatch(/many points gave the same loss/);
  });

  it('takes the Gaussian process for choices, and TPE later or when many trials run', async () => {
    const space = { x: scales.linear(0, 1), kind: scales.choice(['a', 'b']) };
    const s = study({ space });
    await s.optimize(({ x }) => x, { trials: 3 });
    expect(s.reason).toMatch(/gaussian process, since there are whole numbers or choices and/);
    for (let i = 0; i < 5; i++) {
      await s.ask();
    }
    expect(s.reason).toMatch(/tpe, since .* and 4 trials run at once/);
    const long = study({ space });
    const trials = await Promise.all(Array.from({ length: 150 }, () => long.ask()));
    await Promise.all(trials.map(trial => long.tell(trial!, trial!.config.x)));
    await long.ask();
    expect(long.reason).toMatch(/tpe, since .* 150 results or more/);
  });

  it('takes TPE where hyperparameters exist in some trials only', async () => {
    const s = study({
      space: {
        layers: scales.integer(1, 2),
        second: scales.when(({ layers }: { layers: number }) => layers > 1, scales.linear(0, 1))
      }
    });
    await s.optimize(({ layers, second = 0 }) => layers + second, { trials: 3 });
    expect(s.reason).toBe('auto: tpe, since there are hyperparameters that exist in some trials only'); // prettier-ignore
  });

  it('averages noise out by a quadratic model once there are 12 results for each hyperparameter', async () => {
    const s = study({ space: cube(2), seed: 1 });
    const bowl = ({ x0, x1 }: Point) => (x0 - 1) ** 2 + 4 * (x1 + 0.5) ** 2;
    await s.optimize((config, { seed }) => bowl(config) + 0.2 * createRng(seed).normal(), {
      trials: 120
    });
    expect(s.reason).toMatch(/CMA-ES with a quadratic model, since the same point gave two losses/);
    const last = s.trials.slice(-20).map(({ config }) => bowl(config));
    // A tenth of the noise's deviation, in the middle of them.
    expect(last.sort((a, b) => a - b)[10]).toBeLessThan(0.02);
  });

  it.each([
    ['a smooth function', () => 0],
    ['a noisy one', (seed: number) => createRng(seed).uniform()]
  ])('goes on from stored trials of %s as it would have gone on', async (_, noise) => {
    const space = cube(2);
    const s = study({ space, seed: 3 });
    const waiting: Trial[] = [];
    const pairs: [unknown, unknown][] = [];
    for (let i = 0; i < 80; i++) {
      waiting.push((await s.ask())!);
      if (waiting.length === 3) {
        const [{ number, config }] = waiting.splice(i % 3, 1);
        const value = banana(config as Point) + noise(number);
        await s.tell(number, i % 11 === 5 ? new Error('no luck') : value);
      }
      if (i % 13 === 0) {
        const trials = JSON.parse(JSON.stringify(s.trials)) as Trial[];
        const dimensions = dimensionsOf(space);
        const point = samplers.auto().ask({
          number: trials.length,
          seed: hashSeed(s.seed, 'sampler'),
          dimensions,
          history: historyOf(dimensions, 'minimize', trials),
          trials
        });
        const next = (await s.ask())!;
        pairs.push([configAt(space, point!), next.config]);
        await s.tell(next, banana(next.config as Point) + noise(next.number));
      }
    }
    expect(pairs).toHaveLength(7);
    expect(pairs.map(([stored]) => stored)).toEqual(pairs.map(([, live]) => live));
  });

  it.each([
    ['a constant', () => 7],
    ['huge values', ({ x0 }: Point) => 1e300 * x0],
    ['nothing but failures', () => NaN],
    ['a plane', ({ x0 }: Point) => x0]
  ])('goes on with %s, inside the space', async (_, objective) => {
    const s = study({ space: cube(3) });
    await s.optimize(objective, { trials: 30 });
    const values = s.trials.flatMap(({ config }) => Object.values(config));
    expect(values).toHaveLength(90);
    expect(values.every(value => value >= -2 && value <= 2)).toBe(true);
  });

  it.each([1, 2])('answers with a budget of %i', async budget => {
    const s = study({ space: cube(2) });
    expect(await s.ask({ budget })).toMatchObject({ number: 0 });
    expect(s.reason).toMatch(/trials are too few for quadratic models/);
  });

  it('refuses options', () => {
    expect(() => samplers.auto({ budget: 1 } as never)).toThrow(/samplers\.auto/);
  });
});
