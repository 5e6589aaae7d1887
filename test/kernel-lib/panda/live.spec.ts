/** What a reader of a run's figure sees of it and can do to it, on the kernel's side. */
import { datasets, layers, optimizers, panda, sequential, type PandaOptions } from 'tunelab';
import type { ScenePayload } from 'tunelab/dist/figures/format';
import { FIGURE_MIME, parsePayload } from 'tunelab/dist/figures/payload';
import { KERNEL_SYMBOL, type Kernel, type MimeBundle } from 'tunelab/dist/host';
import { entryOf } from 'tunelab/dist/live/registry';
import { steerOf } from 'tunelab/dist/panda/steer';
import { compiledWorker } from './compiled';

// The picture of the end is not looked at here.
jest.mock('../../../kernel-lib/src/pictures/client', () => ({}));

const { train } = datasets.digits();
const { workerFile, remove } = compiledWorker();
const network = () =>
  sequential([layers.dense(8), layers.batchNorm(), layers.relu(), layers.dense(10), layers.softmax()], { inputs: 64 }); // prettier-ignore

/** The cell whose work runs, as the test says it, and what was shown in which. */
let cell = '';
let shown: { cell: string; bundle: MimeBundle }[] = [];
const host = globalThis as { [KERNEL_SYMBOL]?: Kernel };

beforeAll(() => {
  host[KERNEL_SYMBOL] = {
    version: 1,
    kind: 'test',
    display: async (bundle, { update } = {}) => {
      if (!update) shown.push({ cell, bundle: bundle as MimeBundle });
      await bundle;
    },
    signal: new AbortController().signal,
    input: () => Promise.resolve(''),
    registerTarget: () => undefined,
    bind: () => {
      const then = cell;
      return work => {
        const now = cell;
        cell = then;
        const result = work();
        cell = now;
        return result;
      };
    }
  };
});
beforeEach(() => (shown = []));
afterAll(() => {
  host[KERNEL_SYMBOL] = undefined;
  remove();
});

const payloadOf = ({ bundle }: { bundle: MimeBundle }) => bundle.data[FIGURE_MIME] as ScenePayload;

describe('the figure of a run', () => {
  it('says how the run stands, takes its commands, and shows a branch in its own cell', async () => {
    cell = 'first';
    const optimizer = optimizers.momentum({ learningRate: 0.01 });
    const run = panda(network(), train, { optimizer, epochs: 100_000, batchSize: 100, workerFile });
    cell = 'another';
    const { live, steer, title } = payloadOf(shown[0]);
    expect(title).toBe('Training run: loss by mini-batch');
    expect(steer).toMatchObject({ state: 'running', snapshots: ['start'] });
    const { subject } = entryOf(live!.id)!;
    const commands = subject.commands!;
    const now = () => (subject.figure().payload as ScenePayload).steer!;
    expect(Object.keys(commands)).toEqual(['set', 'pause', 'resume', 'stop', 'snapshot', 'rollBack', 'branch']); // prettier-ignore

    const reply = await commands.set({ changes: { learningRate: 0.2, beta: 0.5, batchSize: 64 } });
    expect(reply).toEqual({ tick: expect.any(Number) as number });
    expect(now().controls.map(({ name, value }) => [name, value])).toEqual([
      ['learningRate', 0.2], ['beta', 0.5], ['batchSize', 64], ['weightDecay', 0]
    ]); // prettier-ignore
    await expect(commands.set({ changes: { beta1: 0.5 } })).rejects.toThrow(RangeError);
    await expect(commands.rollBack({ name: '' })).rejects.toThrow('must be one of start');
    expect(await commands.snapshot({ name: 'good' })).toMatchObject({ name: 'good' });
    await commands.pause({});
    expect(now()).toMatchObject({ state: 'paused', snapshots: ['start', 'good'] });

    expect(await commands.branch({ from: 'good', name: 'other' })).toEqual({ name: 'other' });
    expect(shown.map(one => [one.cell, payloadOf(one).title])).toEqual([
      ['first', 'Training run: loss by mini-batch'],
      ['first', 'other: loss by mini-batch']
    ]);
    expect(subject.figure().alt).toMatch(/snapshot good.*branch other/);
    await run.branches[0].stop();
    await run.stop();
    expect(now().state).toBe('ended');
    expect(entryOf(live!.id)).toBeUndefined();
  });
});

describe('what can be steered', () => {
  const settings = (optimizer: PandaOptions['optimizer'], batchSize = 64) =>
    steerOf({ network: network(), state: 'running', settings: { optimizer, batchSize, epochs: 1 }, snapshots: ['start'] }, 1000).controls; // prettier-ignore

  it.each([
    [optimizers.gradientDescent(), []],
    [optimizers.momentum(), ['beta']],
    [optimizers.rmsProp(), ['decay']],
    [optimizers.adam(), ['beta1', 'beta2']],
    [optimizers.adamW(), ['beta1', 'beta2']]
  ])('is what the optimizer has: %j', (optimizer, constants) => {
    const names = settings(optimizer).map(({ name }) => name);
    expect(names).toEqual(['learningRate', ...constants, 'batchSize', 'weightDecay']);
  });

  it('covers the usual values, and farther ones where the run has them', () => {
    const [alpha, beta, size, decay] = settings(optimizers.momentum({ learningRate: 30, beta: 0.99999 }), 50); // prettier-ignore
    expect(alpha.axis).toMatchObject({ scale: 'log', range: [1e-6, 30] });
    expect(beta.axis).toMatchObject({ scale: 'oneMinusLog', range: [0, 0.99999] });
    expect(size).toMatchObject({ value: 50, axis: { integer: true, range: [2, 1000] } });
    expect(size.stops).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 1000]);
    expect(decay.stops!.slice(0, 4)).toEqual([0, 1e-6, 2e-6, 5e-6]);
  });

  const steer = { state: 'running', controls: settings(optimizers.adam()), snapshots: ['start'] };
  const payload = { kind: 'figure', version: 2, figure: 'runCurves', title: '', alt: '', columns: {}, panels: [], steer }; // prettier-ignore
  const [alpha, ...others] = steer.controls;
  const changed = (changes: object) => ({ ...payload, steer: { ...steer, controls: [{ ...alpha, ...changes }, ...others] } }); // prettier-ignore

  it('comes back whole from what is stored', () => {
    expect(parsePayload(payload)).toEqual(payload);
  });

  it.each<[string, object, RegExp]>([
    ['a value outside of its range', changed({ value: 7 }), /controls\[0\].value/],
    ['a log scale from 0', changed({ axis: { ...alpha.axis, range: [0, 1] } }), /axis.range/],
    ['no range', changed({ axis: { label: 'α', scale: 'log' } }), /axis.range.*must be there/],
    ['a name that another has', changed({ name: 'beta1' }), /name of its own/],
    ['stops that fall', changed({ stops: [0.1, 0.01] }), /stops.*must rise/],
    ['an unknown state', { ...payload, steer: { ...steer, state: 'asleep' } }, /steer.state/],
    ['a number that is a text', changed({ value: '0.1' }), /value/]
  ])('refuses %s', (_, wrong, message) => {
    expect(() => parsePayload(wrong)).toThrow(message);
  });
});
