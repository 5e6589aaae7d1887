import {
  Pruned,
  samplers,
  scales,
  study,
  type Study,
  type StudyOptions,
  type Space
} from 'tunelab';

const space = {
  learningRate: scales.log(1e-4, 1),
  beta: scales.oneMinusLog(0.9, 0.999),
  dropout: scales.quantized(0, 0.5, 0.1),
  layers: scales.integer(1, 3),
  units: scales.when(({ layers }: { layers: number }) => layers >= 2, scales.integer(8, 64)),
  activation: scales.choice(['relu', 'tanh'])
};
const loss = ({ learningRate, units = 0 }: { learningRate: number; units?: number }) =>
  Math.log10(learningRate) ** 2 + units / 64;

/** Opens a study; in tests of what is kept, the same one again and again. */
export type Open = <S extends Space>(options: StudyOptions<S>) => Promise<Study<S>>;

/** What every study does, wherever it is kept. Call inside `describe`; the place is empty in each test. */
export function studyContract(open: Open): void {
  it('makes the trials that a study in memory makes', async () => {
    const options = { space, sampler: samplers.random(), seed: 4 };
    const kept = await open(options);
    const inMemory = study(options);
    for (const search of [kept, inMemory]) {
      await search.optimize(loss, { trials: 15 });
    }
    const shown = (search: typeof kept) =>
      search.trials.map(({ number, state, config, value, seed }) => ({ number, state, config, value, seed })); // prettier-ignore
    expect(shown(kept)).toEqual(shown(inMemory));
    expect(kept.trials.every(({ config }) => 'units' in config === config.layers >= 2)).toBe(true);
    expect(kept.best).toEqual(kept.trials[inMemory.best!.number]);
    expect(kept.finished).toBe(15);
  });

  it('keeps reports, attributes, and why a trial failed or was pruned', async () => {
    const search = await open({ space, sampler: samplers.random() });
    await search.optimize(
      (_, { trial, report }) => {
        report(0, 0.9);
        report(1, NaN);
        if (trial.number === 1) throw new Error('out of memory');
        if (trial.number === 2) throw new Pruned();
        return [{ value: 0.5, attributes: { epochs: 3 } }, 0, 0, NaN][trial.number];
      },
      { trials: 4 }
    );
    const reports = [[0, 0.9], [1, NaN]]; // prettier-ignore
    expect(search.trials).toMatchObject([
      { state: 'complete', value: 0.5, attributes: { epochs: 3 }, reports },
      { state: 'failed', value: null, error: 'out of memory', reports },
      { state: 'pruned', value: null, reports },
      { state: 'failed', value: null, error: expect.stringContaining('but got NaN') }
    ]);
    expect(search.trials.every(Object.isFrozen)).toBe(true);
    await expect(search.tell(0, 1)).rejects.toThrow('still be running, but got trial 0, which is complete'); // prettier-ignore
  });

  it('tries what was queued first, whole or in part, and loses no point of a grid by it', async () => {
    const small = { x: scales.integer(1, 3), y: scales.integer(1, 3) };
    const search = await open({ space: small, sampler: samplers.grid() });
    const first = await search.enqueue({ x: 2, y: 3 }, { attributes: { from: 'Ada' } });
    expect(first).toMatchObject({ number: 0, state: 'waiting', config: { x: 2, y: 3 } });
    await search.enqueue({ y: 1 });
    await search.optimize(({ x, y }) => x * y, { trials: 20 });
    expect(search.trials[0]).toMatchObject({ config: { x: 2, y: 3 }, value: 6, attributes: { from: 'Ada' } }); // prettier-ignore
    expect(search.trials[1].config.y).toBe(1);
    // One point was asked for to fill in what the second left out.
    expect(search.trials).toHaveLength(2 + 8);
    const points = search.trials.slice(2).map(({ config }) => `${config.x} ${config.y}`);
    expect(new Set(points).size).toBe(8);
    expect(await search.ask()).toBeUndefined();
  });

  it('tries a trial again with its configuration and seed, and says so', async () => {
    const search = await open({ space, sampler: samplers.random(), seed: 7 });
    const seeds: number[] = [];
    await search.optimize(
      (config, { seed, trial }) => {
        seeds.push(seed);
        if (trial.number < 2) throw new Error('no luck');
        return loss(config);
      },
      { trials: 3, retries: 2 }
    );
    expect(seeds).toEqual([seeds[0], seeds[0], seeds[0]]);
    expect(search.trials.map(({ retryOf }) => retryOf)).toEqual([undefined, 0, 1]);
    expect(search.trials[2].config).toEqual(search.trials[0].config);
    // The sampler goes on as if it had been asked once.
    const other = study({ space, sampler: samplers.random(), seed: 7 });
    await other.ask();
    const next = (await search.ask())!;
    expect(next.config).toEqual((await other.ask())!.config);
    expect(await search.retry(2)).toMatchObject({ state: 'waiting', retryOf: 2, seed: seeds[0] });
    await expect(search.retry(next)).rejects.toThrow(/must have ended, but got trial 3/);
  });

  it('writes down notes, tags and attributes of a study and its trials', async () => {
    const search = await open({ space, sampler: samplers.random() });
    await search.optimize(loss, { trials: 2 });
    const long = 'A long note. '.repeat(400);
    await search.annotate({ note: long, tags: ['lecture', '1'], attributes: { data: 'digits' } });
    await search.annotate(0, { note: 'in production', tags: ['good'] });
    const running = (await search.ask())!;
    await search.annotate(running, { attributes: { host: 'a' } });
    await search.tell(running, { value: 1, attributes: { epochs: 2 } });
    expect(search).toMatchObject({ note: long, tags: ['lecture', '1'], attributes: { data: 'digits' } }); // prettier-ignore
    expect(search.trials[0]).toMatchObject({ note: 'in production', tags: ['good'] });
    expect(search.trials[2].attributes).toEqual({ host: 'a', epochs: 2 });
    await search.annotate({ note: 'short', tags: [] });
    await search.annotate(0, { note: '' });
    expect(search.note).toBe('short');
    expect(search.tags).toEqual([]);
    expect(search.trials[0].note).toBeUndefined();
    await expect(search.annotate(0, { attributes: { late: 1 } })).rejects.toThrow(/until it ends, but got trial 0/); // prettier-ignore
    await expect(search.annotate({ attributes: { 'tunelab:seed': 1 } })).rejects.toThrow(/must not begin with/); // prettier-ignore
  });

  it('keeps the values of several objectives, and knows the Pareto front', async () => {
    const search = await open({
      space: { x: scales.linear(0, 1) },
      directions: ['minimize', 'maximize'],
      sampler: samplers.sobol()
    });
    const values = [[3, 1], [2, 2], [2, 1], [1, 0], [NaN, 5], [2, 2]]; // prettier-ignore
    await search.optimize((_, { trial }) => values[trial.number], { trials: 6 });
    expect(search.trials.map(trial => trial.values)).toEqual([...values.slice(0, 4), undefined, [2, 2]]); // prettier-ignore
    expect(search.trials[4]).toMatchObject({ state: 'failed', value: null });
    expect(search.paretoFront.map(({ number }) => number)).toEqual([1, 3, 5]);
    expect(search.best).toBeUndefined();
    expect(search.sinceImproved).toBe(0);
  });

  it('begins with the trials of another study that lie in its space', async () => {
    const before = await study({
      space: { ...space, old: scales.linear(0, 1) },
      sampler: samplers.random(),
      name: 'last week'
    }).optimize(loss, { trials: 30 });
    const narrow = { ...space, learningRate: scales.log(1e-3, 1) };
    const search = await open({
      space: narrow,
      sampler: samplers.grid({ points: 2 }),
      warmStart: before
    });
    const fit = before.trials.filter(({ config }) => config.learningRate >= 1e-3);
    expect(search.trials.map(({ value }) => value)).toEqual(fit.map(({ value }) => value));
    expect(search.trials[0].origin).toEqual({ study: 'last week', number: fit[0].number });
    expect(search.trials.every(({ config }) => !('old' in config))).toBe(true);
    expect(search.best!.value).toBe(Math.min(...fit.map(({ value }) => value!)));
    // The grid begins at its beginning.
    const grid = study({ space: narrow, sampler: samplers.grid({ points: 2 }) });
    expect((await search.ask())!.config).toEqual((await grid.ask())!.config);
  });
}
