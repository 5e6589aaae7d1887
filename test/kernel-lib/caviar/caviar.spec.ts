import path from 'node:path';
import { caviar, command, pruners, samplers, scales, SearchStopped, study } from 'tunelab';
import type { Executor } from 'tunelab/dist/caviar/executor';
import { inProcess } from 'tunelab/dist/caviar/inProcess';
import { threadExecutor } from 'tunelab/dist/caviar/threadExecutor';
import { compiledThread } from './compiled';

const space = { kind: scales.choice(['value']), x: scales.linear(-1, 1) };
const thread = compiledThread();
afterAll(() => thread.remove());

const inFolder = (name: string) => path.join(__dirname, 'objectives', name);

/** Threads from today's sources for a module of `objectives/`. */
function threads(name: string, waits = false, context?: unknown): Executor {
  const objective = { kind: 'module', file: inFolder(name) } as const;
  return threadExecutor({ objective, context, waits, file: thread.file });
}
const quiet = { progress: false };
const unused = () => 0;

describe('caviar', () => {
  const results = async (sampler: () => ReturnType<typeof samplers.random>, workers: number) => {
    const search = study({ space, sampler: sampler(), seed: 5 });
    await caviar(search, unused, { ...quiet, trials: 12, workers, executor: threads('many.cjs') });
    return search.trials.map(({ number, state, config, seed, value }) => ({
      number,
      state,
      config,
      seed,
      value
    }));
  };

  it.each(
    Object.entries({
      random: samplers.random,
      sobol: samplers.sobol,
      halton: samplers.halton,
      latinHypercube: () => samplers.latinHypercube({ trials: 12 }),
      grid: () => samplers.grid({ points: 12 })
    })
  )('makes the same trials with 1, 2 and 4 workers: %s', async (_, sampler) => {
    const one = await results(sampler, 1);
    expect(one).toHaveLength(12);
    expect(
      one.every(({ state, value, config }) => state === 'complete' && value === config.x ** 2)
    ).toBe(true);
    expect(await results(sampler, 2)).toEqual(one);
    expect(await results(sampler, 4)).toEqual(one);
  });

  it('makes the same trials as study.optimize', async () => {
    const search = study({ space, sampler: samplers.random(), seed: 5 });
    await search.optimize(({ x }) => x * x, { trials: 12, progress: false });
    const both = await results(samplers.random, 2);
    expect(both.map(({ config, value }) => [config, value])).toEqual(
      search.trials.map(({ config, value }) => [config, value])
    );
  });

  it('keeps what fails, crashes, hangs or leaves as failed, with its reason, and goes on', async () => {
    const kinds = ['value', 'throw', 'exit', 'hang', 'throw later', 'late'] as const;
    const search = study({ space: { kind: scales.choice(kinds), x: scales.linear(0, 1) } });
    for (const kind of [...kinds, 'value'] as const) {
      await search.enqueue({ kind, x: 0.5 });
    }
    const executor = threads('many.cjs');
    await caviar(search, unused, { ...quiet, trials: 7, workers: 2, trialSeconds: 0.1, executor });
    expect(
      search.trials.map(({ state, value, error }) => (state === 'complete' ? value : error))
    ).toEqual([
      0.25,
      'no such layer',
      expect.stringContaining('ended with code 3'),
      expect.stringContaining('longer than 0.1 s'),
      expect.stringContaining('from a timer'),
      expect.stringContaining('longer than 0.1 s'),
      0.25
    ]);
  });

  it('asks the pruner at each report and stops what it gives up', async () => {
    const search = study({
      space: { kind: scales.choice(['report']), x: scales.linear(-100, 100) },
      sampler: samplers.random(),
      pruner: pruners.threshold({ upper: 0 })
    });
    const executor = threads('many.cjs', true);
    await caviar(search, unused, { ...quiet, trials: 20, workers: 2, executor });
    for (const { state, config, reports } of search.trials) {
      expect([state, reports.length]).toEqual(config.x > 0 ? ['pruned', 1] : ['complete', 10]);
    }
    expect(new Set(search.trials.map(({ state }) => state)).size).toBe(2);
  });

  it('is stopped by its signal and keeps what it has', async () => {
    const search = study({ space: { kind: scales.choice(['hang']), x: scales.linear(0, 1) } });
    const controller = new AbortController();
    const look = setInterval(() => search.trials.length === 2 && controller.abort(), 20);
    const executor = threads('many.cjs');
    const { signal } = controller;
    await expect(
      caviar(search, unused, { ...quiet, trials: 7, workers: 2, signal, executor })
    ).rejects.toThrow(SearchStopped);
    clearInterval(look);
    expect(search.trials.map(({ state }) => state)).toEqual(['failed', 'failed']);
  });

  it('ends with the reason when no worker can load the objective', async () => {
    const search = study({ space });
    await expect(
      caviar(search, unused, { ...quiet, trials: 3, executor: threads('broken.cjs') })
    ).rejects.toThrow(/broken\.cjs cannot be loaded: oops/);
    expect(search.trials).toEqual([]);
  });

  it('tries failed trials again, ends by its rules, and tells of each trial', async () => {
    const told: number[] = [];
    const search = study({ space: { kind: scales.choice(['throw']), x: scales.linear(0, 1) } });
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    await caviar(search, unused, {
      ...quiet,
      workers: 2,
      retries: 1,
      stopWhen: ({ finished }) => finished >= 4,
      onTrial: ({ number }) => told.push(number),
      executor: threads('many.cjs')
    });
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('caviar: all'));
    warn.mockRestore();
    expect(told.length).toBeGreaterThanOrEqual(4);
    expect(search.trials.filter(({ retryOf }) => retryOf !== undefined).length).toBeGreaterThan(0);
  });

  it('refuses what cannot be before anything runs', async () => {
    const search = study({ space });
    const messageOf = (objective: unknown, options: object) =>
      caviar(search, objective as never, options as never).then(
        () => 'none',
        (error: Error) => error.message
      );
    expect(await messageOf('nowhere.js', { trials: 1 })).toMatch(/there is no .*nowhere\.js/);
    expect(await messageOf(unused, {})).toMatch(/`trials` must be/);
    expect(await messageOf(unused, { trials: 1, workers: 0 })).toMatch(/`workers` must be/);
    expect(await messageOf(unused, { trials: 1, memory: 1 })).toMatch(/`memory` must be/);
    expect(await messageOf(unused, { trials: 1, worker: 2 })).toMatch(/`worker`/);
    expect(await messageOf(unused, { trials: 1, context: { f: unused } })).toMatch(/context\.f/);
    expect(await messageOf(command('x {y}'), { trials: 1 })).toMatch(/\{y\}/);
    await expect(caviar({} as never, unused, { trials: 1 })).rejects.toThrow(/must be a study/);
    expect(search.trials).toEqual([]);
  });

  it('runs several trials of this process at a time where the executor does', async () => {
    let now = 0;
    let most = 0;
    const search = study({ space, sampler: samplers.random() });
    const executor = inProcess(async () => {
      most = Math.max(most, ++now);
      await new Promise(resolve => setTimeout(resolve, 10));
      now--;
      return 1;
    }, undefined);
    await caviar(search, unused, { ...quiet, trials: 7, workers: 3, executor });
    expect([most, search.trials.length]).toEqual([3, 7]);
  });
});
