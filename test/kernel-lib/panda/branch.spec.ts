import {
  datasets,
  layers,
  optimizers,
  panda,
  replay,
  schedules,
  sequential,
  type Network,
  type PandaOptions,
  type Run
} from 'tunelab';
import { branchOf } from '../../../kernel-lib/src/panda/branch';
import { createLoop, type Loop } from '../../../kernel-lib/src/panda/loop';
import { preparePanda } from '../../../kernel-lib/src/panda/options';
import { compiledWorker } from './compiled';

const { train, dev } = datasets.digits();
const { workerFile, remove } = compiledWorker();
afterAll(remove);
afterEach(() => jest.restoreAllMocks());

const network = (): Network =>
  sequential(
    [layers.dense(16), layers.batchNorm(), layers.relu(), layers.dropout(0.1), layers.dense(10), layers.softmax()],
    { inputs: 64, seed: 1 }
  ); // prettier-ignore
const options = (more: Partial<PandaOptions> = {}): PandaOptions => ({
  optimizer: optimizers.adam({ learningRate: 0.003 }),
  schedule: schedules.exponential({ factor: 0.9 }),
  epochs: 12,
  batchSize: 50,
  seed: 3,
  dev,
  workerFile,
  ...more
});
const weights = ({ network: { parameters } }: Run) =>
  parameters.map(({ values }) => Array.from(values));

describe.each([
  ['in threads', () => undefined],
  // As in a browser.
  ['in slices of one thread', () => void jest.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never)] // prettier-ignore
])('a branch, %s', (_, prepare) => {
  it('gives the bits that its run would have given', async () => {
    prepare();
    const run = panda(network(), train, options());
    await run.snapshot('good');
    const { tick } = await run.pause();
    const branch = await run.branch({ name: 'twin' });
    expect([branch.name, branch.network.steps, run.state]).toEqual(['twin', tick, 'paused']);
    expect(run.branches).toEqual([branch]);
    const own = await branch.done;
    // One goes on while the other is paused.
    expect(run.history.stepLosses).toHaveLength(tick);
    await run.resume();
    const first = await run.done;
    expect(own.ended).toBe('complete');
    expect(own.stepLosses).toEqual(first.stepLosses.slice(tick));
    expect(own.epochs.map(({ epoch, loss, devLoss }) => [epoch, loss, devLoss])).toEqual(
      first.epochs.slice(-own.epochs.length).map(one => [one.epoch, one.loss, one.devLoss])
    );
    expect(weights(branch)).toEqual(weights(run));
    expect(branch.network).not.toBe(run.network);
    expect(branch.network.steps).toBe(run.network.steps);
    expect((await replay(first, train, { dev })).history).toEqual(first);
    expect((await replay(own, train, { dev })).history).toEqual(own);
  });

  it('changes something from its first mini-batch on, and nothing in the run that it left', async () => {
    prepare();
    const run = panda(network(), train, options({ schedule: undefined }));
    const branch = await run.branch({ from: 'start', changes: { learningRate: 0.1, beta1: 0.5 } });
    const [own, first] = await Promise.all([branch.done, run.done]);
    expect(branch.name).toBe('branch 1');
    expect(branch.settings.optimizer).toMatchObject({
      learningRate: 0.1,
      beta1: 0.5,
      beta2: 0.999
    });
    expect(own.events[0]).toMatchObject({ kind: 'set', tick: 0 });
    expect(own.learningRates[0]).toBe(0.1);
    expect(own.stepLosses[0]).toBe(first.stepLosses[0]);
    expect(own.stepLosses[1]).not.toBe(first.stepLosses[1]);
    expect(new Set(first.learningRates)).toEqual(new Set([0.003]));
    expect(first.events.find(({ kind }) => kind === 'branch')).toMatchObject({ from: 'start', name: 'branch 1' }); // prettier-ignore
    expect((await replay(own, train, { dev })).history).toEqual(own);
  });
});

