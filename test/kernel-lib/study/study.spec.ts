import { inspect } from 'node:util';
import {
  createRng,
  datasets,
  evaluate,
  fit,
  layers,
  optimizers,
  Pruned,
  samplers,
  scales,
  SearchStopped,
  sequential,
  study
} from 'tunelab';

const space = { x: scales.linear(-3, 3), kind: scales.choice(['even', 'odd']) };
const bowl = ({ x, kind }: { x: number; kind: 'even' | 'odd' }) =>
  (x - 1) ** 2 + (kind === 'odd' ? 0.5 : 0);

describe('study.optimize', () => {
  it('finds the bottom of a bowl by random search', async () => {
    const s = await study({ space, sampler: samplers.random(), seed: 2 }).optimize(bowl, {
      trials: 200
    });
    expect(s.trials).toHaveLength(200);
    expect(s.best!.value).toBe(Math.min(...s.trials.map(({ value }) => value!)));
    expect(s.best!.config.x).toBeCloseTo(1, 0);
    expect(s.best!.config.kind).toBe('even');
  });

  it('makes large values best when maximizing, and keeps the earliest of equals', async () => {
    const up = await study({ space, direction: 'maximize' }).optimize(({ x }) => x, { trials: 20 });
    expect(up.best!.config.x).toBe(Math.max(...up.trials.map(({ config }) => config.x)));
    const flat = await study({ space }).optimize(() => 7, { trials: 5 });
    expect(flat.best!.number).toBe(0);
  });

  it('keeps a failed trial with its reason and goes on', async () => {
    const s = await study({ space }).optimize(
      (_config, { trial }) => {
        if (trial.number === 1) throw new Error('out of memory');
        // Objectives written in JavaScript throw and return anything.
        if (trial.number === 2) throw 'a string';
        return [1, 0, 0, NaN, Infinity, 'text' as never, undefined as never, 0.5][trial.number];
      },
      { trials: 8 }
    );
    expect(s.trials.map(({ state }) => state)).toEqual([
      'complete', ...Array(6).fill('failed'), 'complete'
    ]); // prettier-ignore
    const errors = s.trials.map(({ error }) => error);
    expect(errors[1]).toBe('out of memory');
    expect(errors[2]).toBe('a string');
    expect(errors[3]).toMatch(/must return a finite number, but got NaN/);
    expect(errors[4]).toMatch(/but got Infinity/);
    expect(errors[5]).toMatch(/must return a number.*but got "text"/);
    expect(errors[6]).toMatch(/but got undefined/);
    expect(s.trials[3].value).toBeNull();
    expect(s.best!.number).toBe(7);
  });

  it('records reports, attributes and pruned trials', async () => {
    const s = await study({ space }).optimize(
      (_, { report, trial }) => {
        report(0, 0.9);
        report(1, 0.5);
        if (trial.number === 1) throw new Pruned();
        return { value: 0.4, attributes: { epochs: 2 } };
      },
      { trials: 2 }
    );
    expect(s.trials[0]).toMatchObject({
      state: 'complete',
      value: 0.4,
      attributes: { epochs: 2 },
      reports: [[0, 0.9], [1, 0.5]] // prettier-ignore
    });
    expect(s.trials[1]).toMatchObject({ state: 'pruned', value: null, reports: [[0, 0.9], [1, 0.5]] }); // prettier-ignore
    expect(s.trials[0].ended).toBeGreaterThanOrEqual(s.trials[0].started);
  });

  it('gives every trial a seed of its own that depends on study seed and number alone', async () => {
    const seeds = async (seed: number, trials: number) => {
      const seen: number[] = [];
      await study({ space, seed }).optimize((_, tools) => seen.push(tools.seed), { trials });
      return seen;
    };
    const five = await seeds(1, 5);
    expect(new Set(five).size).toBe(5);
    expect((await seeds(1, 8)).slice(0, 5)).toEqual(five);
    expect(await seeds(2, 5)).not.toEqual(five);
  });

  it('hands context and a copy of the configuration to the objective', async () => {
    const s = await study({ space }).optimize(
      (config, { context }) => {
        config.x = 1000;
        return context.offset;
      },
      { trials: 1, context: { offset: 5 } }
    );
    expect(s.best!.value).toBe(5);
    expect(s.trials[0].config.x).toBeLessThanOrEqual(3);
  });

  it('can be stopped; what was told stays, and the running trial says why it ended', async () => {
    const stop = new AbortController();
    const s = study({ space });
    const search = s.optimize(
      async (config, { trial, signal }) => {
        if (trial.number === 3) {
          stop.abort(new Error('lunch'));
          signal.throwIfAborted();
        }
        return bowl(config);
      },
      { trials: 100, signal: stop.signal }
    );
    await expect(search).rejects.toThrow(SearchStopped);
    expect(s.trials).toHaveLength(4);
    expect(s.trials[3]).toMatchObject({
      state: 'failed',
      error: 'the search was stopped while this trial was running'
    });
    expect(s.best).toBeDefined();
    await s.optimize(bowl, { trials: 2 });
    expect(s.trials).toHaveLength(6);
  });

  it('records a trial that a stop cut off as failed when the next search begins', async () => {
    const s = study({ space });
    const stop = new AbortController();
    const endless = s.optimize(() => new Promise<number>(() => undefined), {
      trials: 1,
      signal: stop.signal
    });
    await new Promise(resolve => setTimeout(resolve, 10));
    stop.abort();
    expect(s.trials[0].state).toBe('running');
    await s.optimize(bowl, { trials: 1 });
    expect(s.trials[0]).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('stopped')
    });
    expect(await Promise.race([endless, 'still waiting'])).toBe('still waiting');
  });

  it('says so when every trial fails, with the reason', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    await study({ space }).optimize(
      () => {
        throw new Error('I made a typo');
      },
      { trials: 3 }
    );
    expect(warn).toHaveBeenCalledWith(expect.stringMatching(/all 3 trials failed.*I made a typo/));
    warn.mockRestore();
  });

  it('hears a stop between trials that never wait', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 20);
    await expect(
      study({ space }).optimize(bowl, { trials: 1e6, signal: stop.signal })
    ).rejects.toThrow(/stopped after \d+ trials/);
  });

  it('tunes a real network: the best of 12 learning rates beats the median by far', async () => {
    const { train, dev } = datasets.digits({ seed: 1 });
    const s = await study({ space: { learningRate: scales.log(1e-4, 1) }, seed: 3 }).optimize(
      async (config, { seed, signal }) => {
        const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64, seed });
        const optimizer = optimizers.gradientDescent(config);
        await fit(network, train, { epochs: 3, optimizer, seed, signal });
        return evaluate(network, dev).error;
      },
      { trials: 12 }
    );
    const errors = s.trials.map(({ value }) => value!).sort((a, b) => a - b);
    expect(errors[0]).toBeLessThan(0.12);
    expect(errors[6]).toBeGreaterThan(2 * errors[0]);
  });
});

