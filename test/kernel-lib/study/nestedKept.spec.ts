import fs from 'node:fs';
import path from 'node:path';
import {
  caviar,
  command,
  exportCsv,
  exportJson,
  importCsv,
  importJson,
  openStudy,
  retune,
  samplers,
  scales,
  study,
  type ConfigOf,
  type Sampler,
  type Space,
  type Study,
  type StudyOptions,
  type Trial
} from 'tunelab';
import { threadExecutor } from 'tunelab/dist/caviar/threadExecutor';
import { MemoryStorage } from 'tunelab/dist/storage/memory';
import { compiledThread } from '../caviar/compiled';
import { journalFiles } from '../storage/journalFiles';
import { nestedSpace as space } from './nestedSpace';

/** A list whose first member does not always exist. */
const gaps = {
  first: scales.choice([true, false]),
  list: [
    scales.when(({ first }: { first: boolean }) => first, scales.linear(0, 1)),
    { deep: [scales.linear(1, 2)] }
  ]
} satisfies Space;
type Config = ConfigOf<typeof space>;
const loss = ({ optimizer, units }: Config) =>
  Math.abs(Math.log10(optimizer.learningRate) + 2) + (optimizer.beta1 ?? 0) + units.length / 10;

const files = journalFiles('nested');
let file = '';
beforeEach(() => (file = files.fresh()));
const store = () => files.open(file);
const open = <S extends Space>(options: StudyOptions<S>) => study({ ...options, storage: store() });
const configs = (search: { trials: readonly Trial[] }) => search.trials.map(({ config }) => config);
interface Line {
  op_code: number;
  param_name?: string;
  trial_id?: number;
}
const lines = () =>
  fs
    .readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Line);

const family: [string, () => Sampler][] = [
  ['random', () => samplers.random()],
  ['latinHypercube', () => samplers.latinHypercube({ trials: 20 })],
  ['sobol', () => samplers.sobol()],
  ['halton', () => samplers.halton()],
  ['grid', () => samplers.grid({ points: 2 })],
  ['coarseToFine', () => samplers.coarseToFine({ trials: 8 })],
  ['tpe', () => samplers.tpe({ startup: 5 })],
  ['cmaes', () => samplers.cmaes({ population: 4 })],
  ['gaussianProcess', () => samplers.gaussianProcess({ startup: 5 })],
  ['trustRegion', () => samplers.trustRegion()],
  ['auto', () => samplers.auto()]
];