describe('a branch', () => {
  it('is refused where it makes no sense, and then none is begun', async () => {
    const run = panda(network(), train, options({ epochs: 1000 }));
    await expect(run.branch({ from: 'nowhere' })).rejects.toThrow('must be one of start');
    await expect(run.branch({ from: '' })).rejects.toThrow('must be one of start');
    await expect(run.branch({ name: 'start' })).rejects.toThrow('1 to 100 characters');
    await expect(run.branch({ changes: { learningRate: 0 } })).rejects.toThrow('learningRate');
    await expect(run.branch({ changes: { beta: 0.5 } })).rejects.toThrow(
      'constant of the optimizer'
    );
    await expect(run.branch({ at: 3 } as never)).rejects.toThrow('`at`');
    expect([run.branches, run.history.events]).toEqual([[], []]);
    await run.stop();
    await expect(run.branch()).rejects.toThrow('has ended');
  });

  it('goes on from any mini-batch with the same bits, also amid an epoch, and so does a branch of it', () => {
    const net = network();
    const prepared = preparePanda(net, dev, options({ epochs: 4, dev: undefined }));
    const losses = (loop: Loop, count = Infinity): number[] => {
      for (let i = 0; i < count && !loop.ended; i++) {
        loop.advance();
      }
      return [...loop.take().losses];
    };
    const all = losses(createLoop(prepared.start, prepared.train));
    expect(all.length).toBeGreaterThan(16);
    for (const tick of [0, 1, all.length / 4, all.length / 4 + 2, all.length - 2]) {
      const loop = createLoop(prepared.start, prepared.train);
      losses(loop, tick);
      const { prepared: own } = branchOf(net, 0, prepared, 'one', loop.snapshot());
      const branch = createLoop(own.start, own.train);
      expect(losses(branch, 1)).toEqual(all.slice(tick, tick + 1));
      const again = branchOf(net, 0, own, 'two', branch.snapshot()).prepared;
      expect(again.start.branch?.tick).toBe(tick + 1);
      expect(losses(createLoop(again.start, again.train))).toEqual(all.slice(tick + 1));
      expect(losses(branch)).toEqual(all.slice(tick + 1));
    }
  });

  it('that diverges amid its first epoch goes back to where it began', () => {
    const prepared = preparePanda(network(), dev, options({ onDivergence: 'pause' }));
    const first = createLoop(prepared.start, prepared.train);
    first.advance();
    const { start, train: data } = branchOf(network(), 0, prepared, 'b', first.snapshot()).prepared;
    const loop = createLoop(start, data);
    const { state } = start;
    loop.apply({ kind: 'set', changes: { learningRate: 1e38 } });
    while (!loop.paused) {
      loop.advance();
    }
    expect(loop.step).toBe(1);
    expect(loop.state()).toEqual(state);
    expect(loop.take().events.at(-1)).toMatchObject({
      warning: 'diverged',
      message: expect.stringContaining('as it was at step 1;') as string
    });
  });
});

describe('constants that are set by name', () => {
  const afterSetting = (optimizer: PandaOptions['optimizer'], changes: object) => {
    const prepared = preparePanda(network(), dev, options({ optimizer }));
    const loop = createLoop(prepared.start, prepared.train);
    loop.apply({ kind: 'set', changes });
    return loop.settings.optimizer;
  };

  it('belong to the rule in use', () => {
    expect(afterSetting(optimizers.rmsProp(), { decay: 0.5 })).toMatchObject({ decay: 0.5 });
    expect(afterSetting(optimizers.adam(), { beta2: 0.9 })).toMatchObject({ beta1: 0.9, beta2: 0.9 }); // prettier-ignore
    expect(() => afterSetting(optimizers.adam(), { decay: 0.5 })).toThrow('decay=0.5 for adam');
  });

  it("keep the lecture's form of momentum, whose dampening is beta", () => {
    const lecture = optimizers.momentum({ beta: 0.9, dampening: 0.9 });
    expect(afterSetting(lecture, { beta: 0.5 })).toMatchObject({ beta: 0.5, dampening: 0.5 });
    expect(afterSetting(optimizers.momentum(), { beta: 0 })).toMatchObject({ beta: 0, dampening: 0 }); // prettier-ignore
  });
});
