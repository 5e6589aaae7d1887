import { createHash } from 'node:crypto';
import vm from 'node:vm';
import { layers, optimizers, sequential } from 'tunelab';
import type { LayerPlan, NetworkPlan, Program } from 'tunelab/dist/wasm/engine';
import { selectEngine } from 'tunelab/dist/wasm/select';

const engine = selectEngine();
const rule = optimizers.adam({ learningRate: 0.01 });
const descent = optimizers.gradientDescent({ learningRate: 0.1 });

const plan = (inputs: number, ...between: LayerPlan[]): NetworkPlan => ({
  inputs,
  layers: [...between, layers.dense(10), layers.softmax()],
  seed: 5,
  precision: 'float32'
});
/** Wide enough that every kernel of it is shared, with widths that are no multiples of a block or a vector. */
const wide = plan(
  300,
  layers.dense(517),
  layers.batchNorm(),
  layers.relu(),
  layers.dense(259),
  layers.gelu(),
  layers.dropout(0.2)
);
const batch = (rows: number, inputs: number) => ({
  x: Float32Array.from({ length: rows * inputs }, (_, i) => Math.sin(1.7 * i + i * i * 0.01)),
  labels: Int32Array.from({ length: rows }, (_, i) => (i * 7) % 10)
});

/** Everything that some steps leave behind: losses, and a digest of all bits of the parameters. */
function train(program: Program, rows: number, optimizer = rule, steps = 3) {
  const { x, labels } = batch(rows, 300);
  const losses = Array.from({ length: steps }, () => program.step(x, labels, rows, optimizer));
  const digests = program.parameters.map(({ values }) =>
    createHash('sha1')
      .update(new Uint8Array(Float32Array.from(values).buffer))
      .digest('hex')
  );
  return [losses, digests];
}

it.each([
  [2, 256, rule],
  [3, 131, rule],
  [2, 67, descent]
])('%i threads give the bits of one, with %i rows', (threads, rows, optimizer) => {
  const alone = train(engine.compile(wide), rows, optimizer);
  expect(train(engine.compile(wide, { threads }), rows, optimizer)).toEqual(alone);
});

it('threads that have had time to start give them too, in every run and after a rest', async () => {
  const alone = train(engine.compile(wide), 128);
  for (let run = 0; run < 3; run++) {
    expect(train(engine.compile(wide, { threads: 2 }), 128)).toEqual(alone);
    // Longer than a thread waits before it sleeps.
    await new Promise(resolve => setTimeout(resolve, run === 0 ? 300 : 10));
  }
});

it('softmax regression is shared by rows, and gives the bits of one thread', () => {
  const { x, labels } = batch(250, 784);
  const [alone, shared] = [1, 2].map(threads => {
    const program = engine.compile(plan(784), { threads });
    const losses = [1, 2, 3].map(() => program.step(x, labels, 250, descent).loss);
    return [losses, Array.from(program.parameters[0].values)];
  });
  expect(shared).toEqual(alone);
});

it('networks that take turns do not touch each other, more of them than threads remember', () => {
  const { x, labels } = batch(128, 300);
  const programs = Array.from({ length: 6 }, () => engine.compile(wide, { threads: 2 }));
  const alone = engine.compile(wide);
  for (let step = 0; step < 3; step++) {
    const expected = alone.step(x, labels, 128, rule);
    expect(programs.map(program => program.step(x, labels, 128, rule))).toEqual(
      programs.map(() => expected)
    );
  }
});

it('a step that is interrupted leaves a network that can be trained', () => {
  const { x, labels } = batch(256, 300);
  const program = engine.compile(wide, { threads: 2 });
  const start = program.saveState();
  const step = () => program.step(x, labels, 256, rule);
  for (let time = 0; time < 5; time++) {
    expect(() =>
      vm.runInNewContext('for (;;) step()', { step }, { timeout: 40 + 7 * time })
    ).toThrow(/timed out/);
  }
  program.restoreState(start);
  expect(train(program, 256)).toEqual(train(engine.compile(wide), 256));
});

describe('`threads` of `sequential`', () => {
  const build = (threads: number) =>
    sequential([layers.dense(600), layers.softmax()], { inputs: 400, threads });

  it('gives the same network', () => {
    expect(build(2).parameters[0].values).toEqual(build(1).parameters[0].values);
  });

  it.each([0, 1.5, NaN, 17])('cannot be %p', threads => {
    expect(() => build(threads)).toThrow(/`threads` must be .*, but got/);
  });
});

describe('a thread that cannot start', () => {
  afterEach(() => jest.restoreAllMocks());

  it('is told of once, and the network does with those there are', () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const Worker = jest.fn(() => {
      throw new Error('no more threads');
    });
    const builtin = process.getBuiltinModule.bind(process) as (name: string) => object;
    jest
      .spyOn(process, 'getBuiltinModule')
      .mockImplementation(((name: string) =>
        name === 'node:worker_threads' ? { ...builtin(name), Worker } : builtin(name)) as never);
    // A number of threads that no other test asks for: pools are kept.
    const program = engine.compile(wide, { threads: 5 });
    expect(warn.mock.calls.map(([text]) => text)).toEqual(
      [1, 2, 3, 4].map(thread =>
        expect.stringMatching(`thread ${thread} of the engine could not run \\(no more threads\\)`)
      )
    );
    expect(train(program, 64)).toEqual(train(engine.compile(wide), 64));
  });

  it('is none where the host has no threads at all, as a browser', () => {
    jest.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never);
    const program = engine.compile(wide, { threads: 6 });
    expect(train(program, 64)).toEqual(train(engine.compile(wide), 64));
  });
});

it('threads let go of networks that are dropped', async () => {
  const rows = 1024;
  const { x, labels } = batch(rows, 300);
  // Plain turns of the event loop: in them the process hears what has been collected.
  const used = async () => {
    await new Promise(resolve => setTimeout(resolve, 20));
    return process.memoryUsage().rss / 2 ** 20;
  };
  const build = async () => {
    engine.compile(wide, { threads: 2 }).step(x, labels, rows, rule);
    return used();
  };
  for (let i = 0; i < 10; i++) await build();
  const before = await used();
  for (let i = 0; i < 40; i++) await build();
  // Each has about 30 MiB in use: kept, they would be 1.2 GiB.
  expect((await used()) - before).toBeLessThan(400);
}, 60_000);
