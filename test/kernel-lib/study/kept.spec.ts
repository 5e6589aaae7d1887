import fs from 'node:fs';
import fc from 'fast-check';
import { openStudy, pruners, samplers, scales, study } from 'tunelab';
import type { Sampler, Space, Study, StudyOptions, Trial } from 'tunelab';
import { journalFiles } from '../storage/journalFiles';

const files = journalFiles('kept');
let file = '';
beforeEach(() => (file = files.fresh()));

const store = () => files.open(file);
const open = <S extends Space>(options: StudyOptions<S>) => study({ ...options, storage: store() });

const space = {
  learningRate: scales.log(1e-4, 1),
  beta: scales.oneMinusLog(0.9, 0.999),
  layers: scales.integer(1, 3),
  units: scales.when(({ layers }: { layers: number }) => layers >= 2, scales.integer(8, 64)),
  activation: scales.choice(['relu', 'tanh'])
};
const plain = { x: scales.linear(-1, 1), y: scales.log(1e-3, 1) };
const configs = (search: { trials: readonly Trial[] }) => search.trials.map(({ config }) => config);

describe('a study that is opened again', () => {
  const family: [string, () => Sampler][] = [
    ['random', () => samplers.random()],
    ['grid', () => samplers.grid({ points: 3 })],
    ['sobol', () => samplers.sobol()],
    ['latinHypercube', () => samplers.latinHypercube({ trials: 20 })],
    ['tpe', () => samplers.tpe({ startup: 5 })],
    ['cmaes', () => samplers.cmaes({ population: 4 })],
    ['gaussianProcess', () => samplers.gaussianProcess({ startup: 5 })],
    ['auto', () => samplers.auto()]
  ];

  it.each(family)('goes on with samplers.%s as if it had not been left', async (_, create) => {
    const whole = study({ space: plain, sampler: create(), seed: 2 });
    let parts: Study<typeof plain> | undefined;
    for (let i = 0; i < 30; i++) {
      if (i % 10 === 0) {
        await parts?.close();
        parts = await open({ space: plain, sampler: create(), seed: 2 });
      }
      for (const search of [whole, parts!]) {
        if (i === 12) await search.enqueue({ x: 0.5 });
        const trial = await search.ask({ budget: 50 });
        if (!trial) continue;
        const { x, y } = trial.config;
        await search.tell(trial, i % 7 === 6 ? new Error('no luck') : x ** 2 + Math.log10(y) ** 2);
      }
    }
    expect(configs(parts!)).toEqual(configs(whole));
    expect(parts!.reason).toBe(whole.reason);
  });

  it('goes on behind the points that a constraint forbade', async () => {
    const options = {
      space: { a: scales.integer(0, 5), b: scales.integer(0, 5) },
      constraint: ({ a, b }: { a: number; b: number }) => a < b
    };
    const whole = study({ ...options, sampler: samplers.grid({ points: 6 }) });
    await whole.optimize(({ a, b }) => a - b, { trials: 100 });
    for (let i = 0; i < 5; i++) {
      const part = await open({ ...options, sampler: samplers.grid({ points: 6 }) });
      await part.optimize(({ a, b }) => a - b, { trials: 4 });
      await part.close();
    }
    const kept = await openStudy(store());
    expect(whole.trials).toHaveLength(15);
    expect(configs(kept)).toEqual(configs(whole));
  });

  it('has the same records, seeds and notes, whoever reads', async () => {
    const search = await open({ space, sampler: samplers.random(), seed: 9, name: 'digits' });
    await search.enqueue({ layers: 3 }, { attributes: { from: 'Ada' } });
    await search.optimize(
      ({ layers }, { report, trial }) => {
        report(0, layers);
        if (trial.number === 3) throw new Error('no luck');
        return { value: layers, attributes: { nested: { list: [1, NaN] } } };
      },
      { trials: 6, retries: 1 }
    );
    await search.annotate(2, { note: 'look at this', tags: ['a'] });
    await search.annotate({ attributes: { data: 'digits' }, tags: ['b'] });
    const again = await open({ space, name: 'digits' });
    const loose = await openStudy(store());
    for (const other of [again, loose]) {
      expect(other.trials).toEqual(search.trials);
      expect([other.seed, other.attributes, other.tags]).toEqual([9, { data: 'digits' }, ['b']]);
      expect(other.trials.every(Object.isFrozen)).toBe(true);
    }
    expect(JSON.stringify(loose.space)).toBe(JSON.stringify(space));
    expect(Object.keys(loose.space)).toEqual(Object.keys(space));
    await expect(loose.ask()).rejects.toThrow(/condition must be a function.*study\({ space, storage }\)/s); // prettier-ignore
  });

  it('is the same however its operations came: live in two places, or read at once', async () => {
    const action = fc.record({
      who: fc.nat(1),
      what: fc.constantFrom('ask', 'tell', 'fail', 'queue', 'queue part', 'retry', 'refresh', 'report'), // prettier-ignore
      which: fc.nat(20)
    });
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 40 }), async actions => {
        file = files.fresh();
        const options = { space: plain, sampler: samplers.tpe({ startup: 3 }) };
        const two = [await open(options), await open({ ...options, sampler: samplers.tpe({ startup: 3 }) })]; // prettier-ignore
        const own: number[][] = [[], []];
        for (const { who, what, which } of actions) {
          const search = two[who];
          const running = own[who];
          const trial = running[which % running.length];
          const { trials } = search;
          if (what === 'ask') running.push((await search.ask())!.number);
          if (what === 'queue') await search.enqueue({ x: which / 20, y: 0.5 });
          if (what === 'queue part') await search.enqueue({ x: which / 20 });
          if (what === 'refresh') await search.refresh();
          if (what === 'retry' && trials[which]?.ended) await search.retry(which);
          if (trial === undefined) continue;
          if (what === 'report') await search.report(trial, which, which / 7);
          if (what === 'tell' || what === 'fail') {
            await search.tell(trial, what === 'tell' ? (which * 7) % 11 : new Error('no luck'));
            running.splice(running.indexOf(trial), 1);
          }
        }
        await new Promise(resolve => setTimeout(resolve, 210));
        // In a copy, since asking is written down as well.
        fs.copyFileSync(file, `${file}.copy`);
        file = `${file}.copy`;
        const read = await open({ ...options, sampler: samplers.tpe({ startup: 3 }) });
        for (const search of two) {
          await search.refresh();
          expect(search.trials).toEqual(read.trials);
          expect([search.finished, search.sinceImproved]).toEqual([read.finished, read.sinceImproved]); // prettier-ignore
        }
        // Samplers see the same rows in the same order, so each goes on with the same trial.
        const { number, config, seed } = (await read.ask())!;
        expect(await two[0].ask()).toMatchObject({ number, config, seed });
        await files.close();
      }),
      { numRuns: 15 }
    );
  });
});

