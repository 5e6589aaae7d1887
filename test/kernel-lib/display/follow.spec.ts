import { figureBundle } from 'tunelab/dist/display/bundle';
import { show } from 'tunelab/dist/display/show';
import * as figures from 'tunelab/dist/figures/index';
import { FIGURE_MIME } from 'tunelab/dist/figures/payload';
import { KERNEL_SYMBOL } from 'tunelab/dist/host';
import type { Comm, CommMessage, Kernel, MimeBundle } from 'tunelab/dist/host';
import { samplers, scales, study } from 'tunelab';

jest.mock('tunelab/dist/display/bundle', () => ({ figureBundle: jest.fn() }));

interface Shown {
  bundle: MimeBundle;
  displayId?: string;
  update?: boolean;
}

/** A notebook that keeps what is shown, with or without comms. */
function useKernel(comms: boolean) {
  const shown: Shown[] = [];
  let target: (comm: Comm, message: CommMessage) => void = () => undefined;
  const kernel: Kernel = {
    version: 1,
    kind: 'test',
    display: async (bundle, options = {}) => void shown.push({ bundle: await bundle, ...options }),
    signal: new AbortController().signal,
    input: () => Promise.reject(new Error('nobody types in a test')),
    ...(comms && { registerTarget: (_: string, take: typeof target) => void (target = take) })
  };
  (globalThis as { [KERNEL_SYMBOL]?: Kernel })[KERNEL_SYMBOL] = kernel;
  const ask = async (message: object): Promise<Record<string, unknown>[]> => {
    const heard: Record<string, unknown>[] = [];
    const data = { protocol: 1, ...message };
    target({ send: one => void heard.push(one!), close: () => undefined }, { data, metadata: {}, buffers: [] }); // prettier-ignore
    await new Promise(resolve => setTimeout(resolve, 150));
    return heard;
  };
  return { shown, ask };
}

const payloadOf = ({ bundle }: Shown) =>
  bundle.data[FIGURE_MIME] as { live?: { id: string }; trials: { length: number } };

const search = () =>
  study({ space: { learningRate: scales.log(1e-4, 1), kind: scales.choice(['a', 'b']) }, sampler: samplers.random(), seed: 1 }); // prettier-ignore
const objective = ({ learningRate }: { learningRate: number }) => Math.log10(learningRate) ** 2;
const slow = async (config: { learningRate: number }) => {
  await new Promise(resolve => setTimeout(resolve, 30));
  return objective(config);
};

beforeEach(() => {
  jest.mocked(figureBundle).mockImplementation(async figure => ({
    data: { [FIGURE_MIME]: figure.payload, 'image/png': 'picture' }
  }));
});

