import { samplers, scales, study } from 'tunelab';

type Point = { [name: string]: number };
const cube = (d: number) =>
  Object.fromEntries(Array.from({ length: d }, (_, j) => [`x${j}`, scales.linear(0, 1)]));
/** Curved a hundred times as much along the last axis as along the first; lowest at 0.3. */
const bowl = (config: Point) => {
  const x = Object.values(config);
  return x.reduce((sum, u, j) => sum + 10 ** ((2 * j) / (x.length - 1)) * (u - 0.3) ** 2, 0);
};

describe('samplers.trustRegion', () => {
  // minimize(bowl, [0.5] * d, method='COBYQA', bounds=[(0, 1)] * d, options={'initial_tr_radius': 0.1}) of
  // scipy 1.17.1 comes below 1e-8 with evaluation 10 in 2 dimensions, and 15 in 5.
  it.each([
    [2, 10],
    [5, 15]
  ])('solves a bowl in %i dimensions to 1e-8 as soon as COBYQA, give or take 3', async (d, n) => {
    const s = study({ space: cube(d), sampler: samplers.trustRegion() });
    await s.optimize(bowl, { trials: n + 3 });
    expect(s.best!.value).toBeLessThan(1e-8);
  });

  it('finds a bottom that lies on the border of the space', async () => {
    const s = study({ space: cube(3), sampler: samplers.trustRegion() });
    const corner = (config: Point) =>
      Object.values(config).reduce((sum, u) => sum + (u - 1.2) ** 2, 0);
    await s.optimize(corner, { trials: 30 });
    expect(s.best!.value).toBeCloseTo(3 * 0.2 ** 2, 9);
  });

  it('follows a curved valley', async () => {
    const s = study({
      space: { x: scales.linear(-2, 2), y: scales.linear(-2, 2) },
      sampler: samplers.trustRegion()
    });
    const banana = ({ x, y }: Point) => 100 * (y - x * x) ** 2 + (1 - x) ** 2;
    await s.optimize(banana, { trials: 150 });
    expect(s.best!.value).toBeLessThan(1e-6);
  });

  it('begins elsewhere when a descent has ended', async () => {
    const s = study({ space: cube(2), sampler: samplers.trustRegion() });
    // Two bowls, the lower one away from the middle.
    await s.optimize(
      ({ x0, x1 }) =>
        Math.min((x0 - 0.5) ** 2 + (x1 - 0.5) ** 2 + 0.01, (x0 - 0.9) ** 2 + (x1 - 0.1) ** 2),
      { trials: 600 }
    );
    expect(s.best!.value).toBeLessThan(1e-6);
  });

  it('tries whole numbers and choices as well', async () => {
    const s = study({
      space: { units: scales.integer(1, 100), kind: scales.choice(['a', 'b', 'c']) },
      sampler: samplers.trustRegion()
    });
    await s.optimize(({ units, kind }) => (units - 71) ** 2 + (kind === 'b' ? 0 : 1), {
      trials: 150
    });
    expect(s.best!.config).toEqual({ units: 71, kind: 'b' });
  });

  it.each([
    ['a constant', () => 7],
    ['huge values', ({ x0 }: Point) => 1e300 * x0],
    ['nothing but failures', () => NaN]
  ])('goes on with %s, inside the space', async (_, objective) => {
    const s = study({ space: cube(3), sampler: samplers.trustRegion() });
    await s.optimize(objective, { trials: 100 });
    const values = s.trials.flatMap(({ config }) => Object.values(config));
    expect(values).toHaveLength(300);
    expect(values.every(value => value >= 0 && value <= 1)).toBe(true);
  });

  it('gives workers different points', async () => {
    const s = study({ space: cube(2), sampler: samplers.trustRegion() });
    await s.optimize(bowl, { trials: 8 });
    const trials = await Promise.all(Array.from({ length: 6 }, () => s.ask()));
    expect(new Set(trials.map(trial => JSON.stringify(trial!.config))).size).toBe(6);
  });

  it.each([
    ['no radius', { radius: 0 }, /0 < radius <= 0.5/],
    ['an unknown option', { size: 1 } as object, /options are `radius`/]
  ])('refuses %s', (_, options, message) => {
    expect(() => samplers.trustRegion(options)).toThrow(message);
  });
});
