import { createRng, samplers, scales, study, type Sampler, type Trial } from 'tunelab';
import { mean } from 'tunelab/dist/numeric/stats';

const plane = { x: scales.linear(-5, 5), y: scales.linear(-5, 5) };
const sphere = ({ x, y }: { x: number; y: number }) => (x - 2.1) ** 2 + (y + 1.3) ** 2;

const training = {
  learningRate: scales.log(1e-5, 1),
  beta: scales.oneMinusLog(0.8, 0.999),
  units: scales.integer(4, 64),
  batchSize: scales.choice([16, 32, 64, 128, 256]),
  activation: scales.choice(['relu', 'tanh', 'sigmoid'])
};
type Training = {
  learningRate: number;
  beta: number;
  units: number;
  batchSize: number;
  activation: string;
};
/** A dev error as small networks on digits show it: what counts is learningRate / (1 - beta). */
function devError({ learningRate, beta, units, batchSize, activation }: Training): number {
  const off = Math.log10(learningRate / (1 - beta)) + 1;
  return (
    0.03 +
    0.02 * Math.min(4, off ** 2) +
    0.15 / Math.sqrt(units) +
    0.004 * Math.abs(Math.log2(batchSize) - 5) +
    { relu: 0, tanh: 0.004, sigmoid: 0.015 }[activation]!
  );
}
/** 64 units, mini-batches of 32, relu. */
const LEAST = 0.03 + 0.15 / 8;