describe('a study of a conditional space in groups, in a journal', () => {
  it.each(family)('goes on with samplers.%s as if it had not been left', async (_, create) => {
    const options = { space, seed: 2 };
    const whole = study({ ...options, sampler: create() });
    let parts: Study<typeof space> | undefined;
    for (let i = 0; i < 30; i++) {
      if (i % 10 === 0) {
        await parts?.close();
        parts = await open({ ...options, sampler: create() });
      }
      for (const search of [whole, parts!]) {
        if (i === 4) await search.enqueue({ optimizer: { kind: 'adam' }, units: [undefined, 9] });
        if (i === 12) await search.retry(3);
        const trial = await search.ask({ budget: 50 });
        if (!trial) continue;
        await search.tell(trial, i % 7 === 6 ? new Error('no luck') : loss(trial.config));
      }
    }
    expect(whole.trials.length).toBeGreaterThan(20);
    expect(configs(parts!)).toEqual(configs(whole));
    expect(parts!.trials.map(({ seed }) => seed)).toEqual(whole.trials.map(({ seed }) => seed));
    expect(parts!.reason).toBe(whole.reason);
    expect(whole.trials[4].config.optimizer.kind).toBe('adam');
    expect([undefined, 9]).toContain(whole.trials[4].config.units[1]);
  });

  it('names parameters with dots, and writes none that does not exist', async () => {
    const search = await open({ space, sampler: samplers.random(), seed: 3 });
    await search.optimize(loss, { trials: 12 });
    for (const { number, config } of search.trials) {
      const written = lines().filter(one => one.trial_id === number && one.param_name);
      expect(written.map(one => one.param_name)).toEqual([
        'optimizer.kind',
        'optimizer.learningRate',
        ...(config.optimizer.kind === 'adam' ? ['optimizer.beta1'] : []),
        'layers',
        ...config.units.map((_, i) => `units.${i}`)
      ]);
    }
    expect(new Set(search.trials.map(({ config }) => config.units.length)).size).toBe(3);
  });

  it('has the same records whoever reads it, with or without its space', async () => {
    const search = await open({ space: gaps, sampler: samplers.random(), seed: 3, name: 'gaps' });
    await search.optimize(({ list }) => list.length, { trials: 8 });
    const queued = await search.enqueue({ list: [undefined, { deep: [1.5] }] });
    expect(queued.config).toEqual({ list: [undefined, { deep: [1.5] }] });
    expect(search.trials.some(({ config }) => config.list[0] === undefined)).toBe(true);
    const again = await open({ space: gaps, name: 'gaps' });
    const loose = await openStudy(store());
    for (const other of [again, loose]) {
      expect(other.trials).toEqual(search.trials);
      expect(Object.isFrozen((other.trials[0].config as ConfigOf<typeof gaps>).list)).toBe(true);
    }
    expect(JSON.stringify(loose.space)).toBe(JSON.stringify(gaps));
  });

  it('queues values by their names with dots, as Optuna does', async () => {
    const search = await open({ space, sampler: samplers.random() });
    await search.enqueue({ optimizer: { learningRate: 0.5 }, units: [16] });
    expect(fs.readFileSync(file, 'utf8')).toContain(
      '"fixed_params":{"optimizer.learningRate":0.5,"units.0":16}'
    );
    const { config } = (await (await open({ space })).ask())!;
    expect([config.optimizer.learningRate, config.units[0]]).toEqual([0.5, 16]);
  });

  it('tries a failed trial again with all of its configuration', async () => {
    const search = await open({ space, sampler: samplers.random(), seed: 7 });
    await search.optimize(
      (config, { trial }) => {
        if (trial.number < 2) throw new Error('no luck');
        return loss(config);
      },
      { trials: 3, retries: 2 }
    );
    expect(search.trials.map(({ retryOf }) => retryOf)).toEqual([undefined, 0, 1]);
    expect(search.trials[2].config).toEqual(search.trials[0].config);
  });

  it('refuses another space, by the name with dots', async () => {
    await open({ space });
    const other = {
      ...space,
      optimizer: { ...space.optimizer, learningRate: scales.log(1e-3, 1) }
    };
    await expect(open({ space: other })).rejects.toThrow(
      /there `optimizer.learningRate` is .*0.0001/
    );
    const { kind, learningRate } = space.optimizer;
    const fewer = { kind, learningRate };
    await expect(open({ space: { ...space, optimizer: fewer } })).rejects.toThrow(
      /`optimizer.beta1` is .*, but got none/
    );
  });

  it('is one of several objectives as well', async () => {
    const options = {
      space,
      directions: ['minimize', 'maximize'] as const,
      sampler: samplers.tpe({ startup: 5 })
    };
    const objective = (config: Config) => [loss(config), config.units.length];
    const whole = await study(options).optimize(objective, { trials: 30 });
    for (let i = 0; i < 3; i++) {
      const part = await open({ ...options, sampler: samplers.tpe({ startup: 5 }) });
      await part.optimize(objective, { trials: 10 });
      await part.close();
    }
    const kept = await openStudy(store());
    expect(configs(kept)).toEqual(configs(whole));
    expect(kept.paretoFront.map(({ number }) => number)).toEqual(whole.paretoFront.map(({ number }) => number)); // prettier-ignore
  });
});

