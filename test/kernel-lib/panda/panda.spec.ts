import {
  datasets,
  evaluate,
  fit,
  layers,
  optimizers,
  panda,
  replay,
  schedules,
  sequential,
  type Layer,
  type Network,
  type PandaOptions,
  type RunEvent,
  type RunHistory
} from 'tunelab';
import { KERNEL_SYMBOL } from 'tunelab/dist/host';
import { listNow } from 'tunelab/dist/live/listing';
import { compiledWorker } from './compiled';

const { train, dev } = datasets.digits();
const { workerFile, remove } = compiledWorker();
afterAll(remove);

const network = (seed = 1, hidden: Layer[] = [layers.batchNorm(), layers.relu()]) =>
  sequential([layers.dense(24), ...hidden, layers.dense(10), layers.softmax()], {
    inputs: 64,
    seed
  });
const options = (more: Partial<PandaOptions> = {}): PandaOptions => ({
  optimizer: optimizers.adam({ learningRate: 0.003 }),
  epochs: 6,
  batchSize: 32,
  seed: 3,
  dev,
  workerFile,
  ...more
});
const weights = ({ parameters }: Network) => parameters.map(({ values }) => Array.from(values));
const kinds = (events: readonly RunEvent[]) => events.map(({ kind }) => kind);

describe('a run that nobody touches', () => {
  it('stands in the list of its kernel while it goes or is held, with mini-batches and last loss', async () => {
    const place = globalThis as { [KERNEL_SYMBOL]?: object };
    let held: object | undefined;
    place[KERNEL_SYMBOL] = {
      registerTarget: () => undefined,
      nameOf: (value: object) => (value === held ? 'run' : undefined)
    };
    try {
      const run = panda(network(), train, options({ name: 'first', epochs: 1, figure: false }));
      expect(listNow()).toMatchObject([{ kind: 'run', name: 'first', state: 'running' }]);
      const { stepLosses } = await run.done;
      expect(listNow()).toEqual([]);
      held = run;
      const last = { done: stepLosses.length, value: stepLosses.at(-1) };
      expect(listNow()).toMatchObject([{ variable: 'run', state: 'ended', ...last }]);
    } finally {
      place[KERNEL_SYMBOL] = undefined;
    }
  });

  it('gives the same bits as fit', async () => {
    const [ours, theirs] = [network(), network()];
    const { optimizer, epochs, batchSize, seed } = options();
    const schedule = schedules.exponential({ factor: 0.8 });
    const history = await panda(ours, train, options({ schedule })).done;
    const expected = await fit(theirs, train, {
      optimizer,
      epochs,
      batchSize,
      seed,
      dev,
      schedule
    });
    expect(history.ended).toBe('complete');
    expect(history.stepLosses).toEqual(expected.stepLosses);
    expect(history.learningRates).toEqual(expected.learningRates);
    expect(history.epochs).toMatchObject(expected.epochs);
    expect(weights(ours)).toEqual(weights(theirs));
    expect(ours.steps).toBe(theirs.steps);
  });

  it('leaves the event loop free while it trains', async () => {
    const run = panda(network(), train, options({ epochs: 40 }));
    let turns = 0;
    const timer = setInterval(() => turns++, 2);
    await run.done;
    clearInterval(timer);
    expect(turns).toBeGreaterThan(10);
  });
});

/** A run with everything that can be done to it. */
async function handled(): Promise<{ net: Network; history: RunHistory }> {
  const net = network(2, [layers.batchNorm(), layers.relu(), layers.dropout(0.1)]);
  const run = panda(net, train, options({ epochs: 400 }));
  await run.set({ learningRate: 0.01, clipNorm: 1 });
  const name = await run.snapshot();
  await run.set({ batchSize: 64, weightDecay: 1e-4 });
  await new Promise(resolve => setTimeout(resolve, 150));
  await run.pause();
  await run.rollBack(name);
  await run.set({ optimizer: optimizers.momentum({ learningRate: 0.05, beta: 0.9 }) });
  await run.set({ batchSize: 50 });
  await run.resume();
  await new Promise(resolve => setTimeout(resolve, 100));
  return { net, history: await run.stop() };
}

describe('a run that was steered', () => {
  let net: Network;
  let history: RunHistory;
  beforeAll(async () => ({ net, history } = await handled()));

  it('has every change in its history, with the step where it took effect', () => {
    expect(kinds(history.events).filter(kind => kind !== 'warning')).toEqual(
      ['set', 'snapshot', 'set', 'pause', 'rollBack', 'set', 'set', 'resume', 'stop'] // prettier-ignore
    );
    const [back] = history.events.filter(({ kind }) => kind === 'rollBack');
    expect(back).toMatchObject({ name: '1' });
    expect(back.step).toBeGreaterThan((back as { toStep: number }).toStep);
    const { tick } = history.events[0];
    expect(history.learningRates.slice(0, tick)).toEqual(new Float64Array(tick).fill(0.003));
    expect(history.learningRates[tick]).toBe(0.01);
    expect(history.ended).toBe('stopped');
  });

  it('is repeated by replay, bit by bit', async () => {
    const again = await replay(history, train, { dev });
    expect(again.history).toEqual(history);
    expect(weights(again.network)).toEqual(weights(net));
    expect(again.network.steps).toBe(net.steps);
  });

  it('is not repeated on other data', async () => {
    await expect(replay(history, dev, { dev })).rejects.toThrow('must be those of the run');
    await expect(replay(history, train)).rejects.toThrow('dev examples must be those');
  });
});

