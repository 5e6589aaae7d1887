import { FakeKernel, FakeNotebook, shellOf, variables } from './fakes';
import { nullTranslator } from '@jupyterlab/translation';
import * as fc from 'fast-check';
import { samplers, scales, study } from 'tunelab';
import { entryWords, readEntries } from '../../../extension/studies/entries';
import { Running } from '../../../extension/studies/running';

const trans = nullTranslator.load('jupyterlab_tunelab');
const searchOf = (name = 'digits') =>
  study({ name, space: { learningRate: scales.log(1e-4, 1) }, sampler: samplers.random(), seed: 1 }); // prettier-ignore

describe('what is alive in the kernels of open notebooks', () => {
  const all: Running[] = [];
  const runningIn = (...notebooks: FakeNotebook[]) => {
    const shell = shellOf(...notebooks);
    const running = new Running(shell, trans);
    all.push(running);
    const named = () => running.entries.map(({ entry }) => entry.variable);
    return { running, shell, named };
  };
  const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);

  beforeEach(() => {
    jest.useFakeTimers();
    variables.set('search', searchOf());
  });
  afterEach(async () => {
    all.splice(0).forEach(one => one.dispose());
    await pass(100);
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
    variables.clear();
  });

  it('is told by the kernel, again as soon as it has changed', async () => {
    const notebook = new FakeNotebook('a.ipynb', new FakeKernel());
    const { running } = runningIn(notebook);
    const changed = jest.fn();
    running.changed.connect(changed);
    running.watch(true);
    await pass(100);
    expect(running.entries).toMatchObject([
      { entry: { kind: 'study', name: 'digits', variable: 'search', done: 0 }, notebook }
    ]);
    changed.mockClear();
    await pass(10_000);
    expect(changed).not.toHaveBeenCalled();
    const search = variables.get('search') as ReturnType<typeof searchOf>;
    const trial = await search.ask();
    await search.tell(trial!, 0.25);
    await pass(1500);
    expect(running.entries[0].entry).toMatchObject({ done: 1, value: 0.25, state: 'idle' });
    expect(notebook.kernel.opened).toBe(1);
    expect(notebook.kernel.heard).toHaveLength(3);
  });

  it('is asked for only while somebody looks', async () => {
    const kernel = new FakeKernel();
    const { running, named } = runningIn(new FakeNotebook('a.ipynb', kernel));
    await pass(5000);
    expect(kernel.opened).toBe(0);
    running.watch(true);
    await pass(100);
    expect(named()).toEqual(['search']);
    running.watch(false);
    await pass(100);
    expect(kernel.heard.at(-1)).toEqual({ type: 'close', id: 'list' });
    const said = kernel.heard.length;
    variables.set('other', searchOf());
    await pass(10_000);
    expect(kernel.heard).toHaveLength(said);
    expect(named()).toEqual([]);
  });

  it('stays unknown of an untrusted notebook, whose kernel hears nothing until it is trusted', async () => {
    const kernel = new FakeKernel();
    const notebook = new FakeNotebook('downloaded.ipynb', kernel, false);
    const { running, named } = runningIn(notebook);
    running.watch(true);
    await pass(1000);
    notebook.publish('execute_input', 'execute_request');
    await pass(5000);
    expect(kernel.opened).toBe(0);
    expect(running.notTrusted).toEqual(['downloaded.ipynb']);
    notebook.trust(true);
    await pass(100);
    expect(named()).toEqual(['search']);
    expect(running.notTrusted).toEqual([]);
    notebook.trust(false);
    await pass(100);
    expect(named()).toEqual([]);
    expect(kernel.heard.at(-1)).toEqual({ type: 'close', id: 'list' });
  });

  it('a cell of somebody else without outputs makes no notebook untrusted', async () => {
    const notebook = new FakeNotebook('a.ipynb', new FakeKernel(), false);
    notebook.cells[0].outputs.length = 0;
    const { running, named } = runningIn(notebook);
    running.watch(true);
    await pass(100);
    expect(named()).toEqual(['search']);
  });

  it('kernels of others are not asked', async () => {
    const kernel = new FakeKernel('ipython');
    const { running } = runningIn(new FakeNotebook('python.ipynb', kernel));
    running.watch(true);
    await pass(5000);
    expect(kernel.opened).toBe(0);
    expect(running.notTrusted).toEqual([]);
  });

  it('leaves with its kernel, and comes back with what the next one has', async () => {
    const notebook = new FakeNotebook('a.ipynb', new FakeKernel());
    const { running, named } = runningIn(notebook);
    running.watch(true);
    await pass(100);
    notebook.endKernel();
    expect(named()).toEqual([]);
    notebook.kernel.status = 'idle';
    notebook.sessionContext.statusChanged.emit();
    await pass(100);
    expect(named()).toEqual(['search']);
  });

  it('is found once where two notebooks share a kernel, and leaves with the last of them', async () => {
    const kernel = new FakeKernel();
    const [a, b] = ['a.ipynb', 'b.ipynb'].map(name => new FakeNotebook(name, kernel));
    const { running, shell } = runningIn(a, b);
    running.watch(true);
    await pass(100);
    expect(running.entries).toMatchObject([{ notebook: a }]);
    shell.all = [b];
    shell.layoutModified.emit();
    await pass(100);
    expect(running.entries).toMatchObject([{ notebook: b }]);
    shell.all = [];
    shell.layoutModified.emit();
    expect(running.entries).toEqual([]);
  });

  it('a kernel that has not loaded tunelab is asked again when a cell runs or has run, and else not', async () => {
    const kernel = new FakeKernel();
    kernel.knows = false;
    const notebook = new FakeNotebook('a.ipynb', kernel);
    const { running, named } = runningIn(notebook);
    running.watch(true);
    await pass(60_000);
    // The comm itself makes a kernel busy, and idle again.
    notebook.publish('status', 'comm_open', { execution_state: 'idle' });
    await pass(60_000);
    expect(kernel.opened).toBe(1);
    notebook.publish('execute_input', 'execute_request');
    await pass(7500);
    expect(kernel.opened).toBe(4);
    kernel.knows = true;
    await pass(10_000);
    expect(named()).toEqual(['search']);
    notebook.publish('status', 'execute_request', { execution_state: 'idle' });
    await pass(1000);
    expect(kernel.opened).toBe(5);
  });

  it('a quick cell that loads tunelab is heard of at its end', async () => {
    const kernel = new FakeKernel();
    kernel.knows = false;
    const notebook = new FakeNotebook('a.ipynb', kernel);
    const { running, named } = runningIn(notebook);
    running.watch(true);
    await pass(100);
    notebook.publish('execute_input', 'execute_request');
    kernel.knows = true;
    notebook.publish('status', 'execute_request', { execution_state: 'idle' });
    await pass(100);
    expect(named()).toEqual(['search']);
  });
});