describe('a study that several processes share', () => {
  const bowl = ({ x, y }: { x: number; y: number }) => x ** 2 + y;

  it('gives each trial to one of them, and samples what one of them alone would have', async () => {
    const options = { space: plain, sampler: samplers.random(), seed: 5 };
    const all = await Promise.all([open(options), open(options), open(options)]);
    const seen: number[] = [];
    const onTrial = ({ number }: Trial) => void seen.push(number);
    await Promise.all(all.map(search => search.optimize(bowl, { trials: 10, onTrial })));
    await Promise.all(all.map(search => search.refresh()));
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i));
    const alone = await study(options).optimize(bowl, { trials: 30 });
    for (const search of all) {
      expect(configs(search)).toEqual(configs(alone));
      expect(search.trials.map(({ seed }) => seed)).toEqual(alone.trials.map(({ seed }) => seed));
      expect(search.best!.number).toBe(alone.best!.number);
    }
  });

  it('lets one take what another queued, and prune by what another reported', async () => {
    const options = { space: plain, pruner: pruners.median({ startupTrials: 1 }) };
    const [one, other] = [await open(options), await open(options)];
    await one.optimize(
      (_, { report }) => {
        report(0, 1);
        return 1;
      },
      { trials: 2 }
    );
    await one.enqueue({ x: 0.25, y: 0.5 });
    await other.optimize(
      (_, { report }) => {
        report(0, 2);
        return 2;
      },
      { trials: 1 }
    );
    expect(other.trials[2]).toMatchObject({ state: 'pruned', config: { x: 0.25, y: 0.5 } });
  });

  it('shows reports to the others before the trial ends', async () => {
    const [one, other] = [await open({ space: plain }), await open({ space: plain })];
    const trial = (await one.ask())!;
    await one.report(trial, 0, 0.5);
    await one.report(trial, 1, 0.25);
    await new Promise(resolve => setTimeout(resolve, 300));
    await other.refresh();
    expect(other.trials[0].reports).toEqual([[0, 0.5], [1, 0.25]]); // prettier-ignore
    expect(one.trials[0].reports).toEqual([[0, 0.5], [1, 0.25]]); // prettier-ignore
  });

  it('fails the trials of a worker that ended, and queues them with configuration and seed', async () => {
    const one = await open({ space: plain, sampler: samplers.random() });
    const lost = (await one.ask())!;
    await one.close();
    const other = await open({ space: plain, sampler: samplers.random() });
    expect(other.trials[0].state).toBe('running');
    const again = (await other.ask())!;
    expect(other.trials[0]).toMatchObject({ state: 'failed', error: 'its worker ended while it was running' }); // prettier-ignore
    expect(again).toMatchObject({ number: 1, retryOf: 0, config: lost.config, seed: lost.seed });
    // The sampler goes on where it was.
    const alone = study({ space: plain, sampler: samplers.random() });
    await alone.ask();
    expect((await other.ask())!.config).toEqual((await alone.ask())!.config);
  });

  it('gives up a trial with which three workers ended after the first', async () => {
    for (let i = 0; i < 4; i++) {
      const search = await open({ space: plain, sampler: samplers.random() });
      expect(await search.ask()).toMatchObject({ number: i });
      await search.close();
    }
    const last = await open({ space: plain, sampler: samplers.random() });
    expect(await last.ask()).not.toHaveProperty('retryOf');
    expect(last.trials.map(({ retryOf }) => retryOf)).toEqual([undefined, 0, 1, 2, undefined]);
  });

  it('tells one who comes too late that its trial was failed meanwhile', async () => {
    const one = await open({ space: plain });
    const trial = (await one.ask())!;
    const other = await open({ space: plain });
    await other.tell(trial.number, new Error('taken for dead'));
    await expect(one.tell(trial, 1)).rejects.toThrow(/trial 0, which is failed \(taken for dead\)/);
    expect(one.trials).toEqual(other.trials);
  });

  it('loses nothing when a result cannot be written: it can be told once more', async () => {
    const storage = store();
    const search = await study({ space: plain, storage });
    const trial = (await search.ask())!;
    await search.report(trial, 0, 3);
    const broken = jest.spyOn(storage, 'transact').mockRejectedValue(new Error('no space left'));
    await expect(search.tell(trial, 1)).rejects.toThrow('no space left');
    await expect(search.ask()).rejects.toThrow('no space left');
    broken.mockRestore();
    await search.tell(trial, 1);
    expect((await openStudy(store())).trials).toMatchObject([{ value: 1, reports: [[0, 3]] }]);
  });
});