describe('a figure of a study', () => {
  it('that is shown before the search follows it, and has its picture at the end', async () => {
    const { shown } = useKernel(true);
    const one = search();
    await show(figures.history(one));
    await one.optimize(objective, { trials: 5, progress: false });
    await new Promise(resolve => setTimeout(resolve, 30));
    expect(shown.map(({ update }) => update ?? false)).toEqual([false, true, true]);
    expect(new Set(shown.map(({ displayId }) => displayId)).size).toBe(1);
    expect(shown.map(({ bundle }) => 'image/png' in bundle.data)).toEqual([false, true, true]);
    expect(payloadOf(shown[2]).trials.length).toBe(5);
    const ids = shown.map(one => payloadOf(one).live?.id);
    expect(new Set(ids).size).toBe(1);
    await one.optimize(objective, { trials: 5, progress: false });
    await new Promise(resolve => setTimeout(resolve, 30));
    expect(shown).toHaveLength(3);
  });

  it('that is shown after its search stays as it is, and takes commands', async () => {
    const { shown, ask } = useKernel(true);
    const one = search();
    await one.optimize(objective, { trials: 3, progress: false });
    await show(figures.scatter(one, { x: 'learningRate' }));
    expect(shown).toHaveLength(1);
    const { id } = payloadOf(shown[0]).live!;
    expect(await ask({ type: 'open', id })).toMatchObject([
      { type: 'ready', follows: false, commands: ['enqueue', 'note', 'stop'] }
    ]);
    const command = (request: string, name: string, args: object) =>
      ask({ type: 'command', id, request, name, args });
    expect(await command('1', 'note', { number: 1, text: 'odd' })).toMatchObject([{ type: 'reply' }]); // prettier-ignore
    expect(one.trials[1].note).toBe('odd');
    expect(await command('2', 'enqueue', { config: { learningRate: 0.01, kind: 'b' } })).toMatchObject([{ result: { number: 3 } }]); // prettier-ignore
    expect(one.trials[3]).toMatchObject({ state: 'waiting', config: { learningRate: 0.01, kind: 'b' } }); // prettier-ignore
    expect(await command('3', 'enqueue', { number: 0 })).toMatchObject([{ result: { number: 4 } }]);
    expect(one.trials[4].config).toEqual(one.trials[0].config);
    for (const [request, args] of [
      ['4', { config: { rate: 1 } }],
      ['5', { config: { learningRate: -1 } }],
      ['6', { config: { kind: 'c' } }],
      ['7', { number: 77 }],
      ['8', {}]
    ] as const) {
      expect(await command(request, 'enqueue', args)).toMatchObject([{ code: 'badArguments' }]);
    }
    expect(await command('9', 'stop', {})).toMatchObject([{ code: 'notNow' }]);
  });

  it('that is shown during its search is sent as it grows, and ends it on `stop`', async () => {
    const { shown, ask } = useKernel(true);
    const one = search();
    const running = one.optimize(slow, { trials: 500, progress: false });
    await new Promise(resolve => setTimeout(resolve, 100));
    await show(figures.history(one));
    const { id } = payloadOf(shown[0]).live!;
    expect((await ask({ type: 'open', id })).slice(0, 2)).toMatchObject([
      { type: 'ready', follows: true },
      { type: 'update', seq: 1 }
    ]);
    await ask({ type: 'command', id, request: '1', name: 'stop', args: {} });
    await expect(running).rejects.toThrow('the search was stopped');
    await new Promise(resolve => setTimeout(resolve, 30));
    expect(shown.at(-1)!.bundle.data).toHaveProperty(['image/png']);
    expect(payloadOf(shown.at(-1)!).trials.length).toBe(one.trials.length);
  });

  it('is one figure to searches in a row', async () => {
    const { shown } = useKernel(true);
    const one = search();
    await show(figures.history(one));
    for (let i = 0; i < 4; i++) {
      await one.optimize(objective, { trials: 2, progress: false });
    }
    await new Promise(resolve => setTimeout(resolve, 50));
    const pictures = shown.filter(({ bundle }) => 'image/png' in bundle.data);
    expect(pictures).toHaveLength(2);
    expect(payloadOf(pictures[1]).trials.length).toBe(8);
  });

  it('without comms is shown anew, twice a second at most, with a picture at the end only', async () => {
    const { shown } = useKernel(false);
    const one = search();
    const running = one.optimize(slow, { trials: 45, progress: false });
    await show(figures.history(one));
    await running;
    await new Promise(resolve => setTimeout(resolve, 30));
    expect(shown.length).toBeGreaterThanOrEqual(3);
    expect(shown.length).toBeLessThanOrEqual(7);
    expect(shown.every(one => payloadOf(one).live === undefined)).toBe(true);
    expect(shown.map(({ bundle }) => 'image/png' in bundle.data)).toEqual(shown.map((_, i) => i === shown.length - 1)); // prettier-ignore
  });

  it('is not followed with `live: false`', async () => {
    const { shown } = useKernel(true);
    const one = search();
    await show(figures.history(one), { live: false });
    await one.optimize(objective, { trials: 2, progress: false });
    expect(shown).toHaveLength(1);
    expect(payloadOf(shown[0]).live).toBeUndefined();
  });
});
