import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type * as library from 'tunelab';
import { launchBrowser } from './page';

jest.setTimeout(180_000);

declare global {
  interface Window {
    tunelab: typeof library;
  }
}

function bundle(file: string, ...entry: string[]) {
  const script = path.join(__dirname, 'bundle.mjs');
  const done = spawnSync(process.execPath, [script, file, ...entry], { encoding: 'utf8' });
  return { status: done.status, problems: done.stderr };
}

describe('the library in a browser', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tunelab-bundle-'));
  const problems: string[] = [];
  let browser: Browser | undefined;
  let page: Page;

  beforeAll(async () => {
    const file = path.join(folder, 'tunelab.js');
    expect(bundle(file)).toEqual({ status: 0, problems: '' });
    browser = await launchBrowser();
    page = await browser.newPage();
    page.on('pageerror', error => problems.push(`${error.name}: ${error.message}`));
    page.on('console', message => {
      if (['error', 'warning'].includes(message.type())) {
        problems.push(message.text());
      }
    });
    await page.addScriptTag({ path: file });
  });

  afterEach(() => {
    expect(problems).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is bundled only because it needs no module of Node: what does is refused', () => {
    const { status, problems: said } = bundle(
      path.join(folder, 'refused.js'),
      'pictures/process.ts'
    );
    expect(status).toBe(1);
    expect(said).toMatch(/node:|Can't resolve/);
  });

  it('computes with WebAssembly SIMD and says why', async () => {
    const info = await page.evaluate(() => window.tunelab.engineInfo());
    expect(['relaxed', 'plain']).toContain(info.engine);
    expect(info.reason).toContain('WebAssembly');
  });

  it('trains digits with batch norm to the accuracy that it reaches in Node', async () => {
    const { accuracy, losses } = await page.evaluate(async () => {
      const { datasets, evaluate, fit, layers, optimizers, sequential } = window.tunelab;
      const data = datasets.digits({ seed: 1 });
      const network = sequential(
        [layers.dense(32), layers.batchNorm(), layers.relu(), layers.dense(10), layers.softmax()],
        { inputs: 64, seed: 1 }
      );
      const optimizer = optimizers.adam({ learningRate: 0.01 });
      const history = await fit(network, data.train, { epochs: 20, optimizer, progress: false });
      return {
        accuracy: evaluate(network, data.test).accuracy,
        losses: history.epochs.map(({ loss }) => loss)
      };
    });
    expect(losses).toHaveLength(20);
    expect(losses[19]).toBeLessThan(losses[0] / 10);
    expect(accuracy).toBeGreaterThan(0.95);
  });

  it('gives the bits of Node with the plain build', async () => {
    const train = async (tunelab: typeof library) => {
      const { datasets, fit, layers, optimizers, sequential } = tunelab;
      const data = datasets.digits({ seed: 1 });
      const network = sequential(
        [layers.dense(16), layers.batchNorm(), layers.relu(), layers.dense(10), layers.softmax()],
        { inputs: 64, seed: 1, variant: 'plain' }
      );
      const optimizer = optimizers.adam({ learningRate: 0.01 });
      const { stepLosses } = await fit(network, data.train, {
        epochs: 2,
        optimizer,
        progress: false
      });
      return Array.from(stepLosses);
    };
    // The function goes to the page as text, and finds the bundle there.
    const there = await page.evaluate(`(${String(train)})(window.tunelab)`);
    expect(there).toEqual(await train(jest.requireActual<typeof library>('tunelab')));
  });

  it('babysits a model in slices of the page, which has no threads', async () => {
    const { ended, same, turns } = await page.evaluate(async () => {
      const { datasets, layers, optimizers, panda, replay, sequential } = window.tunelab;
      const { train } = datasets.digits({ seed: 1 });
      const network = sequential(
        [layers.dense(16), layers.relu(), layers.dense(10), layers.softmax()],
        {
          inputs: 64
        }
      );
      const run = panda(network, train, { optimizer: optimizers.adam(), epochs: 30 });
      let turns = 0;
      const timer = setInterval(() => turns++, 1);
      await run.set({ learningRate: 0.01 });
      const history = await run.done;
      clearInterval(timer);
      const again = await replay(history, train);
      const same = again.history.stepLosses.every((loss, i) => loss === history.stepLosses[i]);
      return { ended: history.ended, same, turns };
    });
    expect({ ended, same }).toEqual({ ended: 'complete', same: true });
    expect(turns).toBeGreaterThan(2);
  });

  it('says that many models at once need Node, and what to do instead', async () => {
    const messages = await page.evaluate(async () => {
      const { caviar, command, compare, scales, study } = window.tunelab;
      const search = study({ space: { x: scales.linear(0, 1) } });
      const messageOf = (made: Promise<unknown>) =>
        made.then(String, (error: Error) => error.message);
      const silent = { trials: 1, progress: false };
      const warn = console.warn;
      console.warn = () => undefined;
      await caviar(search, command('train {x}'), silent);
      console.warn = warn;
      return [
        await messageOf(caviar(search, ({ x }) => x, silent)),
        await messageOf(compare({ epochs: 10 })),
        search.trials[0].error
      ];
    });
    expect(messages).toEqual([
      expect.stringMatching(/caviar: threads of Node must be there.*\n.*study\.optimize/),
      expect.stringMatching(/caviar: threads of Node must be there/),
      expect.stringMatching(/command: a program can only be run by Node/)
    ]);
  });

  it('searches: the best of some small networks by random search', async () => {
    const { states, best } = await page.evaluate(async () => {
      const { tunelab } = window;
      const { datasets, evaluate, fit, layers, optimizers, samplers, scales } = tunelab;
      const data = datasets.digits({ seed: 1 });
      const found = tunelab.study({
        space: { learningRate: scales.log(1e-3, 1e-1), units: scales.integer(8, 24) },
        sampler: samplers.random(),
        seed: 1
      });
      await found.optimize(
        async ({ learningRate, units }, trial) => {
          const network = tunelab.sequential(
            [
              layers.dense(units),
              layers.batchNorm(),
              layers.relu(),
              layers.dense(10),
              layers.softmax()
            ],
            { inputs: 64, seed: trial.seed }
          );
          const optimizer = optimizers.adam({ learningRate });
          await fit(network, data.train, { epochs: 5, optimizer, progress: false });
          return evaluate(network, data.dev).error;
        },
        { trials: 4 }
      );
      return { states: found.trials.map(({ state }) => state), best: found.best?.value };
    });
    expect(states).toEqual(['complete', 'complete', 'complete', 'complete']);
    expect(best).toBeLessThan(0.1);
  });
});
