import vm from 'node:vm';
import { backward, datasets, fit, forward, layers, optimizers, panda, sequential, trainStep, update } from 'tunelab'; // prettier-ignore
import { KERNEL_SYMBOL } from 'tunelab/dist/host';
import { compiledWorker } from '../panda/compiled';

const { train } = datasets.digits({ seed: 1 });
const { workerFile, remove } = compiledWorker();
afterAll(remove);
const optimizer = optimizers.adam({ learningRate: 0.003 });
const wide = () =>
  sequential(
    [layers.dense(512), layers.batchNorm(), layers.relu(), layers.dense(10), layers.softmax()],
    { inputs: 64, seed: 1 }
  );

/** What a notebook's interrupt does to code that computes: V8 unwinds it, past every `catch` and `finally`. */
function cutOff(run: () => unknown, milliseconds: number): void {
  expect(() => vm.runInNewContext('run()', { run }, { timeout: milliseconds })).toThrow(
    /timed out/
  );
}

const forever = () => {
  for (;;);
};

describe('a training that is cut off in its computation', () => {
  it.each([8, 20])('lets the next one begin, in the midst of a step, after %i ms', async milliseconds => {
    const huge = [layers.dense(4096), layers.batchNorm(), layers.relu(), layers.dense(512), layers.dense(10), layers.softmax()];
    const network = sequential(huge, { inputs: 64 });
    cutOff(() => void fit(network, train, { optimizer, batchSize: train.rows }), milliseconds);
    expect(network.steps).toBe(0);
    const history = await fit(network, train, { epochs: 3, optimizer });
    expect(history.ended).toBe('complete');
    expect(history.epochs[2].loss).toBeLessThan(history.epochs[0].loss);
  }); // prettier-ignore

  it('lets a run of panda begin as well', async () => {
    const network = wide();
    cutOff(() => void fit(network, train, { optimizer, onStep: forever }), 30);
    const run = panda(network, train, { optimizer, epochs: 1, figure: false, workerFile });
    expect((await run.done).ended).toBe('complete');
  });

  it('of two that are begun then, the second is refused', async () => {
    const network = wide();
    cutOff(() => void fit(network, train, { optimizer, onStep: forever }), 30); // prettier-ignore
    const first = fit(network, train, { epochs: 200, optimizer });
    await expect(fit(network, train, { epochs: 1, optimizer })).rejects.toThrow(/at a time/);
    expect((await first).ended).toBe('complete');
  });

  it('does not take the progress line from the next cell', async () => {
    const host = globalThis as { [KERNEL_SYMBOL]?: unknown };
    const lines: string[] = [];
    const cell = () => {
      const bundle = (b: { data: Record<string, string> }) =>
        Promise.resolve(void lines.push(b.data['text/plain']));
      host[KERNEL_SYMBOL] = { version: 1, kind: 'test', display: bundle, signal: new AbortController().signal }; // prettier-ignore
    };
    try {
      cell();
      cutOff(() => void fit(wide(), train, { optimizer, onStep: forever }), 30); // prettier-ignore
      cell();
      const slow = () => new Promise(resolve => setTimeout(resolve, 500));
      await fit(wide(), train, { optimizer, epochs: 3, onEpoch: slow });
      expect(lines[lines.length - 1]).toMatch(
        /^51 of 51 steps, .* epoch 3 of 3, loss .* examples\/s$/
      );
    } finally {
      host[KERNEL_SYMBOL] = undefined;
    }
  });
});

describe('a training that waits', () => {
  it('refuses a second one, also one out of its own callback', async () => {
    const network = wide();
    const refused: string[] = [];
    const again = () =>
      fit(network, train, { epochs: 1, optimizer }).catch(
        (e: Error) => void refused.push(e.message)
      );
    await fit(network, train, { epochs: 2, optimizer, onEpoch: () => void again() });
    await fit(network, train, { epochs: 1, optimizer, onEpoch: again });
    expect(refused).toHaveLength(3);
    expect(refused[0]).toMatch(/^fit: a network can be trained by one `fit` or `panda` at a time/);
    const run = panda(network, train, { optimizer, epochs: 500, figure: false, workerFile });
    expect(() => panda(network, train, { optimizer, workerFile })).toThrow(
      /^panda: a network can be trained/
    );
    await run.stop();
  });

  it('refuses a step of a learner in the meantime, and neither looks nor later steps', async () => {
    const network = wide();
    const batch = { x: train.x.slice(0, 8 * 64), y: train.y.slice(0, 8) };
    const steps: [string, () => unknown][] = [
      ['trainStep', () => trainStep(network, batch, { optimizer })],
      ['forward', () => forward(network, batch.x)],
      ['backward', () => backward(network, batch)],
      ['update', () => update(network, { optimizer })]
    ];
    const refuseAll = () => {
      for (const [name, step] of steps) {
        expect(step).toThrow(`${name}: a network can be trained by one \`fit\` or \`panda\` at a time, but got ${name} while`);
      }
      expect(forward(network, batch.x, { mode: 'test' }).rows).toBe(8);
    };
    const run = panda(network, train, { optimizer, epochs: 500, figure: false, workerFile });
    refuseAll();
    await run.pause();
    refuseAll();
    await run.stop();
    const training = fit(network, train, { epochs: 1, optimizer, onEpoch: () => new Promise(resolve => setTimeout(resolve, 50)) });
    await new Promise(resolve => setTimeout(resolve, 20));
    refuseAll();
    await training;
    steps.forEach(([, step]) => expect(step).not.toThrow());
  }); // prettier-ignore

  it('ends when aborted while a callback never answers', async () => {
    const controller = new AbortController();
    const training = fit(wide(), train, {
      optimizer,
      signal: controller.signal,
      onEpoch: () => new Promise(() => setTimeout(() => controller.abort(), 10))
    });
    await expect(training).rejects.toMatchObject({ name: 'TrainingStopped', history: { epochs: [{ epoch: 1 }] } }); // prettier-ignore
  });

  it("obeys the cell's interrupt beside its own signal", async () => {
    const host = globalThis as { [KERNEL_SYMBOL]?: unknown };
    const cell = new AbortController();
    host[KERNEL_SYMBOL] = {
      version: 1,
      kind: 'test',
      display: () => Promise.resolve(),
      signal: cell.signal
    };
    try {
      const own = new AbortController();
      const training = fit(wide(), train, {
        optimizer,
        signal: own.signal,
        onEpoch: () => cell.abort()
      });
      await expect(training).rejects.toMatchObject({ name: 'TrainingStopped' });
    } finally {
      host[KERNEL_SYMBOL] = undefined;
    }
  });
});