describe('study.tell', () => {
  it('takes results in any order, each once', async () => {
    const s = study({ space });
    const [first, second] = [(await s.ask())!, (await s.ask())!];
    await s.tell(second, 2);
    await s.tell(first.number, { value: 1 });
    expect(s.best!.number).toBe(0);
    await expect(s.tell(first, 3)).rejects.toThrow(
      /still be running, but got trial 0, which is complete/
    );
    await expect(s.tell(99, 3)).rejects.toThrow(/one of this study's 2, but got 99/);
    expect(s.trials.map(({ value }) => value)).toEqual([1, 2]);
  });

  it('never changes a record that was handed out', async () => {
    const s = study({ space });
    const trial = (await s.ask())!;
    const before = JSON.stringify(trial);
    await s.report(trial, 0, 1);
    await s.tell(trial, 1);
    expect(JSON.stringify(trial)).toBe(before);
  });

  it('keeps records from being changed from outside', async () => {
    const s = await study({ space }).optimize(bowl, { trials: 1 });
    const trial = s.trials[0] as { value: number; config: { x: number } };
    expect(() => (trial.value = 0)).toThrow(TypeError);
    expect(() => (trial.config.x = 0)).toThrow(TypeError);
  });

  it('shows itself in words, and as plain data', async () => {
    const s = await study({ space, name: 'bowl', seed: 1 }).optimize(bowl, { trials: 3 });
    expect(inspect(s)).toMatch(
      /^Study 'bowl', auto search: 3 complete\n {2}best [\d.]+ in trial \d: {"x":.*\n {2}auto: gaussian process, since /
    );
    expect(inspect(study({ space }))).toMatch(/no trials yet/);
    expect(JSON.parse(JSON.stringify(s))).toMatchObject({
      name: 'bowl',
      space: { x: { kind: 'linear', low: -3, high: 3 } },
      trials: [{ number: 0 }, { number: 1 }, { number: 2 }]
    });
  });

  it('refuses a report for a step that is no whole number', async () => {
    const s = study({ space });
    const trial = (await s.ask())!;
    await expect(s.report(trial, -1, 1)).rejects.toThrow(/`step` must be a whole number >= 0/);
  });
});

describe('study', () => {
  it.each([
    ['an empty space', { space: {} }, /at least one hyperparameter, but got {}/],
    ['no space', {}, /at least one hyperparameter, but got undefined/],
    [
      'a range that is no scale',
      { space: { x: [0, 1] } },
      /needs a scale from `scales.\*`, but got \[0, 1\] for `x`/
    ],
    ['an unknown direction', { space, direction: 'up' }, /'minimize' or 'maximize', but got "up"/],
    [
      'a sampler that was not called',
      { space, sampler: samplers.random },
      /must come from `samplers.\*`/
    ],
    [
      'a hyperparameter called value',
      { space: { value: scales.linear(0, 1) } },
      /not called `value` or `number`/
    ],
    ['no options', undefined, /options come in an object with `space`.* but got undefined/],
    ['a seed below 0', { space, seed: -3 }, /but got seed=-3/],
    ['an unknown option', { space, n_trials: 3 }, /but got `n_trials`/]
  ])('refuses %s', (_, options, message) => {
    // prettier-ignore
    expect(() => study(options as never)).toThrow(message);
  });

  it.each([
    ['0 trials', bowl, { trials: 0 }, /`trials` must be a whole number >= 1, but got trials=0/],
    ['no options', bowl, undefined, /options come in an object.*but got undefined/],
    ['no number of trials', bowl, {}, /but got trials=undefined/],
    [
      'an objective that is no function',
      5,
      { trials: 3 },
      /must be a function of a configuration, but got 5/
    ],
    ['a callback that is none', bowl, { trials: 3, onTrial: 5 }, /`onTrial` must be a function/],
    ['an unknown option', bowl, { trials: 3, n_jobs: 2 }, /but got `n_jobs`/]
  ])('optimize refuses %s', async (_, objective, options, message) => {
    // prettier-ignore
    await expect(study({ space }).optimize(objective as never, options as never)).rejects.toThrow(message);
  });

  it('infers the type of a configuration from its space', async () => {
    const s = study({ space });
    const { config } = (await s.ask())!;
    const x: number = config.x;
    const kind: 'even' | 'odd' = config.kind;
    // @ts-expect-error there is no such hyperparameter
    const nothing: unknown = config.y;
    expect([typeof x, typeof kind, nothing]).toEqual(['number', 'string', undefined]);
    expect(createRng(s.seed).uniform()).toBeGreaterThanOrEqual(0);
  });
});
