import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { journal, openStudy, pruners, samplers, scales, study } from 'tunelab';
import { createRng } from 'tunelab/dist/numeric/rng';
import { Replay } from 'tunelab/dist/study/replay';
import { PYTHON, ROOT } from '../environment';
import { compiled } from '../kernel-lib/compiled';
import { described } from '../kernel-lib/storage/described';
import { nestedSpace } from '../kernel-lib/study/nestedSpace';
import { expectNothingLost, kill } from '../killing';

const folder = mkdtempSync(path.join(os.tmpdir(), 'tunelab optuna '));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => jest.spyOn(console, 'warn').mockImplementation(() => undefined));

const space = { x: scales.linear(0, 1), n: scales.choice(['a', 'b']) };
const settings = { name: 's', space, sampler: samplers.random() };

function python(...args: string[]): string {
  const result = spawnSync(PYTHON, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (result.status !== 0) {
    throw new Error(result.stderr);
  }
  return result.stdout;
}
const worker = path.join(ROOT, 'test', 'optunaWorker.py');
const fixture = path.join(ROOT, 'test', 'fixtures', 'optuna_journal');

/** What Optuna reads from a journal. */
const readByOptuna = (file: string) =>
  JSON.parse(python(`${fixture}.py`, 'read', file)) as unknown[];

/** What tunelab reads from it. */
async function readByUs(file: string): Promise<unknown[]> {
  const storage = journal(file);
  const replay = new Replay('nobody');
  replay.fold(await storage.sync());
  await storage.close();
  return described(replay.studies);
}

const NODE_WORKER = `
const [dist, file, count] = process.argv.slice(1);
const { journal } = require(dist + '/storage/journal/journal.js');
const { study } = require(dist + '/study/create.js');
const scales = require(dist + '/scales/catalogue.js');
const { random } = require(dist + '/samplers/random.js');
(async () => {
  const space = { x: scales.linear(0, 1), n: scales.choice(['a', 'b']) };
  const search = await study({ name: 's', space, sampler: random(), storage: journal(file) });
  for (let i = 0; i < Number(count); i++) {
    const trial = await search.ask();
    await search.report(trial, 0, NaN);
    await search.tell(trial, { value: trial.config.x, attributes: { 'made by': 'node' } });
    console.log(trial.number);
  }
  await search.close();
})();
`;

describe('Optuna and tunelab on one journal', () => {
  it('Optuna continues a study that tunelab wrote, and tunelab goes on behind it', async () => {
    const file = path.join(folder, 'ours.log');
    const first = await study({ ...settings, storage: journal(file), seed: 3 });
    await first.optimize(({ x }) => x, { trials: 5, progress: false });
    await first.enqueue({ x: 0.125, n: 'b' });
    await first.close();
    const made = python(worker, file, 's', '4', '1').trim().split('\n').map(Number);
    expect(made).toEqual([5, 6, 7, 8]);
    const again = await study({ ...settings, storage: journal(file) });
    expect(again.trials[5].config).toEqual({ x: 0.125, n: 'b' });
    expect(again.trials[5].value).toBe(0.125);
    await again.optimize(({ x }) => x, { trials: 2, progress: false });
    expect(again.trials.map(({ state }) => state)).toEqual(Array(11).fill('complete'));
    await again.close();
    expect(await readByUs(file)).toEqual(readByOptuna(file));
  }, 120_000);

  it('tunelab continues a study that Optuna wrote with every feature, and Optuna reads the whole', async () => {
    const file = path.join(folder, 'theirs.log');
    copyFileSync(`${fixture}.log`, file);
    const old = await openStudy(journal(file), { name: 'every feature' });
    const before = old.trials.length;
    const trial = (await old.ask())!;
    // The trial that Optuna had enqueued.
    expect(trial.config).toMatchObject({ rate: 0.1, activation: null });
    await old.tell(trial, 0.5);
    const next = (await old.ask())!;
    await old.tell(next, new Error('diverged'));
    await old.close();
    const seen = readByOptuna(file) as { trials: { state: string; values: unknown }[] }[];
    expect(seen[0].trials).toHaveLength(before + 1);
    expect(seen[0].trials.slice(-2)).toMatchObject([
      { state: 'complete', values: [0.5] },
      { state: 'failed', values: null }
    ]);
    expect(await readByUs(file)).toEqual(seen);
  }, 120_000);

  it('Optuna continues a study in groups, by names with dots, and tunelab reads its trials in groups', async () => {
    const file = path.join(folder, 'nested.log');
    const nested = { name: 's', space: nestedSpace, sampler: samplers.random(), seed: 4 };
    const first = await study({ ...nested, storage: journal(file) });
    await first.optimize(({ units }) => units.length, { trials: 12, progress: false });
    await first.enqueue({ optimizer: { kind: 'adam', learningRate: 0.5 }, layers: 2 });
    await first.close();
    const made = JSON.parse(python(path.join(ROOT, 'test', 'optunaNested.py'), file, 's', '8')) as Record<string, number>[]; // prettier-ignore
    expect(made).toHaveLength(8);
    // The queued one comes first.
    expect(made[0]).toMatchObject({ 'optimizer.kind': 'adam', 'optimizer.learningRate': 0.5, layers: 2 }); // prettier-ignore
    const again = await study({ ...nested, storage: journal(file) });
    const theirs = again.trials.slice(12);
    expect(theirs.map(({ state }) => state)).toEqual(Array(8).fill('complete'));
    for (const [i, { config }] of theirs.entries()) {
      const { optimizer, layers, units } = config;
      expect([optimizer.kind, optimizer.learningRate, layers]).toEqual(
        ['kind', 'learningRate'].map(key => made[i][`optimizer.${key}`]).concat(made[i].layers)
      );
      expect(optimizer.beta1 === undefined).toBe(made[i]['optimizer.beta1'] === undefined);
      expect(units).toEqual(Array.from({ length: layers }, (_, j) => made[i][`units.${j}`]));
    }
    expect(new Set(theirs.map(({ config }) => config.units.length)).size).toBeGreaterThan(1);
    await again.optimize(({ units }) => units.length, { trials: 2, progress: false });
    expect(again.trials).toHaveLength(22);
    await again.close();
    expect(await readByUs(file)).toEqual(readByOptuna(file));
  }, 120_000);

  it("optuna-dashboard shows tunelab's studies: trials, reports, notes", async () => {
    const file = path.join(folder, 'shown.log');
    const search = await study({
      ...settings,
      space: { ...space, beta: scales.oneMinusLog(0.9, 0.999), units: scales.integer(8, 64) },
      pruner: pruners.threshold({ upper: 0.9 }),
      storage: journal(file)
    });
    await search.optimize(
      ({ x }, { report, trial }) => {
        report(0, trial.number === 1 ? 1 : 0.5);
        if (trial.number === 2) {
          throw new Error('diverged');
        }
        return { value: x, attributes: { layers: [8, 4] } };
      },
      { trials: 4, progress: false }
    );
    await search.annotate({ note: '# A note', attributes: { data: 'digits' } });
    await search.annotate(3, { note: 'look' });
    await search.enqueue({ x: 0.5 });
    const { trials } = search;
    await search.close();
    const [list, shown] = JSON.parse(
      python(path.join(ROOT, 'test', 'optunaDashboard.py'), file, '/api/studies', '/api/studies/0')
    ) as { status: string; body: Record<string, unknown> }[];
    expect(list).toMatchObject({
      status: '200 OK',
      body: { study_summaries: [{ study_id: 0, study_name: 's', directions: ['minimize'] }] }
    });
    expect(shown.status).toBe('200 OK');
    expect(shown.body.note).toMatchObject({ body: '# A note' });
    expect(shown.body.user_attrs).toContainEqual({ key: 'data', value: 'digits' });
    expect(shown.body.trials).toMatchObject([
      {
        number: 0,
        state: 'Complete',
        values: [trials[0].value],
        intermediate_values: [{ step: 0, value: 0.5 }],
        user_attrs: [{ key: 'layers', value: '[8, 4]' }]
      },
      { number: 1, state: 'Pruned' },
      { number: 2, state: 'Fail' },
      { number: 3, state: 'Complete', note: { body: 'look' } },
      { number: 4, state: 'Waiting', fixed_params: [{ name: 'x', param_external_value: '0.5' }] }
    ]);
    const [{ params }] = shown.body.trials as { params: { name: string; param_internal_value: number }[] }[]; // prettier-ignore
    expect(Object.fromEntries(params.map(each => [each.name, each.param_internal_value]))).toEqual({
      ...trials[0].config,
      n: space.n.toNumber(trials[0].config.n)
    });
  }, 120_000);

  it('two processes of each share a journal: no trial is lost, none is made twice', async () => {
    const file = path.join(folder, 'shared.log');
    const begun = await study({ ...settings, storage: journal(file) });
    await begun.close();
    const { target, remove } = compiled('sharing', ['storage', 'study', 'samplers', 'pruners', 'scales', 'trials', 'numeric']); // prettier-ignore
    const commands = [
      [process.execPath, '-e', NODE_WORKER, target, file, '60'],
      [process.execPath, '-e', NODE_WORKER, target, file, '60'],
      [PYTHON, worker, file, 's', '30', '1'],
      [PYTHON, worker, file, 's', '30', '2']
    ];
    const outputs = await Promise.all(
      commands.map(async ([command, ...args]) => {
        const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
        let output = '';
        child.stdout.on('data', chunk => (output += String(chunk)));
        const [code] = (await once(child, 'close')) as [number];
        expect(code).toBe(0);
        return output.trim().split('\n').map(Number);
      })
    );
    remove();
    const numbers = outputs.flat().sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 180 }, (_, i) => i));
    const read = await study({ ...settings, storage: journal(file) });
    const { trials } = read;
    await read.close();
    expect(trials.every(({ state }) => state === 'complete')).toBe(true);
    outputs.forEach(
      (own, i) =>
      own.forEach(number => expect(trials[number].attributes['made by']).toBe(i < 2 ? 'node' : 'python')) // prettier-ignore
    );
    expect(await readByUs(file)).toEqual(readByOptuna(file));
  }, 300_000);

  it('opens what is left when writers are killed 200 times, and nothing was lost', async () => {
    const file = path.join(folder, 'killed.log');
    const rng = createRng(2);
    const kills = await kill(file, 200, () => rng.uniform());
    await expectNothingLost(file, kills);
    const [optuna] = readByOptuna(file) as { trials: { state: string }[] }[];
    expect(kills.told.filter(number => optuna.trials[number].state !== 'complete')).toEqual([]);
  }, 900_000);
});
