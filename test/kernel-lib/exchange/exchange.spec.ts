import {
  exportCsv,
  exportJson,
  importCsv,
  importJson,
  openStudy,
  samplers,
  scales,
  study,
  type StudyStorage
} from 'tunelab';

const space = {
  rate: scales.log(1e-4, 1),
  beta: scales.oneMinusLog(0.9, 0.999),
  units: scales.quantized(16, 64, 16),
  kind: scales.choice(['a, "b"', '', null, true, 3]),
  more: scales.when(({ units }: { units: number }) => units > 16, scales.integer(1, 4))
};

/** A study with trials in every state, and everything that one can write down. */
async function everything() {
  const search = study({ name: 'é, "search"', space, sampler: samplers.random(), seed: 5 });
  await search.optimize(
    ({ rate, kind }, { report, trial }) => {
      report(0, NaN);
      report(1, Infinity);
      report(2, rate);
      if (trial.number === 3) {
        throw new Error('diverged,\nbadly');
      }
      return { value: rate, attributes: { kind, list: [1, 'x'] } };
    },
    { trials: 12, progress: false }
  );
  await search.retry(3);
  await search.annotate({ note: 'a note', tags: ['one', 'two'], attributes: { data: 'digits' } });
  await search.annotate(2, { note: 'look at this' });
  return search;
}
const opened = async (storage: StudyStorage) => openStudy(storage);
/** As JSON; when a trial was queued is not stored. */
const plain = (trials: readonly { state: string }[]) =>
  JSON.parse(
    JSON.stringify(trials.map(each => (each.state === 'waiting' ? { ...each, started: 0 } : each)))
  ) as unknown[];

describe('a study as JSON', () => {
  it('comes back with all that it has', async () => {
    const search = await everything();
    const text = exportJson(search);
    const back = await opened(importJson(text));
    const { name, directions, seed, note, tags, attributes } = search;
    expect(back).toMatchObject({ name, directions, seed, note, tags, attributes });
    expect(plain(back.trials)).toEqual(plain(search.trials));
    expect(back.trials[0].reports).toEqual(search.trials[0].reports);
    expect(JSON.stringify(back.space)).toBe(JSON.stringify(search.space));
    expect(plain(JSON.parse(exportJson(back)).trials)).toEqual(plain(JSON.parse(text).trials));
  });

  it('can be searched on, in memory', async () => {
    const search = await everything();
    const on = await study({
      name: search.name,
      space,
      sampler: samplers.random(),
      storage: importJson(exportJson(search))
    });
    await on.optimize(({ rate }) => rate, { trials: 3, progress: false });
    expect(on.trials).toHaveLength(15);
    expect(on.trials[12]).toMatchObject({
      state: 'complete',
      retryOf: 3,
      seed: search.trials[3].seed
    });
  });

  it('keeps several objectives, and what was running has failed', async () => {
    const search = study({
      space,
      directions: ['minimize', 'maximize'],
      sampler: samplers.random()
    });
    await search.tell((await search.ask())!, [1, 2]);
    await search.ask();
    const back = await opened(importJson(exportJson(search)));
    expect(back.trials).toMatchObject([
      { state: 'complete', values: [1, 2] },
      { state: 'failed', error: 'it was running when the study was exported' }
    ]);
  });

  it.each([
    ['{', 'the text must be JSON'],
    ['{"format":"other"}', 'the text must say { "format": "tunelab study", "version": 1 }'],
    ['null', 'the text must say'],
    ['{"format":"tunelab study","version":2}', 'version 2'],
    ['{"format":"tunelab study","version":1}', 'there must be a name'],
    [
      '{"format":"tunelab study","version":1,"name":"s","directions":["minimize"],"space":{},"trials":[{"number":1}]}',
      'trials must come in the order of their numbers'
    ]
  ])('is not %s', (text, message) => {
    expect(() => importJson(text)).toThrow(message);
  });

  it('is made of studies only', () => {
    expect(() => exportJson({} as never)).toThrow('it takes a study');
    expect(() => exportCsv(null as never)).toThrow('it takes a study');
  });
});

describe('a study as a table', () => {
  it("has the columns of Optuna's trials_dataframe()", async () => {
    const [head] = exportCsv(await everything()).split('\n');
    expect(head).toBe(
      'number,value,datetime_start,datetime_complete,params_rate,params_beta,params_units,params_kind,params_more,' +
        'user_attrs_kind,user_attrs_list,system_attrs_tunelab:error,state'
    );
  });

  it('comes back but for what a table does not hold', async () => {
    const search = await everything();
    const back = await opened(importCsv(exportCsv(search), { space }));
    const held = ({ number, state, config, value, error }: (typeof back.trials)[number]) => ({
      number,
      state,
      // An empty cell is read as a value that is not there.
      config: { ...config, kind: config.kind === '' ? undefined : config.kind },
      value,
      error
    });
    expect(back.trials.map(held)).toEqual((search.trials as typeof back.trials).map(held));
    expect(back.trials[0].attributes).toEqual(search.trials[0].attributes);
  });

  it("is read as pandas wrote Optuna's", async () => {
    // study.trials_dataframe().to_csv(), Optuna 5.0.0, pandas 3
    const text =
      ',number,value,datetime_start,datetime_complete,duration,params_flag,params_x,state\n' +
      '0,0,0.25,2026-11-21 10:00:00.5,2026-11-21 10:00:01,0 days 00:00:00.500000,True,0.25,COMPLETE\n' +
      '1,1,,2026-11-21 10:00:02,2026-11-21 10:00:03,0 days 00:00:01,False,0.5,FAIL\n';
    const table = { x: scales.linear(0, 1), flag: scales.choice([true, false]) };
    const back = await opened(
      importCsv(text, { space: table, direction: 'maximize', name: 'theirs' })
    );
    expect(back).toMatchObject({ name: 'theirs', directions: ['maximize'] });
    expect(back.trials).toMatchObject([
      { state: 'complete', value: 0.25, config: { x: 0.25, flag: true } },
      { state: 'failed', value: null, config: { x: 0.5, flag: false } }
    ]);
  });

  it('keeps several objectives', async () => {
    const search = study({
      space,
      directions: ['minimize', 'maximize'],
      sampler: samplers.random()
    });
    await search.tell((await search.ask())!, [1, 2]);
    const { directions } = search;
    const back = await opened(importCsv(exportCsv(search), { space, directions }));
    expect(back.trials[0].values).toEqual([1, 2]);
  });

  it.each([
    ['', 'the table must have the columns value, state, params_x, but got an empty text'],
    ['value,state\n1,COMPLETE', '`params_x` is missing'],
    ['value,state,params_x\n1,DONE,0.5', '`state` must be one of'],
    [
      'value,state,params_x\n,COMPLETE,0.5',
      'a complete trial must have a value, but got NaN in row 1'
    ],
    ['value,state,params_x\n1,COMPLETE,0.5\n1,COMPLETE,7', '`x` must lie on its scale'],
    ['value,state,params_x\n1,COMPLETE,a', 'but got "a" in row 1']
  ])('is refused where it cannot be read: %j', (text, message) => {
    expect(() => importCsv(text, { space: { x: scales.linear(0, 1) } })).toThrow(message);
  });
});
