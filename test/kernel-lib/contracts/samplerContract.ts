import { hashSeed, scales, study, type Sampler, type Space, type Trial } from 'tunelab';
import { historyOf } from 'tunelab/dist/samplers/history';
import { configAt, dimensionsOf, existenceIn } from 'tunelab/dist/study/space';

const space = {
  learningRate: scales.log(1e-4, 1),
  beta: scales.oneMinusLog(0.9, 0.999),
  dropout: scales.linear(0, 0.5),
  units: scales.integer(4, 64),
  activation: scales.choice(['relu', 'tanh'])
} satisfies Space;

const sometimes = {
  group: [
    scales.when(({ units }: { units: number }) => units > 20, scales.linear(0, 1)),
    scales.when(
      ({ activation }: { activation: string }) => activation === 'relu',
      scales.choice(['a', 'b'])
    )
  ]
};

/** What every sampler must keep, whatever it does with the trials it is shown. */
export function samplerContract(create: () => Sampler): void {
  const search = (seed = 1) => study({ space, sampler: create(), seed });

  it('stays inside every scale, with plain values', async () => {
    const s = search();
    await s.optimize(({ learningRate }) => learningRate, { trials: 40 });
    for (const { config } of s.trials) {
      for (const [name, scale] of Object.entries(space)) {
        expect(scale.contains(config[name as keyof typeof config])).toBe(true);
      }
      expect(JSON.parse(JSON.stringify(config))).toEqual(config);
    }
  });

  it('repeats itself for the same seed, and not for another', async () => {
    const configs = async (seed: number) => {
      const s = search(seed);
      await s.optimize(({ dropout }) => dropout, { trials: 12 });
      return s.trials.map(({ config }) => config);
    };
    const first = await configs(1);
    expect(await configs(1)).toEqual(first);
    expect(await configs(2)).not.toEqual(first);
  });

  it('goes on when trials fail, are still running, or all have the same value', async () => {
    const s = search();
    for (let i = 0; i < 12; i++) {
      const trial = (await s.ask({ budget: 50 }))!;
      if (i % 3 !== 0) {
        await s.tell(trial, i % 3 === 1 ? 1 : new Error('no luck'));
      }
    }
    const states = s.trials.map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(['running', 'complete', 'failed']));
    expect(await s.ask({ budget: 50 })).toMatchObject({ number: 12, state: 'running' });
  });

  it('learns nothing from values that are no finite numbers, and goes on', async () => {
    const s = search();
    const values = [NaN, Infinity, -Infinity, 'much', undefined, 0.5];
    for (let i = 0; i < 24; i++) {
      const trial = (await s.ask({ budget: 50 }))!;
      const { state, value } = await s.tell(trial, values[i % 6] as number);
      expect([state, value]).toEqual(i % 6 === 5 ? ['complete', 0.5] : ['failed', null]);
      await expect(s.tell(trial, 1)).rejects.toThrow(
        /must still be running, but got trial \d+, wh/
      );
    }
    await expect(s.tell(24, 1)).rejects.toThrow(/must be one of this study's 24, but got 24/);
    expect(s.best!.number).toBe(5);
  });

  it.each([0, -1, 2.5, NaN, Infinity])('refuses a budget of %d, by name', async budget => {
    const s = search();
    await expect(s.ask({ budget })).rejects.toThrow(
      /`budget` must be a whole number >= 1, but got/
    );
    await expect(s.optimize(() => 1, { trials: budget })).rejects.toThrow(
      /`trials` must be a whole/
    );
    expect(s.trials).toHaveLength(0);
  });

  it('takes a loss that never changes, and trials that cannot differ', async () => {
    const constant = search();
    await constant.optimize(() => 7, { trials: 30, progress: false });
    // The largest grid within 30 has 24 points.
    expect(constant.trials).toHaveLength(constant.sampler.name === 'grid' ? 24 : 30);
    const only = { kind: scales.choice(['one']), other: scales.choice([null]) };
    const same = study({ space: only, sampler: create() });
    await same.optimize(() => 7, { trials: 20, progress: false });
    expect(same.trials.length).toBe(same.sampler.name === 'grid' ? 1 : 20);
  });

  it('asks in well under a second with a choice of 10,000 values among others', async () => {
    const many = scales.choice(Array.from({ length: 10_000 }, (_, i) => i));
    const s = study({ space: { ...space, many }, sampler: create(), seed: 2 });
    let longest = 0;
    for (let i = 0; i < 50; i++) {
      const before = process.cpuUsage();
      const trial = (await s.ask({ budget: 50 }))!;
      // The processor's time: a busy machine may stand still meanwhile.
      const { user, system } = process.cpuUsage(before);
      longest = Math.max(longest, (user + system) / 1000);
      expect(many.contains(trial.config.many)).toBe(true);
      await s.tell(trial, trial.config.many / 1e4 + trial.config.dropout);
    }
    expect(longest).toBeLessThan(500);
  });

  it('works in one dimension as well', async () => {
    const s = study({ space: { x: scales.linear(0, 1) }, sampler: create() });
    await s.optimize(({ x }) => x, { trials: 5 });
    expect(s.trials).toHaveLength(5);
  });

  it.each([
    ['', space],
    [', where some hyperparameters do not always exist', { ...space, ...sometimes }]
  ])('goes on from stored trials as it would have gone on%s', async (_, space) => {
    const s = study({ space, sampler: create(), seed: 1 });
    const waiting: Trial[] = [];
    for (let i = 0; i < 60; i++) {
      const asked = await s.ask({ budget: 80 });
      if (!asked) {
        break;
      }
      waiting.push(asked);
      if (i % 3 === 2) {
        for (const { number, config } of waiting.splice(i % 2, 2).reverse()) {
          const { dropout, units, learningRate } = config as { [name: string]: number };
          const value = dropout + units / 64 - learningRate;
          await s.tell(number, number % 7 === 6 ? new Error('no luck') : value);
        }
      }
    }
    const trials = JSON.parse(JSON.stringify(s.trials)) as Trial[];
    const dimensions = dimensionsOf(space);
    const point = create().ask({
      number: trials.length,
      seed: hashSeed(s.seed, 'sampler'),
      dimensions,
      history: historyOf(dimensions, 'minimize', trials),
      trials,
      existing: existenceIn(space),
      budget: 80
    });
    // A grid may be at its end.
    const next = await s.ask({ budget: 80 });
    expect(point && configAt(space, point)).toEqual(next?.config);
  });

  it('maximizes as it minimizes the negative', async () => {
    const configs = async (direction: 'minimize' | 'maximize') => {
      const s = study({ space, sampler: create(), seed: 5, direction });
      const sign = direction === 'minimize' ? 1 : -1;
      await s.optimize(({ dropout, units }) => sign * (dropout * units), { trials: 30 });
      return s.trials.map(({ config }) => config);
    };
    expect(await configs('maximize')).toEqual(await configs('minimize'));
  });
}
