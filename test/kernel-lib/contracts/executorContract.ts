import type { Executor, Place, RunTools } from 'tunelab/dist/caviar/executor';
import { Pruned } from 'tunelab/dist/study/objective';

export interface Config {
  kind: string;
  x?: number;
}

/** Tools of a trial, with the signal's controller and all reports. */
export function toolsOf(changes: Partial<RunTools> = {}) {
  const controller = new AbortController();
  const reports: [number, number][] = [];
  const tools: RunTools = {
    signal: controller.signal,
    report: (step, value) => void reports.push([step, value]),
    seed: 7,
    trial: { number: 3 },
    ...changes
  };
  return { controller, reports, tools };
}

/**
 * What every executor promises to `caviar`.
 * @param create makes one for the objective of `objectives/many.cjs`, with the context `{ rows: [1, 2] }`
 */
export function executorContract(create: (waits: boolean) => Executor<Config>): void {
  const opened: Place<Config>[] = [];
  async function place(waits = false): Promise<Place<Config>> {
    const made = create(waits).open();
    opened.push(made);
    await made.ready();
    return made;
  }
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(each => each.close()));
  });

  it('gives what the objective returned, trial after trial', async () => {
    const here = await place();
    for (const x of [2, 3, 4]) {
      await here.ready();
      expect(await here.run({ kind: 'value', x }, toolsOf().tools)).toBe(x * x);
    }
  });

  it('hands seed, number and context to the objective', async () => {
    const outcome = await (await place()).run({ kind: 'tools' }, toolsOf().tools);
    expect(outcome).toMatchObject({
      value: 1,
      attributes: { seed: 7, number: 3, context: { rows: [1, 2] } }
    });
  });

  it('rejects with what the objective threw, and takes the next trial', async () => {
    const here = await place();
    await expect(here.run({ kind: 'throw' }, toolsOf().tools)).rejects.toThrow('no such layer');
    await here.ready();
    await expect(here.run({ kind: 'throw text' }, toolsOf().tools)).rejects.toThrow('only words');
    await here.ready();
    expect(await here.run({ kind: 'value', x: 2 }, toolsOf().tools)).toBe(4);
  });

  it('passes reports on in their order, before the outcome', async () => {
    const { tools, reports } = toolsOf();
    expect(await (await place()).run({ kind: 'report', x: 1 }, tools)).toBe(10);
    expect(reports).toEqual(Array.from({ length: 10 }, (_, step) => [step, 1 - step]));
  });

  it.each([true, false])(
    'stops a pruned trial at once (asking before going on: %s)',
    async waits => {
      const here = await place(waits);
      let asked = 0;
      const report = () => {
        if (++asked === 3) {
          throw new Pruned('bad at step 2');
        }
      };
      await expect(here.run({ kind: 'report' }, toolsOf({ report }).tools)).rejects.toThrow(Pruned);
      await here.ready();
      expect(asked).toBe(3);
      expect(await here.run({ kind: 'value', x: 3 }, toolsOf().tools)).toBe(9);
    }
  );

  it('rejects with what a wrong report throws', async () => {
    const report = () => {
      throw new RangeError('step must be whole');
    };
    await expect(
      (await place()).run({ kind: 'report wrongly' }, toolsOf({ report }).tools)
    ).rejects.toThrow('step must be whole');
  });

  it('rejects with the reason of the signal at once, whatever the objective does', async () => {
    for (const kind of ['wait for the signal', 'late']) {
      const here = await place();
      const { controller, tools } = toolsOf();
      setTimeout(() => controller.abort(new Error('time is up')), 20);
      await expect(here.run({ kind }, tools)).rejects.toThrow('time is up');
      await here.ready();
      // The late result of the one before is not taken for that of the next.
      expect(await here.run({ kind: 'value', x: 5 }, toolsOf().tools)).toBe(25);
    }
  });

  it('does not begin a trial whose signal is aborted', async () => {
    const { controller, tools, reports } = toolsOf();
    controller.abort(new Error('too late'));
    await expect((await place()).run({ kind: 'report' }, tools)).rejects.toThrow('too late');
    expect(reports).toEqual([]);
  });

  it('closes twice', async () => {
    const here = await place();
    await here.close();
    await here.close();
    expect(opened).toContain(here);
  });
}
