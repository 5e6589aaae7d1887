import { hashSeed, scales, study, type Sampler, type Space, type Trial } from 'tunelab';
import { historyOf } from 'tunelab/dist/samplers/history';
import { configAt, dimensionsOf } from 'tunelab/dist/study/space';

const space = {
  learningRate: scales.log(1e-4, 1),
  beta: scales.oneMinusLog(0.9, 0.999),
  dropout: scales.linear(0, 0.5),
  units: scales.integer(4, 64),
  activation: scales.choice(['relu', 'tanh'])
} satisfies Space;

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

  it('works in one dimension as well', async () => {
    const s = study({ space: { x: scales.linear(0, 1) }, sampler: create() });
    await s.optimize(({ x }) => x, { trials: 5 });
    expect(s.trials).toHaveLength(5);
  });

  it('goes on from stored trials as it would have gone on, whatever the order of results', async () => {
    const s = search();
    const waiting: Trial[] = [];
    for (let i = 0; i < 60; i++) {
      waiting.push((await s.ask({ budget: 80 }))!);
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
      budget: 80
    });
    expect(configAt(space, point!)).toEqual((await s.ask({ budget: 80 }))!.config);
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