describe('samplers.coarseToFine', () => {
  const seeds = [0, 1, 2, 3, 4, 5, 6, 7];
  const onSphere = async (create: () => Sampler) => {
    const bests = seeds.map(async seed => {
      const s = study({ space: plane, sampler: create(), seed });
      return (await s.optimize(sphere, { trials: 40 })).best!.value!;
    });
    return mean(await Promise.all(bests));
  };

  it('comes twenty times as near to the top of a hill as random search does', async () => {
    const random = await onSphere(() => samplers.random());
    expect(await onSphere(() => samplers.coarseToFine())).toBeLessThan(random / 20);
  });

  it('comes nearer to the least error than random search in a noisy, mixed space', async () => {
    const excess = async (create: () => Sampler) => {
      const found = [...seeds, ...seeds.map(seed => seed + 8)].map(async seed => {
        const s = study({ space: training, sampler: create(), seed });
        await s.optimize(
          (config, context) => devError(config) + 0.002 * createRng(context.seed).normal(),
          { trials: 50 }
        );
        return devError(s.best!.config) - LEAST;
      });
      return mean(await Promise.all(found));
    };
    // Four sets of 16 seeds gave 0.59, 0.61, 0.61 and 0.70.
    const random = await excess(samplers.random);
    expect(await excess(samplers.coarseToFine)).toBeLessThan(0.8 * random);
  });

  it('samples the whole space first, then a region around the best trials that shrinks', async () => {
    const s = study({ space: plane, sampler: samplers.coarseToFine(), seed: 3 });
    await s.optimize(sphere, { trials: 40 });
    const extent = (trials: readonly Trial<{ x: number }>[]) => {
      const xs = trials.map(({ config }) => config.x);
      return Math.max(...xs) - Math.min(...xs);
    };
    const extents = [0, 10, 20, 30].map(from => extent(s.trials.slice(from, from + 10)));
    expect(extents[0]).toBeGreaterThan(7);
    // A region moves while its round lasts, by half of its length at most here.
    [5, 2.5, 1.25].forEach((most, i) => expect(extents[i + 1]).toBeLessThan(1.5 * most));
  });

  it('says which round it is, and the region in the learner’s units', async () => {
    const s = study({ space: training, sampler: samplers.coarseToFine({ rounds: 3 }), seed: 1 });
    await s.optimize(devError, { trials: 1 });
    expect(s.reason).toBe('coarse to fine: round 1 of 3, the whole space');
    await s.optimize(devError, { trials: 44 });
    const [, low, high] = /round 3 of 3, learningRate (\S+) to (\S+), beta 0\.\d+ to 0\.9\d+/.exec(
      s.reason!
    )!;
    expect(s.reason).toMatch(/units \d+ to \d+, batchSize \d+ or \d+, activation relu$/);
    const best = s.best!.config.learningRate;
    expect(Number(low)).toBeLessThanOrEqual(best);
    expect(Number(high)).toBeGreaterThanOrEqual(best);
    // A quarter of five decades.
    expect(Math.log10(Number(high) / Number(low))).toBeLessThan(1.3);
  });

  it('makes rounds of equal parts of the budget; without one, of 10 trials for each hyperparameter', async () => {
    const roundsOf = async (budget: number | undefined, options = {}) => {
      const s = study({ space: plane, sampler: samplers.coarseToFine(options) });
      const rounds: number[] = [];
      for (let i = 0; i < 100; i++) {
        const trial = (await s.ask({ budget }))!;
        await s.tell(trial, sphere(trial.config));
        rounds.push(Number(/round (\d+)/.exec(s.reason!)![1]));
      }
      return [1, 2, 3, 4].map(round => rounds.filter(one => one === round).length);
    };
    expect(await roundsOf(100)).toEqual([25, 25, 25, 25]);
    expect(await roundsOf(undefined)).toEqual([20, 20, 20, 40]);
    expect(await roundsOf(undefined, { trials: 30, rounds: 3 })).toEqual([30, 30, 40, 0]);
  });

  it('narrows nothing where no result is known, and then only after half of a round’s', async () => {
    const s = study({ space: plane, sampler: samplers.coarseToFine({ trials: 8 }), seed: 2 });
    const asked: Trial<{ x: number; y: number }>[] = [];
    const ask = async (count: number) => {
      for (let i = 0; i < count; i++) {
        asked.push((await s.ask())!);
      }
    };
    await ask(20);
    expect(s.reason).toContain('round 1');
    for (const trial of asked.slice(0, 16)) {
      await s.tell(trial, new Error('no luck'));
    }
    await ask(20);
    expect(s.reason).toContain('round 1');
    for (const trial of asked.slice(16, 20)) {
      await s.tell(trial, sphere(trial.config));
    }
    await ask(1);
    expect(s.reason).toContain('round 2');
  });

  it('keeps every region in the space, around the best trial and its whole neighbours', async () => {
    const space = { layers: scales.integer(1, 8), rate: scales.log(1e-4, 1) };
    const s = study({ space, sampler: samplers.coarseToFine({ shrink: 0.4 }), seed: 4 });
    // The best lies in a corner.
    await s.optimize(({ layers, rate }) => layers + Math.log10(rate), { trials: 80 });
    const last = s.trials.slice(60).map(({ config }) => config);
    expect(new Set(last.map(({ layers }) => layers))).toEqual(new Set([1, 2, 3]));
    expect(Math.min(...last.map(({ rate }) => rate))).toBeGreaterThanOrEqual(1e-4);
    expect(s.best!.config.rate).toBeLessThan(3e-4);
  });

  it('keeps of a choice the values of the best trials, and of many those never tried', async () => {
    const s = study({
      space: {
        kind: scales.choice(['a', 'b', 'c', 'd']),
        many: scales.choice(Array.from({ length: 1000 }, (_, i) => i))
      },
      sampler: samplers.coarseToFine(),
      seed: 1
    });
    await s.optimize(({ kind, many }) => (kind === 'c' ? 0 : 1) + many / 1e4, { trials: 60 });
    expect(s.trials.slice(45).every(({ config }) => config.kind === 'c')).toBe(true);
    expect(s.reason).toMatch(/many \d+ or \d+ or \d+ or 122 more$/);
  });

  it.each([
    ['1 round', { rounds: 1 }, /`rounds` must be a whole number >= 2, but got rounds=1/],
    ['half a trial', { trials: 0.5 }, /`trials` must be a whole number >= 1/],
    ['the best 0', { best: 0 }, /`best` must be a whole number >= 1/],
    ['growing', { shrink: 1.5 }, /`0 < shrink < 1` must hold, but got shrink=1.5/],
    ['no shrinking', { shrink: NaN }, /but got shrink=NaN/],
    ['an unknown option', { round: 3 }, /but got `round`/]
  ])('refuses %s', (_, options, message) => {
    expect(() => samplers.coarseToFine(options as object)).toThrow(message);
  });
});
