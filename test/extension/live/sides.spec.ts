import * as fc from 'fast-check';
import { followed } from 'tunelab/dist/live/registry';
import { Budget } from 'tunelab/dist/live/budget';
import { AT_ONCE, contentOf, FakeKernel, openPage, scatterOfRows } from './sides';
import type { Fate, Rows } from './sides';

/** A figure that changes when it is told to. */
function subjectOf(rows: Rows) {
  const state = { rows, revision: 0 };
  const change = (work: (rows: Rows) => void): void => {
    work(state.rows);
    state.revision++;
  };
  const subject = {
    figure: () => scatterOfRows(state.rows),
    revision: () => state.revision,
    budget: new Budget(1)
  };
  return { state, change, subject };
}

const empty = (): Rows => ({ x: [], y: [], text: [], title: 'first' });

function grow(rows: Rows, count: number, value = 0.5): void {
  for (let i = 0; i < count; i++) {
    rows.x.push(rows.x.length + value);
    rows.y.push(value * rows.y.length);
    rows.text.push(`trial ${rows.text.length}`);
  }
}

describe('kernel and page together', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());
  const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);

  it('the page has what the kernel has, first in full and then by what changes', async () => {
    const kernel = new FakeKernel();
    const { state, change, subject } = subjectOf(empty());
    grow(state.rows, 20);
    const page = openPage(kernel, followed(subject)!.id);
    await pass(300);
    expect(page.live.state).toBe('live');
    expect(contentOf(page.payload)).toEqual(contentOf(scatterOfRows(state.rows).payload));
    for (let i = 0; i < 5; i++) {
      change(rows => grow(rows, 3));
      await pass(200);
    }
    change(rows => (rows.y[2] = -1));
    await pass(200);
    expect(contentOf(page.payload)).toEqual(contentOf(scatterOfRows(state.rows).payload));
    const updates = kernel.toPage.filter(one => (one as { type: string }).type === 'update');
    expect(updates.filter(one => 'payload' in (one as object))).toHaveLength(1);
    expect(updates.at(-1)).toMatchObject({ change: { write: { y: {} } } });
  });

  it('ends with exactly the kernel’s payload after messages were lost, doubled and reordered', async () => {
    const fate: fc.Arbitrary<Fate> = fc.oneof(
      { weight: 4, arbitrary: fc.constant(AT_ONCE) },
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.constant([0, 120]) },
      { weight: 2, arbitrary: fc.integer({ min: 1, max: 700 }).map(wait => [wait]) }
    );
    const step = fc.record({
      wait: fc.integer({ min: 0, max: 400 }),
      rows: fc.integer({ min: 0, max: 60 }),
      place: fc.nat(),
      value: fc.constantFrom(0, 0.25, 7, 300, NaN, -(2 ** 40)),
      title: fc.constantFrom('a', 'b')
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 25 }),
        fc.infiniteStream(fate),
        async (steps, fates) => {
          const kernel = new FakeKernel();
          kernel.fate = () => fates.next().value as Fate;
          const { state, change, subject } = subjectOf(empty());
          const entry = followed(subject)!;
          const page = openPage(kernel, entry.id);
          for (const { wait, rows: count, place, value, title } of steps) {
            await pass(wait);
            change(rows => {
              grow(rows, count, value);
              if (rows.y.length > 0) rows.y[place % rows.y.length] = value;
              rows.title = title;
            });
          }
          kernel.fate = () => AT_ONCE;
          await pass(25_000);
          expect(contentOf(page.payload)).toEqual(contentOf(scatterOfRows(state.rows).payload));
          page.live.dispose();
          entry.finish(false);
        }
      ),
      { numRuns: 40, endOnFailure: true }
    );
  }, 60_000);

  it('sends at most ten updates a second, and none while two are not acknowledged', async () => {
    const kernel = new FakeKernel();
    const { change, subject } = subjectOf(empty());
    const page = openPage(kernel, followed(subject)!.id);
    for (let i = 0; i < 400; i++) {
      change(rows => grow(rows, 1));
      await pass(10);
    }
    expect(page.updates).toBeGreaterThan(30);
    expect(page.updates).toBeLessThanOrEqual(41);
    page.shown = false;
    await pass(1000);
    const before = page.updates;
    for (let i = 0; i < 100; i++) {
      change(rows => grow(rows, 1));
      await pass(50);
    }
    expect(page.updates - before).toBeLessThanOrEqual(2);
    page.shown = true;
    page.live.acknowledge();
    await pass(500);
    expect(
      (page.payload as unknown as { columns: { x: { length: number } } }).columns.x.length
    ).toBe(500);
  });

  it('is not asked for a figure while nobody looks', async () => {
    const kernel = new FakeKernel();
    const { change, subject } = subjectOf(empty());
    const figure = jest.spyOn(subject, 'figure');
    const entry = followed(subject)!;
    change(rows => grow(rows, 5));
    await pass(5000);
    expect(figure).not.toHaveBeenCalled();
    const page = openPage(kernel, entry.id);
    await pass(500);
    page.live.dispose();
    await pass(100);
    figure.mockClear();
    change(rows => grow(rows, 5));
    await pass(5000);
    expect(figure).not.toHaveBeenCalled();
  });

  it('says that the kernel has ended, keeps the last state, and stays without controls behind a new one', async () => {
    const kernel = new FakeKernel();
    const { state, subject } = subjectOf(empty());
    grow(state.rows, 4);
    const stop = () => ({});
    const page = openPage(kernel, followed({ ...subject, commands: { stop } })!.id);
    await pass(300);
    expect(page.live.commands).toEqual(['stop']);
    kernel.end();
    expect(page.live.state).toBe('ended');
    expect(page.live.words).toContain('The kernel has ended');
    expect(page.live.commands).toEqual([]);
    await expect(page.live.command('stop', {})).rejects.toMatchObject({ code: 'notNow' });
    expect(contentOf(page.payload)).toEqual(contentOf(scatterOfRows(state.rows).payload));
    kernel.begin();
    await pass(20_000);
    expect(page.live.state).toBe('ended');
    expect(page.live.words).toContain('The kernel has ended');
  });

  it('a page that was reloaded begins anew, from what the kernel has now', async () => {
    const kernel = new FakeKernel();
    const { state, change, subject } = subjectOf(empty());
    const { id } = followed(subject)!;
    openPage(kernel, id);
    await pass(300);
    change(rows => grow(rows, 30));
    const reloaded = openPage(kernel, id);
    await pass(500);
    expect(contentOf(reloaded.payload)).toEqual(contentOf(scatterOfRows(state.rows).payload));
    expect(kernel.opened).toBe(2);
  });

  it('a figure of an earlier kernel stays as it is stored', async () => {
    const kernel = new FakeKernel();
    const { subject } = subjectOf(empty());
    followed(subject);
    const page = openPage(kernel, '6f1c0000-0000-4000-8000-000000000000');
    await pass(300);
    expect(page.live.state).toBe('stored');
    expect(page.live.words).toBe('');
    expect(kernel.toPage).toMatchObject([{ type: 'error', code: 'unknownFigure' }]);
  });

  it('sends the last state when what it shows is done, and then nothing more', async () => {
    const kernel = new FakeKernel();
    const { state, change, subject } = subjectOf(empty());
    const entry = followed(subject)!;
    const page = openPage(kernel, entry.id);
    await pass(300);
    page.shown = false;
    change(rows => grow(rows, 7));
    entry.finish(false);
    await pass(100);
    expect(contentOf(page.payload)).toEqual(contentOf(scatterOfRows(state.rows).payload));
    expect(page.live.state).toBe('stored');
    expect(kernel.toPage.at(-1)).toMatchObject({ type: 'close', reason: 'done' });
  });

  it('what is settled changes no more and takes commands', async () => {
    const kernel = new FakeKernel();
    const { change, subject } = subjectOf(empty());
    const note = jest.fn(() => ({ number: 3 }));
    const entry = followed({ ...subject, commands: { note } })!;
    entry.finish(true);
    const page = openPage(kernel, entry.id);
    await pass(300);
    change(rows => grow(rows, 3));
    await pass(2000);
    expect(page.live.state).toBe('settled');
    expect(page.updates).toBe(0);
    const done = page.live.command('note', { text: 'good' });
    await pass(10);
    await expect(done).resolves.toEqual({ number: 3 });
    expect(note).toHaveBeenCalledWith({ text: 'good' });
  });

  it('a command is done once, however often its message comes, and its answer comes although one was lost', async () => {
    const kernel = new FakeKernel();
    const { subject } = subjectOf(empty());
    const stop = jest.fn(async () => ({ tick: 7 }));
    const page = openPage(kernel, followed({ ...subject, commands: { stop } })!.id);
    await pass(300);
    kernel.fate = () => [0, 5, 9];
    const first = page.live.command('stop', {});
    await pass(50);
    await expect(first).resolves.toEqual({ tick: 7 });
    expect(stop).toHaveBeenCalledTimes(1);
    kernel.fate = () => [];
    const second = page.live.command('stop', {});
    await pass(50);
    kernel.fate = () => AT_ONCE;
    await pass(11_000);
    await expect(second).resolves.toEqual({ tick: 7 });
    expect(stop).toHaveBeenCalledTimes(2);
  });
});