describe('a study that others began, with dots in its names', () => {
  const float = { kind: 'float', low: 0, high: 1, log: false, step: null } as const;
  const begun = (names: readonly string[], values = names.map(() => 0.5)) => {
    const storage = new MemoryStorage('there');
    storage.fill([
      { op: 'createStudy', name: 'theirs', directions: ['minimize'] },
      ...[0, 1].flatMap(trial => [
        { op: 'createTrial', study: 0, started: 0 } as const,
        ...names.map((name, i) => ({ op: 'parameter', trial, name, value: values[i], distribution: float }) as const), // prettier-ignore
        { op: 'state', trial, state: 'complete', values: [trial], ended: 1 + trial } as const
      ])
    ]);
    return storage;
  };

  it('is read in groups, and goes on with a space of such groups', async () => {
    const theirs = begun(['optimizer.lr', 'units.0', 'units.1']);
    const loose = await openStudy(theirs);
    expect(loose.trials[0].config).toEqual({ optimizer: { lr: 0.5 }, units: [0.5, 0.5] });
    const unit = scales.linear(0, 1);
    const search = await study({
      name: 'theirs',
      storage: theirs,
      space: { optimizer: { lr: unit }, units: [unit, unit] }
    });
    expect(search.best!.config.optimizer.lr).toBe(0.5);
    const warm = study({ space: { optimizer: { lr: unit } }, warmStart: loose });
    expect(configs(warm)).toEqual([{ optimizer: { lr: 0.5 } }, { optimizer: { lr: 0.5 } }]);
  });

  it.each([[['a', 'a.b']], [['a.b', 'a']], [['a..b']], [['a.__proto__.b']]])(
    'stays flat where %j make no groups, and can be searched on',
    async names => {
      const loose = await openStudy(begun(names));
      expect(loose.trials[0].config).toEqual(Object.fromEntries(names.map(name => [name, 0.5])));
      await loose.enqueue({ [names[0]]: 0.25 });
      const trial = (await loose.ask())!;
      expect(Object.keys(trial.config)).toEqual(names);
      expect((trial.config as Record<string, unknown>)[names[0]]).toBe(0.25);
    }
  );

  it('goes on although a value lies outside of its scale, or is missing', async () => {
    const theirs = begun(['x', 'y'], [7, 0.5]);
    const unit = scales.linear(0, 1);
    const seen: (readonly boolean[])[] = [];
    const search = await study({
      name: 'theirs',
      storage: theirs,
      space: { x: unit, y: unit },
      sampler: {
        name: 'spy',
        ask: ({ history }) => {
          seen.push([history.has(0, 0), history.has(0, 1)]);
          return [0.1, 0.2];
        }
      }
    });
    await search.ask();
    expect(search.trials[0].config).toEqual({ x: 7, y: 0.5 });
    expect(seen).toEqual([[false, true]]);
  });
});

describe('what one search of a space in groups passes on to the next', () => {
  const before = study({ space, sampler: samplers.random(), name: 'before', seed: 5 });
  beforeAll(() => before.optimize(loss, { trials: 40 }));

  it('is all trials that lie in the new space, with warmStart', async () => {
    const narrow = {
      ...space,
      optimizer: { ...space.optimizer, learningRate: scales.log(1e-3, 1) }
    };
    const fit = before.trials.filter(({ config }) => config.optimizer.learningRate >= 1e-3);
    expect(fit.length).toBeLessThan(before.trials.length);
    for (const search of [
      study({ space: narrow, warmStart: before }),
      await study({ space: narrow, warmStart: before, storage: store() })
    ]) {
      expect(configs(search)).toEqual(configs({ trials: fit }));
      expect((await search.ask())!.number).toBe(fit.length);
    }
  });

  it.each(family)('may be more trials than the budget of samplers.%s', async (_, create) => {
    const search = study({ space, warmStart: before, sampler: create() });
    for (let i = 0; i < 3; i++) {
      const trial = await search.ask({ budget: 5 });
      expect(trial?.number ?? 40).toBe(40 + (trial ? i : 0));
    }
    expect(search.reason ?? '').not.toMatch(/round -?0|NaN|-\d+ trials/);
  });

  it('is its best, and how sure that is, with retune', async () => {
    const again = await retune(before, loss, { probes: 5, repeats: 2, storage: store() });
    expect(again.verdict).toBe('holds');
    expect(again.best.config).toEqual(before.best!.config);
    expect(again.study.trials).toHaveLength(10);
    expect(again.study.trials[0].config).toEqual(before.best!.config);
    expect(again.transfer.rho).toBeCloseTo(1, 12);
    // From what was kept: configurations in which only existing hyperparameters are written.
    const kept = await openStudy(store());
    expect(configs(kept)).toEqual(configs(again.study));
    const third = await retune(before, loss, { probes: 5, repeats: 2, storage: store() });
    expect(third.study.trials).toHaveLength(10);
  });

  it('comes through JSON and tables', async () => {
    const gapped = study({ space: gaps, sampler: samplers.random(), seed: 3 });
    await gapped.optimize(({ list }) => list.length, { trials: 8 });
    await gapped.enqueue({ first: true });
    const json = await openStudy(importJson(exportJson(gapped)));
    expect(configs(json)).toEqual(configs(gapped));
    expect(JSON.stringify(json.space)).toBe(JSON.stringify(gaps));
    const text = exportCsv(before);
    expect(text.split('\n')[0]).toContain('params_optimizer.kind,params_optimizer.learningRate,params_optimizer.beta1,params_layers,params_units.0'); // prettier-ignore
    expect(configs(await openStudy(importCsv(text, { space })))).toEqual(configs(before));
  });
});