describe('what a kernel says of a study', () => {
  const base = { key: '1', kind: 'study', name: 'digits', state: 'running', done: 1 };
  const words = (more: object) => entryWords(readEntries([{ ...base, ...more }])[0], trans);

  it('is put in words', () => {
    expect(words({ value: 0.123456 })).toEqual({
      title: 'digits',
      details: ['study', 'searching', '1 trial done', 'best 0.1235']
    });
    expect(words({ state: 'idle', done: 30, front: 4 }).details).toEqual([
      'study', 'at rest', '30 trials done', '4 on the Pareto front'
    ]); // prettier-ignore
    expect(words({ kind: 'run', name: '', variable: 'run', state: 'paused', done: 99, value: 1.5 })).toEqual({
      title: 'run',
      details: ['run', 'paused', '99 mini-batches', 'loss 1.5']
    }); // prettier-ignore
    expect(words({ kind: 'run', name: '' }).title).toBe('Run');
  });

  it('is taken only as far as it keeps to the format, whatever it is', () => {
    expect(readEntries([{ ...base, value: '<b>', variable: 7, front: NaN }])).toEqual([base]);
    for (const wrong of [{ key: 1 }, { kind: 'table' }, { name: 'x'.repeat(101) }, { state: '' }, { done: '1' }]) {
      expect(readEntries([{ ...base, ...wrong }])).toEqual([]);
    } // prettier-ignore
    expect(readEntries(Array.from({ length: 1000 }, () => base))).toHaveLength(100);
    const field = fc.oneof(fc.anything(), fc.constantFrom('study', 'run', 'running', 'idle'));
    const entry = fc.record({ key: field, kind: field, name: field, state: field, done: field, value: field }); // prettier-ignore
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.oneof(entry, fc.anything())), fc.anything()), given => {
        for (const one of readEntries(given)) expect(() => entryWords(one, trans)).not.toThrow();
      })
    );
  });
});
