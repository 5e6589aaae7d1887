import { createRng, retune, samplers, scales, SearchStopped, study } from 'tunelab';
import { posterior } from 'tunelab/dist/retune/posterior';
import { chooseProbes } from 'tunelab/dist/retune/probes';

const space = { x: scales.linear(-3, 3), y: scales.linear(-3, 3) };
const at =
  (center: number, noise = 0, sign = 1) =>
  ({ x, y }: { x: number; y: number }, { seed }: { seed: number }) =>
    sign * ((x - center) ** 2 + (y - center) ** 2) + noise * createRng(seed).normal();
const old = (objective = at(1), direction: 'minimize' | 'maximize' = 'minimize') =>
  study({ space, direction, sampler: samplers.random(), name: 'old', seed: 1 }).optimize(objective, { trials: 60 }); // prettier-ignore

describe('retune', () => {
  it('says that the best holds when nothing has changed but noise', async () => {
    const before = await old();
    const { verdict, probability, best, transfer, study: again, summary } = await retune(before, at(1, 0.05)); // prettier-ignore
    expect(verdict).toBe('holds');
    expect(probability).toBeGreaterThan(0.9);
    expect(best.trial).toBe(before.best!.number);
    expect(best.values).toHaveLength(3);
    expect(transfer.low).toBeGreaterThan(0.5);
    expect(again.trials).toHaveLength(8 * 3);
    expect(again.name).toBe('old, again');
    expect(summary).toMatch(/^The old best holds: .* The old ranking transfers: rank correlation .* over 8 configurations/); // prettier-ignore
  });

  it.each(['minimize', 'maximize'] as const)('says by how much it is beaten after a shift, to %s', async direction => {
    const sign = direction === 'minimize' ? 1 : -1;
    const before = await old(at(1, 0, sign), direction);
    const result = await retune(before, at(-2, 0.05, sign));
    expect(result.verdict).toBe('beaten');
    const value = (trial: number) => {
      const { x, y } = before.trials[trial].config;
      return sign * ((x + 2) ** 2 + (y + 2) ** 2);
    };
    const gain = sign * (value(result.best.trial) - value(result.challenger.trial));
    expect(result.gain.low).toBeLessThan(gain);
    expect(result.gain.high).toBeGreaterThan(gain);
    expect(result.gain.estimate).toBeGreaterThan(5);
    expect(result.noise).toBeGreaterThan(0.02);
    expect(result.noise).toBeLessThan(0.1);
    expect(result.transfer.rho).toBeLessThan(0);
    // The search goes on from the probes.
    await result.study.optimize(at(-2, 0.05, sign), { trials: 20 });
    expect(result.study.finished).toBe(44);
  }); // prettier-ignore

  it('leaves open what noise hides', async () => {
    const { verdict, summary } = await retune(await old(), at(-2, 100), { tolerance: 0 });
    expect(verdict).toBe('unclear');
    expect(summary).toMatch(/unclear/);
  });

  it('is as sure as it says: of equal configurations, one is called better in fewer than a tenth of cases', async () => {
    const before = await old(() => 0);
    let beaten = 0;
    for (let seed = 0; seed < 25; seed++) {
      const { verdict } = await retune(before, (_, { seed: own }) => createRng(own).normal(), { seed, tolerance: 0, progress: false }); // prettier-ignore
      beaten += verdict === 'beaten' ? 1 : 0;
    }
    expect(beaten).toBeLessThanOrEqual(5);
  });

  it('knows no noise where there is none', async () => {
    const same = await retune(await old(), at(1), { repeats: 2 });
    expect(same).toMatchObject({ verdict: 'holds', probability: 1, noise: 0, tolerance: 0 });
    expect(same.transfer.rho).toBe(1);
  });

  it('counts failed probes against a configuration', async () => {
    const before = await old();
    const best = before.best!.config;
    const fails = await retune(before, config => {
      if (config.x === best.x) throw new Error('diverged');
      return config.x;
    });
    expect(fails).toMatchObject({ verdict: 'beaten', probability: 0, best: { values: [] } });
    expect(fails.summary).toMatch(/all of its tries failed/);
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    await expect(
      retune(before, () => {
        throw new Error('a typo');
      })
    ).rejects.toThrow(/too few succeeded; the first error: a typo/);
    warn.mockRestore();
  });

  it('can be stopped', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(retune(await old(), at(1), { signal: stop.signal })).rejects.toThrow(
      SearchStopped
    );
  });

  it.each([
    ['one probe', { probes: 1 }, /`probes` must be a whole number >= 2/],
    ['one try of each', { repeats: 1 }, /`repeats` must be a whole number >= 2/],
    ['a negative tolerance', { tolerance: -1 }, /`tolerance` must be a finite number >= 0/],
    ['a confidence like a coin', { confidence: 0.3 }, /`0.5 <= confidence < 1` must hold/],
    ['an unknown option', { trials: 3 }, /but got `trials`/],
    [
      'a space in which nothing lies',
      { space: { ...space, x: scales.linear(5, 6) } },
      /at least two different configurations.*but got 0 of 60 trials/
    ]
  ])('refuses %s', async (_, options, message) => {
    await expect(retune(await old(), at(1), options as never)).rejects.toThrow(message);
  });

  it('refuses an old study of several objectives', async () => {
    const two = study({ space, directions: ['minimize', 'maximize'] });
    await two.optimize(({ x, y }) => [x, y], { trials: 5 });
    await expect(retune(two, at(1))).rejects.toThrow(/must have one objective.*but got 2/);
  });
});

describe('probes', () => {
  it('are the best, those behind it, and some of the whole ranking', async () => {
    const small = { x: scales.integer(0, 40) };
    const { trials, direction } = await study({ space: small, sampler: samplers.grid({ points: 41 }) }).optimize(({ x }) => x, { trials: 41 }); // prettier-ignore
    const probes = chooseProbes({ trials, direction }, small, 7);
    // Three behind the best, and the other 37 in thirds.
    expect(probes.map(({ before }) => before)).toEqual([0, 1, 2, 3, 16, 28, 40]);
  });

  it('are never two that are nearly the same', async () => {
    const { trials, direction } = await study({ space }).optimize(({ x, y }) => x ** 2 + y ** 2, { trials: 60 }); // prettier-ignore
    const probes = chooseProbes({ trials, direction }, space, 8);
    const apart = probes.flatMap(({ config: a }, i) =>
      probes.slice(i + 1).map(({ config: b }) => {
        const distance = (name: 'x' | 'y') => Math.abs((a[name] as number) - (b[name] as number));
        return Math.max(distance('x'), distance('y')) / 6;
      })
    );
    expect(probes).toHaveLength(8);
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(0.02);
  });

  it('have a posterior like the t distribution', () => {
    // scipy.stats.t.interval(0.9, 4, loc=2, scale=1 / np.sqrt(5)) of [1, 1, 2, 3, 3] with deviation 1:
    // (1.046612, 2.953388)
    const { means, noise, draws } = posterior([[1, 1, 2, 3, 3]], 1);
    const first = draws.map(draw => draw[0]).sort((a, b) => a - b);
    expect([means[0], noise]).toEqual([2, 1]);
    // Of 4,000 draws these places have a deviation of about 0.04.
    expect(Math.abs(first[200] - 1.046612)).toBeLessThan(0.12);
    expect(Math.abs(first[3800] - 2.953388)).toBeLessThan(0.12);
  });
});
