import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { exportJson, journal, samplers, scales, study } from 'tunelab';
import { main } from 'tunelab/dist/cli/main';
import { STUDY_FIGURES } from 'tunelab/dist/figures/study/view';
import { ROOT } from '../../environment';

const space = { learningRate: scales.log(1e-4, 1), dropout: scales.linear(0, 0.5) };
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tunelab figure '));
const at = (name: string) => path.join(folder, name);
const log = at('study.log');

async function run(...args: string[]) {
  let out = '';
  let error = '';
  const code = await main(['figure', ...args], {
    out: text => (out += text),
    error: text => (error += text)
  });
  return { code, out, error };
}

async function search(name: string, file: string) {
  const storage = journal(file);
  const made = await study({ space, name, storage, sampler: samplers.random(), seed: 1 });
  await made.optimize(
    ({ learningRate, dropout }, { report }) => {
      report(1, dropout);
      return Math.log10(learningRate / 0.01) ** 2 + dropout;
    },
    { trials: 12 }
  );
  await storage.close();
  return made;
}

beforeAll(async () => {
  const made = await search('digits', log);
  fs.writeFileSync(at('study.json'), exportJson(made));
  await search('first', at('two.log'));
  await search('second', at('two.log'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('tunelab figure', () => {
  it('tells a study in words, and writes it where it is told to', async () => {
    const words = await run(log, '--kind', 'scatter', '--x', 'learningRate', '--y', 'dropout');
    expect(words).toMatchObject({ code: 0, error: '' });
    expect(words.out).toContain('12 trials');
    const file = at('figure.csv');
    const { code, out } = await run(
      log,
      '--kind=scatter',
      '--x=learningRate',
      '--y=dropout',
      '-o',
      file
    );
    expect([code, out.endsWith(`Written to ${file}\n`)]).toEqual([0, true]);
    expect(fs.readFileSync(file, 'utf8').split('\n')).toHaveLength(14);
  });

  it.each(STUDY_FIGURES.filter(kind => kind !== 'paretoFront'))('draws the kind %s', async kind => {
    const file = at(`${kind}.json`);
    const axes = kind === 'scatter' ? ['--x', 'learningRate'] : [];
    expect(await run(log, '--kind', kind, ...axes, '-o', file)).toMatchObject({
      code: 0,
      error: ''
    });
    expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toMatchObject({
      kind: 'figure',
      figure: kind
    });
  });

  it('draws the Pareto front of a study with two objectives', async () => {
    const file = at('front.log');
    const storage = journal(file);
    const directions = ['minimize', 'minimize'] as const;
    const made = await study({ space, name: 'front', storage, directions, seed: 1 });
    await made.optimize(({ learningRate, dropout }) => [learningRate, 1 - dropout], { trials: 6 });
    await storage.close();
    const drawn = await run(file, '--kind', 'paretoFront', '-o', at('front.json'));
    expect(drawn).toMatchObject({ code: 0, error: '' });
    expect(JSON.parse(fs.readFileSync(at('front.json'), 'utf8')).figure).toBe('paretoFront');
  });

  it('passes on what it is told: labels, title, other options', async () => {
    const file = at('options.json');
    await run(log, '--kind', 'scatter', '--x', 'dropout', '--label', 'value=dev error', '--title', 'Search', '--option', 'hidden=["failed"]', '-o', file); // prettier-ignore
    expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toMatchObject({
      title: 'Search',
      view: { x: 'dropout', labels: { value: 'dev error' }, hidden: ['failed'] }
    });
  });

  it('reads what exportJson wrote', async () => {
    const fromLog = await run(log);
    expect(await run(at('study.json'))).toEqual(fromLog);
  });

  it("reads Optuna's own journals", async () => {
    const file = path.join(ROOT, 'test', 'fixtures', 'optuna_journal.log');
    const { code, error } = await run(file, '--kind', 'history', '--study', 'every feature');
    expect([code, error]).toEqual([0, '']);
  });

  it('changes nothing: neither the journal nor its folder, also where it is torn', async () => {
    const alone = path.join(folder, 'alone');
    fs.mkdirSync(alone);
    const file = path.join(alone, 'torn.log');
    const [first, ...lines] = fs.readFileSync(log, 'utf8').split('\n');
    fs.writeFileSync(file, [first, 'garbage', ...lines].join('\n') + '{"op_code":5,"wor');
    const before = fs.readFileSync(file);
    const { code, error } = await run(file, '--kind', 'history');
    expect(code).toBe(0);
    expect(error).toContain('cannot be read and are left out');
    expect(fs.readFileSync(file).equals(before)).toBe(true);
    expect(fs.readdirSync(alone)).toEqual(['torn.log']);
  });

  it('lists the studies where there are several, and takes the one that is named', async () => {
    const { code, error } = await run(at('two.log'), '--kind', 'history');
    expect([code, error]).toEqual([
      2,
      `tunelab: ${at('two.log')} holds 2 studies: "first", "second".\nSay which one: --study "first".\n`
    ]);
    expect(await run(at('two.log'), '--kind', 'history', '--study', 'second')).toMatchObject({ code: 0 }); // prettier-ignore
    const other = await run(at('two.log'), '--study', 'third');
    expect([other.code, other.error]).toEqual([
      2,
      `tunelab: ${at('two.log')} holds no study "third".\nThere is "first", "second".\n`
    ]);
  });

  it('compares the studies of a file', async () => {
    const { code, out } = await run(at('two.log'), '--kind', 'compareStudies');
    expect(code).toBe(0);
    expect(out).toMatch(/first[^]*second/);
  });

  it('says what there is to say with --help', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    for (const kind of STUDY_FIGURES) expect(out).toContain(kind);
    expect(Math.max(...out.split('\n').map(line => line.length))).toBeLessThanOrEqual(100);
  });

  it.each([
    ['no file', () => [], 'takes one file of studies'],
    ['two files', () => [log, log], 'takes one file of studies, but got'],
    ['a file that is not there', () => [at('none.log')], 'cannot be read: there is no such file'],
    ['a folder', () => [folder], 'cannot be read: it is a folder'],
    ['an empty file', () => [at('empty.log')], 'holds no study'],
    ['a file of something else', () => [at('text.log')], 'a journal consists of lines'],
    ['other JSON', () => [at('other.json')], 'importJson'],
    [
      'an unknown kind',
      () => [log, '--kind', 'pie'],
      'there is no kind "pie" of figure.\nChoose one of scatter,'
    ],
    ['an unknown option', () => [log, '--colour', 'x'], '"--colour" is not understood'],
    ['an option without a value', () => [log, '--x'], '--x needs a value'],
    [
      'an option twice',
      () => [log, '--x', 'dropout', '--x', 'dropout'],
      '--x is given more than once'
    ],
    [
      'a name that the study does not have',
      () => [log, '--kind', 'scatter', '--x', 'momentum'],
      'learningRate'
    ],
    [
      'an option that the kind does not have',
      () => [log, '--kind', 'history', '--x', 'dropout'],
      '`x`'
    ],
    [
      'a label without a name',
      () => [log, '--x', 'dropout', '--label', 'error'],
      '--label takes NAME=VALUE'
    ],
    ['an ending that there is not', () => [log, '-o', at('figure.gif')], 'Choose one of .svg'],
    ['a width in words', () => [log, '-o', at('f.png'), '--width', 'wide'], '`width` must be']
  ])('ends with 2 and a sentence for %s', async (_, args, words) => {
    fs.writeFileSync(at('empty.log'), '');
    fs.writeFileSync(at('text.log'), 'Dear reader,\n');
    fs.writeFileSync(at('other.json'), '{ "a": 1 }');
    const { code, error, out } = await run(...args());
    expect([code, out]).toEqual([2, '']);
    expect(error).toContain(words);
    expect(error.startsWith('tunelab: ')).toBe(true);
  });

  it('ends with 1 where a figure cannot be written', async () => {
    const { code, error } = await run(log, '-o', path.join(at('none'), 'f.csv'));
    expect(code).toBe(1);
    expect(error).toContain('its folder must be there');
  });
});