describe('a stored study', () => {
  it.each<[string, Space, RegExp]>([
    [
      'another range',
      { ...plain, x: scales.linear(-1, 2) },
      /there `x` is .*"high":1.*but got .*"high":2.*warmStart/s
    ],
    [
      'another scale',
      { ...plain, y: scales.linear(1e-3, 1) },
      /`y` is .*"log".*but got .*"linear"/s
    ],
    ['one more', { ...plain, z: scales.linear(0, 1) }, /`z` is missing, but got .*"linear"/],
    ['one less', { x: plain.x }, /`y` is .*but got none/]
  ])('refuses %s, and names the hyperparameter', async (_, changed, message) => {
    // prettier-ignore
    await open({ space: plain, name: 'first' });
    await expect(open({ space: changed, name: 'first' })).rejects.toThrow(message);
    await expect(open({ space: changed, name: 'second' })).resolves.toBeDefined();
  });

  it('refuses another seed or other directions', async () => {
    await open({ space: plain, seed: 3 });
    await expect(open({ space: plain, seed: 4 })).rejects.toThrow(/`seed` must be .* 3, but got seed=4/); // prettier-ignore
    await expect(open({ space: plain, direction: 'maximize' })).rejects.toThrow(/begun: minimize, but got maximize/); // prettier-ignore
    expect((await open({ space: plain })).seed).toBe(3);
  });

  it('is found by its name among others', async () => {
    await expect(openStudy(store())).rejects.toThrow(/unless there is one, but got 0 studies/);
    const names = ['a', 'b'];
    for (const name of names) await (await open({ space: plain, name })).enqueue({ x: 0 });
    await expect(openStudy(store())).rejects.toThrow(/2 studies.*There are "a", "b"/s);
    await expect(openStudy(store(), { name: 'c' })).rejects.toThrow(/must be that of a study, but got "c"/); // prettier-ignore
    expect((await openStudy(store(), { name: 'b' })).name).toBe('b');
  });

  it('shares one storage with others of this process', async () => {
    const storage = store();
    const [a, b] = [
      await study({ space: plain, storage, name: 'a' }),
      await study({ space: plain, storage, name: 'b' })
    ];
    await Promise.all([a, b].map(search => search.optimize(({ x }) => x, { trials: 5 })));
    expect([a.trials.length, b.trials.length]).toEqual([5, 5]);
    expect((await openStudy(store(), { name: 'b' })).trials).toEqual(b.trials);
  });

  it('is not begun a second time with the trials it was begun with', async () => {
    const before = await study({ space: plain }).optimize(({ x }) => x, { trials: 3 });
    await open({ space: plain, warmStart: before });
    expect((await open({ space: plain, warmStart: before })).trials).toHaveLength(3);
  });

  it.each([
    ['a path', 'study.log'],
    ['nothing', undefined]
  ])('needs a storage, not %s', async (_, storage) => {
    await expect(openStudy(storage as never)).rejects.toThrow(/must be a storage of studies/);
  });
});