describe('enqueue in a space of groups', () => {
  const search = study({ space });
  it.each<[string, unknown, RegExp]>([
    [
      'a value for a group',
      { optimizer: 3 },
      /`optimizer` is a group of hyperparameters, but got 3/
    ],
    ['a list for a group', { optimizer: [] }, /`optimizer` is a group/],
    [
      'a misspelt group',
      { optimiser: {} },
      /hyperparameters are optimizer.kind,.* but got `optimiser`/
    ],
    ['a misspelt member', { optimizer: { lr: 1 } }, /but got `optimizer.lr`/],
    ['a member too many', { units: [9, 9, 9, 9] }, /but got `units.3`/],
    ['a value off its scale', { units: [9, 900] }, /`units.1` must be a value of its scale .*900/s],
    ['a group for a value', { layers: {} }, /`layers` must be a value of its scale/]
  ])('refuses %s', async (_, config, message) => {
    await expect(search.enqueue(config as never)).rejects.toThrow(message);
    expect(search.trials).toHaveLength(0);
  });
});

describe('a program in a space of groups', () => {
  const echo = (placeholder: string) =>
    command([process.execPath, '-e', 'console.log(process.argv[1])', placeholder]);

  it('is given members by their names with dots', async () => {
    const search = study({ space, sampler: samplers.random(), seed: 5 });
    await caviar(search, echo('{optimizer.learningRate}'), { trials: 3, progress: false });
    expect(search.trials.map(({ value }) => value)).toEqual(
      search.trials.map(({ config }) => config.optimizer.learningRate)
    );
    await expect(caviar(search, echo('{learningRate}'), { trials: 1 })).rejects.toThrow(
      /optimizer.learningRate.*but got.*learningRate/s
    );
  });
});

describe('caviar in a space of groups', () => {
  const thread = compiledThread();
  afterAll(() => thread.remove());
  const module = path.join(__dirname, '..', 'caviar', 'objectives', 'nested.cjs');
  const executor = () =>
    threadExecutor({
      objective: { kind: 'module', file: module },
      context: undefined,
      waits: false,
      file: thread.file
    });

  it('makes the trials of study.optimize, with 1 and 2 workers, and keeps them in a journal', async () => {
    const alone = study({ space, sampler: samplers.random(), seed: 5 });
    await alone.optimize(loss, { trials: 10 });
    const settings = { trials: 10, progress: false };
    for (const workers of [1, 2]) {
      const search = await open({ space, sampler: samplers.random(), seed: 5, name: `${workers}` });
      await caviar(search, () => 0, { ...settings, workers, executor: executor() });
      expect(configs(search)).toEqual(configs(alone));
      expect(search.trials.map(({ value }) => value)).toEqual(
        alone.trials.map(({ value }) => value)
      );
    }
  });
});