describe('panda', () => {
  it('gives the network the weights of a pause, for a look at it', async () => {
    const net = network();
    const before = evaluate(net, dev).loss;
    const run = panda(net, train, options({ epochs: 1000 }));
    while (run.history.epochs.length < 2) {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    const { step } = await run.pause();
    expect(run.state).toBe('paused');
    expect(net.steps).toBe(step);
    expect(evaluate(net, dev).loss).toBeLessThan(before);
    const { length } = run.history.stepLosses;
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(run.history.stepLosses).toHaveLength(length);
    await run.stop();
    expect(run.state).toBe('ended');
  });

  it('refuses changes that make no sense, and goes on', async () => {
    const run = panda(network(), train, options({ epochs: 1000 }));
    await expect(run.set({ learningRate: -1 })).rejects.toThrow('learningRate');
    await expect(run.set({ rate: 1 } as never)).rejects.toThrow('rate');
    await expect(run.set({})).rejects.toThrow('something to change');
    await expect(run.set({ batchSize: 1 })).rejects.toThrow('at least 2 rows');
    await expect(run.rollBack('nowhere')).rejects.toThrow('the snapshot must be one of start');
    await expect(run.snapshot('start')).rejects.toThrow('the beginning');
    expect(run.state).toBe('running');
    await run.stop();
    await expect(run.set({ learningRate: 1 })).rejects.toThrow('has ended');
  });

  it('trains longer, or less long, when epochs are changed', async () => {
    const run = panda(network(), train, options({ epochs: 2 }));
    await run.set({ epochs: 4 });
    expect((await run.done).epochs).toHaveLength(4);
  });

  it('keeps its network from other trainings until it has ended', async () => {
    const net = network();
    const run = panda(net, train, options({ epochs: 1000 }));
    await expect(fit(net, train, { optimizer: optimizers.adam() })).rejects.toThrow('train');
    await run.stop();
    await fit(net, train, { optimizer: optimizers.adam(), epochs: 1 });
  });

  it('stops when its signal is aborted', async () => {
    const controller = new AbortController();
    const run = panda(network(), train, options({ epochs: 1000, signal: controller.signal }));
    setTimeout(() => controller.abort(), 30);
    expect((await run.done).ended).toBe('stopped');
  });

  it('says so when its thread is lost, and keeps what was recorded', async () => {
    const run = panda(network(), train, options({ workerFile: `${workerFile}.missing` }));
    await expect(run.done).rejects.toThrow("the run's thread must live until its end");
    expect(run.state).toBe('lost');
    expect(run.history.version).toBe(1);
  });
});

describe('warnings', () => {
  const warnings = ({ events }: RunHistory) =>
    events.flatMap(event => (event.kind === 'warning' ? [event] : []));

  it('names the step at which training diverged, and goes back to the epoch before', async () => {
    const net = network(1, []);
    const optimizer = optimizers.gradientDescent({ learningRate: 1e30 });
    const history = await panda(net, train, options({ optimizer })).done;
    expect(history.ended).toBe('diverged');
    const found = warnings(history).find(({ warning }) => warning === 'diverged')!;
    expect(found.message).toMatch(/the loss was (NaN|Infinity) at step \d+, in epoch 1/);
    expect(history.stepLosses[found.tick - 1]).not.toBeLessThan(Infinity);
    expect(weights(net).flat().every(Number.isFinite)).toBe(true);
  });

  it('waits for another learning rate when asked to, and goes on with it', async () => {
    const net = network(1, []);
    const optimizer = optimizers.gradientDescent({ learningRate: 1e30 });
    const run = panda(net, train, options({ optimizer, onDivergence: 'pause', epochs: 3 }));
    while (run.state !== 'paused') {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    await run.set({ learningRate: 0.1 });
    await run.resume();
    const history = await run.done;
    expect(history.ended).toBe('complete');
    expect((await replay(history, train, { dev })).history).toEqual(history);
  });

  it('says nothing of a loss that wavers close to 0', async () => {
    const optimizer = optimizers.adam({ learningRate: 0.01 });
    const history = await panda(network(), train, options({ optimizer, epochs: 150 })).done;
    expect(Math.min(...history.stepLosses)).toBeLessThan(1e-3);
    expect(warnings(history).filter(({ warning }) => warning === 'diverging')).toEqual([]);
  });

  it('tells dead units, saturated units and a plateau', async () => {
    const optimizer = optimizers.gradientDescent({ learningRate: 1e-12 });
    const net = sequential(
      [layers.dense(20), layers.relu(), layers.dense(20), layers.tanh(), layers.dense(10), layers.softmax()],
      { inputs: 64, seed: 1 }
    ); // prettier-ignore
    net.parameters
      .find(({ layer, name }) => layer === 0 && name === 'bias')!
      .values.fill(-100, 0, 5);
    net.parameters.find(({ layer, name }) => layer === 2 && name === 'bias')!.values.fill(50, 0, 4);
    const found = warnings(await panda(net, train, options({ optimizer, epochs: 7 })).done);
    expect(found.map(({ warning, layer, epoch }) => [warning, layer, epoch])).toEqual([
      ['dead', 1, 1],
      ['saturated', 3, 1],
      ['plateau', undefined, 6]
    ]);
    expect(found[0].message).toContain('5 of 20 units of layer 1 (relu)');
    expect(found[1].message).toContain('4 of 20 units of layer 3 (tanh)');
  });
});

describe('a run of absurd length', () => {
  it('is refused with a schedule, whose factors would need GiB', () => {
    const long = options({ epochs: 1e9, schedule: () => 1 });
    expect(() => panda(network(), train, long)).toThrow(/at most 10000000 steps.* GiB/s);
  });

  it('refuses a weight decay that is no number', async () => {
    const run = panda(network(), train, options({ epochs: 200 }));
    const wrong = '0.1' as unknown as number;
    await expect(run.set({ weightDecay: wrong })).rejects.toThrow(/finite number >= 0/);
    await run.stop();
  });
});
