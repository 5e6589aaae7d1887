import { samplers, scales, study } from 'tunelab';
import { KERNEL_SYMBOL, type Comm, type CommMessage, type Kernel } from 'tunelab/dist/host';
import { keep, listNow } from 'tunelab/dist/live/listing';
import type { FromKernel } from 'tunelab/dist/live/protocol';

type Lists = Extract<FromKernel, { type: 'list' }>[];

const variables = new Map<string, object>();
let target!: (comm: Comm, message: CommMessage) => void;
const kernel = {
  version: 1,
  kind: 'test',
  display: () => Promise.resolve(),
  signal: new AbortController().signal,
  input: () => Promise.resolve(''),
  registerTarget: (_: string, take: typeof target) => void (target = take),
  nameOf: (value: object) => [...variables].find(([, held]) => held === value)?.[0]
} satisfies Kernel;

/** A page that asks for the list; what it hears lies in `lists`. */
function openPage() {
  const heard: Record<string, unknown>[] = [];
  const comm: Comm = { send: data => void heard.push(data!), close: jest.fn() };
  const messageOf = (data: object) => ({ data, metadata: {}, buffers: [] }) as CommMessage;
  const ask = (have?: number) => ({ type: 'list', protocol: 1, id: 'list', have });
  target(comm, messageOf(ask()));
  return {
    heard,
    lists: heard as unknown as Lists,
    ask: (have?: number) => comm.onMessage!(messageOf(ask(have))),
    say: (data: object) => comm.onMessage!(messageOf(data)),
    leave: () => comm.onClose!(messageOf({}))
  };
}

const searchOf = (directions?: ('minimize' | 'maximize')[]) =>
  study({
    name: 'digits',
    space: { learningRate: scales.log(1e-4, 1) },
    sampler: samplers.random(),
    seed: 1,
    ...(directions && { directions })
  });

describe('the list of studies and runs', () => {
  beforeAll(() => {
    (globalThis as { [KERNEL_SYMBOL]?: Kernel })[KERNEL_SYMBOL] = kernel;
    searchOf();
  });
  afterAll(() => {
    (globalThis as { [KERNEL_SYMBOL]?: Kernel })[KERNEL_SYMBOL] = undefined;
  });
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    variables.clear();
  });
  const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);

  it('names a study that searches, with its trials and its best value as they grow', async () => {
    const page = openPage();
    const search = searchOf();
    const searching = search.optimize(
      async () => {
        await new Promise(resolve => setTimeout(resolve, 800));
        return 1 / search.trials.length;
      },
      { trials: 4, progress: false }
    );
    await pass(1000);
    page.ask(page.lists.at(-1)?.seq);
    await pass(1500);
    const [one] = page.lists.at(-1)!.subjects;
    expect(one).toMatchObject({ kind: 'study', name: 'digits', state: 'running' });
    page.ask(page.lists.at(-1)!.seq);
    await pass(1500);
    const [later] = page.lists.at(-1)!.subjects;
    expect(later.key).toBe(one.key);
    expect(later.done).toBeGreaterThan(one.done);
    expect(later.value).toBeLessThan(one.value ?? Infinity);
    page.ask(page.lists.at(-1)!.seq);
    await pass(5000);
    await searching;
    expect(page.lists.at(-1)!.subjects).toEqual([]);
    page.leave();
  });

  it('keeps what a variable holds, and says its name', () => {
    const search = searchOf(['minimize', 'maximize']);
    expect(listNow()).toEqual([]);
    variables.set('search', search);
    expect(listNow()).toEqual([
      { key: expect.any(String), kind: 'study', name: 'digits', variable: 'search', state: 'idle', done: 0, front: 0 }
    ]); // prettier-ignore
  });

  it('is told once for each question, and only when it is another one', async () => {
    const page = openPage();
    await pass(10);
    expect(page.lists).toEqual([{ type: 'list', id: 'list', seq: 1, subjects: [] }]);
    await pass(5000);
    page.ask(1);
    await pass(5000);
    expect(page.lists).toHaveLength(1);
    variables.set('a', searchOf());
    await pass(1100);
    expect(page.lists).toHaveLength(2);
    variables.clear();
    await pass(5000);
    expect(page.lists).toHaveLength(2);
    page.ask(2);
    await pass(10);
    expect(page.lists.at(-1)).toMatchObject({ seq: 3, subjects: [] });
    page.leave();
  });

  it('comes again to a page that missed it, and at most once a second however often it asks', async () => {
    const page = openPage();
    await pass(10);
    for (let i = 0; i < 60; i++) {
      page.ask();
      await pass(50);
    }
    expect(page.lists.length).toBeGreaterThanOrEqual(3);
    expect(page.lists.length).toBeLessThanOrEqual(4);
    page.leave();
  });

  it.each([
    ['closed its list', (page: ReturnType<typeof openPage>) => page.say({ type: 'close', id: 'list' })],
    ['left', (page: ReturnType<typeof openPage>) => page.leave()]
  ])('is not made for a page that %s', async (_, go) => {
    const page = openPage();
    await pass(10);
    page.ask(1);
    go(page);
    variables.set('a', searchOf());
    await pass(5000);
    expect(page.lists).toHaveLength(1);
    expect(jest.getTimerCount()).toBe(0);
  }); // prettier-ignore

  it('a page of another protocol gets a sentence', async () => {
    const page = openPage();
    page.say({ type: 'list', protocol: 2, id: 'list' });
    expect(page.heard.at(-1)).toMatchObject({ type: 'error', id: 'list', code: 'protocol' });
    page.leave();
  });

  it('is a hundred entries with short names, whatever there is', () => {
    const describe = () =>
      ({ kind: 'study', name: 'x'.repeat(1000), state: 'running', done: 0 }) as const;
    const held = Array.from({ length: 700 }, () => ({}));
    held.forEach(one => keep(one, describe));
    const list = listNow();
    expect(list).toHaveLength(100);
    expect(list[0].name).toHaveLength(100);
    expect(new Set(list.map(({ key }) => key)).size).toBe(100);
  });
});
