import path from 'node:path';
import type { Executor, Place } from 'tunelab/dist/caviar/executor';
import { inProcess } from 'tunelab/dist/caviar/inProcess';
import { threadExecutor } from 'tunelab/dist/caviar/threadExecutor';
import type { Objective } from 'tunelab/dist/study/objective';
import { executorContract, toolsOf, type Config } from '../contracts/executorContract';
import { compiledThread } from './compiled';

const FILE = path.join(__dirname, 'objectives', 'many.cjs');
const { objective } = jest.requireActual<{ objective: Objective<Config> }>(FILE);
const context = { rows: [1, 2] };
const thread = compiledThread();
afterAll(() => thread.remove());

function threads(waits = false, memory?: number, file = FILE): Executor<Config> {
  const module = { kind: 'module', file } as const;
  return threadExecutor({ objective: module, context, waits, memory, file: thread.file });
}

describe('the executor of this process', () => {
  executorContract(() => inProcess(objective, context));
});

describe('the executor of threads', () => {
  executorContract(threads);

  const opened: Place<Config>[] = [];
  afterEach(() => Promise.all(opened.splice(0).map(each => each.close())));
  async function place(executor = threads()): Promise<Place<Config>> {
    const made = executor.open();
    opened.push(made);
    await made.ready();
    return made;
  }
  const run = (here: Place<Config>, kind: string, tools = toolsOf().tools) =>
    here.run({ kind }, tools);

  it('runs trials in another thread, always the same', async () => {
    const here = await place();
    const first = await run(here, 'thread');
    await here.ready();
    expect(await run(here, 'thread')).toBe(first);
    expect(first).toBeGreaterThan(0);
  });

  it.each([
    ['exit', 'ended with code 3'],
    ['throw later', 'from a timer']
  ])('replaces a thread lost by %s and says what happened', async (kind, reason) => {
    const here = await place();
    const before = await run(here, 'thread');
    await here.ready();
    await expect(run(here, kind)).rejects.toThrow(reason);
    await here.ready();
    expect(await run(here, 'thread')).not.toBe(before);
  });

  it('replaces a thread that ran out of memory, and names the option', async () => {
    const here = await place(threads(false, 32));
    await expect(run(here, 'eat memory')).rejects.toThrow(/out of memory of 32 MB.*`memory`/);
    await here.ready();
    expect(await here.run({ kind: 'value', x: 2 }, toolsOf().tools)).toBe(4);
  });

  it.each(['hang', 'wait for ever'])('replaces a thread that does not stop: %s', async kind => {
    const here = await place();
    const before = await run(here, 'thread');
    await here.ready();
    const { controller, tools } = toolsOf();
    setTimeout(() => controller.abort(new Error('time is up')), 30);
    await expect(run(here, kind, tools)).rejects.toThrow('time is up');
    await here.ready();
    expect(await run(here, 'thread')).not.toBe(before);
  });

  it('keeps the thread of a trial that stops when it is told to', async () => {
    const here = await place();
    const before = await run(here, 'thread');
    await here.ready();
    const { controller, tools } = toolsOf();
    setTimeout(() => controller.abort(new Error('time is up')), 30);
    await expect(run(here, 'wait for the signal', tools)).rejects.toThrow('time is up');
    await here.ready();
    expect(await run(here, 'thread')).toBe(before);
  });

  it('ends the thread of an objective that goes on after its pruner stopped it', async () => {
    const here = await place(threads(true));
    const report = (step: number) => {
      if (step === 2) {
        throw new Error('enough');
      }
    };
    await expect(run(here, 'swallow the verdict', toolsOf({ report }).tools)).rejects.toThrow(
      'enough'
    );
    await here.ready();
    expect(await here.run({ kind: 'value', x: 2 }, toolsOf().tools)).toBe(4);
  });

  it('fails a trial whose outcome cannot be copied', async () => {
    await expect(run(await place(), 'function')).rejects.toThrow('could not be cloned');
  });

  it('is not ready where the objective cannot be loaded, and says why', async () => {
    const missing = path.join(__dirname, 'objectives', 'broken.cjs');
    await expect(place(threads(false, undefined, missing))).rejects.toThrow(/broken\.cjs.*oops/);
    await expect(
      place(threads(false, undefined, __filename.replace('.spec.ts', '.data.json')))
    ).rejects.toThrow('executors.data.json');
  });

  it('ends a trial that runs when it is closed', async () => {
    const here = await place();
    const running = run(here, 'hang');
    await Promise.all([expect(running).rejects.toThrow('the search ended'), here.close()]);
  });
});
