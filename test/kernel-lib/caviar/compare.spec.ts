import { compare, datasets } from 'tunelab';
import { compareBy } from 'tunelab/dist/caviar/compare';
import { KERNEL_SYMBOL } from 'tunelab/dist/host';
import type { Kernel, MimeBundle } from 'tunelab/dist/host';
import { inProcess } from 'tunelab/dist/caviar/inProcess';
import type { Executor } from 'tunelab/dist/caviar/executor';
import { objective, type Task } from 'tunelab/dist/caviar/strategies';

/** In this process, by today's sources. */
const here = (task: Task) => inProcess(objective, task) as Executor;
const data = datasets.digits();
const small = { epochs: 40, epochsEach: 5, repeats: 3, units: 8, data, workers: 2, seed: 3 };

describe('compare', () => {
  it('gives both the same budget and says what each did and found', async () => {
    const { panda, caviar, ...all } = await compareBy(small, here);
    expect(all.epochs).toBe(40);
    expect([panda.models, panda.epochsEach, panda.cores]).toEqual([1, 40, 1]);
    expect([caviar.models, caviar.epochsEach, caviar.cores]).toEqual([8, 5, 2]);
    // 4 rounds of 5 epochs on 2 cores beside 40 on one.
    expect(caviar.wallMinutes / panda.wallMinutes).toBeCloseTo(0.5, 12);
    expect(all.coreMinutes).toBeCloseTo((40 * all.secondsPerEpoch) / 60, 12);
    for (const { days, devError } of panda.repeats) {
      expect(days.map(({ epochs }) => epochs)).toEqual(
        Array.from({ length: 20 }, (_, i) => 2 * i + 2)
      );
      const good = days.filter(({ decision }) => decision === 'faster');
      expect(devError).toBe(good[good.length - 1].devError);
      days.slice(1).forEach(({ learningRate }, i) => {
        const factor = days[i].decision === 'faster' ? 1.5 : 0.3;
        expect(learningRate).toBeCloseTo(days[i].learningRate * factor, 12);
      });
    }
    const differences = panda.repeats.map(
      ({ testError }, i) => testError - caviar.repeats[i].testError
    );
    const mean = differences.reduce((a, b) => a + b) / 3;
    const deviation = Math.sqrt(differences.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 2);
    expect(all.difference.mean).toBeCloseTo(mean, 12);
    expect(all.difference.standardError).toBeCloseTo(deviation / Math.sqrt(3), 12);
    const clear = Math.abs(mean) > (2 * deviation) / Math.sqrt(3);
    expect(all.better).toBe(clear ? (mean < 0 ? 'panda' : 'caviar') : 'neither');
    expect(all.answer).toMatch(/^With .* core-minutes \(40 epochs\) panda's one model.*caviar's 8/);
  });

  it('finds the same again with the same seed and epochs, and crosses to JSON', async () => {
    const found = async () => {
      const { panda, caviar } = await compareBy({ ...small, repeats: 2 }, here);
      return JSON.stringify([panda.repeats, caviar.repeats]);
    };
    expect(await found()).toBe(await found());
  });

  it.each([
    [true, ['6 of 6 runs']],
    [false, []]
  ])('keeps one line of progress for all that it does: %p', async (progress, last) => {
    const lines: Record<string, string> = {};
    const kernel: Kernel = {
      version: 1,
      kind: 'test',
      signal: new AbortController().signal,
      input: () => Promise.reject(new Error('nobody types in a test')),
      display: (bundle: MimeBundle, { displayId = '' } = {}) => {
        lines[displayId] = String(bundle.data['text/plain']);
        return Promise.resolve();
      }
    };
    const world = globalThis as { [KERNEL_SYMBOL]?: Kernel };
    // Short calls show nothing: here every look at the clock is a second after the one before.
    let clock = Date.now();
    const tick = jest.spyOn(Date, 'now').mockImplementation(() => (clock += 1000));
    world[KERNEL_SYMBOL] = kernel;
    try {
      await compareBy({ ...small, progress }, here);
    } finally {
      tick.mockRestore();
      Reflect.deleteProperty(world, KERNEL_SYMBOL);
    }
    expect(Object.values(lines).map(line => line.split(',')[0])).toEqual(last);
  });

  it('refuses what cannot be', async () => {
    await expect(compare({ epochs: 12, epochsEach: 20 })).rejects.toThrow(/one of caviar's models/);
    await expect(compare({ repeats: 1 })).rejects.toThrow(/`repeats` must be/);
    await expect(compare({ minutes: 0 })).rejects.toThrow(/`minutes` must be/);
    await expect(compare({ firstGuess: 2 })).rejects.toThrow(/`firstGuess` must be in/);
    await expect(compare({ minute: 1 } as never)).rejects.toThrow(/`minute`/);
  });
});
