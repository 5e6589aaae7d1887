import { inspect } from 'node:util';
import { figures, importance, pruners, samplers, scales, study, type Sampler } from 'tunelab';
import type { PointsLayer } from 'tunelab/dist/figures/scene/scene';
import { sceneOf } from 'tunelab/dist/figures/sceneOf';
import { fronts } from 'tunelab/dist/numeric/pareto';

const names = Array.from({ length: 6 }, (_, i) => `x${i}`);
const space = Object.fromEntries(names.map(name => [name, scales.linear(0, 1)]));
type Config = Record<string, number>;

/** ZDT1 (Zitzler, Deb and Thiele 2000) in six dimensions: the front is f2 = 1 - sqrt(f1), where x1 … x5 are 0. */
function zdt1(config: Config): [number, number] {
  const [f1, ...rest] = names.map(name => config[name]);
  const g = 1 + (9 * rest.reduce((sum, x) => sum + x)) / rest.length;
  return [f1, g * (1 - Math.sqrt(f1 / g))];
}

/** The area between the front and the corner (1, 10). */
function area(points: readonly (readonly number[])[]): number {
  const inside = points.filter(([a, b]) => a < 1 && b < 10).sort(([a], [b]) => a - b);
  let [sum, height] = [0, 10];
  for (const [a, b] of inside) {
    sum += Math.max(0, height - b) * (1 - a);
    height = Math.min(height, b);
  }
  return sum;
}

const search = async (sampler: Sampler, seed: number) =>
  study({ space, directions: ['minimize', 'minimize'], sampler, seed }).optimize(zdt1, { trials: 150 }); // prettier-ignore

describe('a study of several objectives', () => {
  it('finds more of the front with tpe than by chance', async () => {
    const gain = async (seed: number) => {
      const [guided, random] = [await search(samplers.tpe(), seed), await search(samplers.random(), seed)]; // prettier-ignore
      const covered = (one: typeof guided) => area(one.paretoFront.map(({ values }) => values!));
      return covered(guided) - covered(random);
    };
    for (const seed of [1, 2, 3]) {
      expect(await gain(seed)).toBeGreaterThan(0.5);
    }
  });

  it('has as its front the trials that no other dominates', async () => {
    const found = await search(samplers.auto(), 1);
    const losses = found.trials.map(({ values }) => values!);
    expect(found.paretoFront.map(({ number }) => number)).toEqual(fronts(losses, 1)[0]);
    expect(found.reason).toBe('auto: tpe, since there are 2 objectives');
    expect(found.best).toBeUndefined();
    expect(inspect(found)).toMatch(/150 complete\n {2}Pareto front of \d+:\n {4}\[[\d.e-]+, [\d.]+\] in trial \d+: \{"x0"/); // prettier-ignore
    expect(JSON.parse(JSON.stringify(found))).toMatchObject({ directions: ['minimize', 'minimize'] }); // prettier-ignore
  });

  it('maximizes some and minimizes others', async () => {
    const both = study({ space, directions: ['maximize', 'minimize'], sampler: samplers.random() });
    await both.optimize((_, { trial }) => [[1, 1], [2, 2], [2, 1], [3, 5]][trial.number], { trials: 4 }); // prettier-ignore
    expect(both.direction).toBe('maximize');
    expect(both.paretoFront.map(({ number }) => number)).toEqual([2, 3]);
  });

  it('fails a trial that returns too few values, or one that is not finite', async () => {
    const both = study({ space, directions: ['minimize', 'minimize'] });
    const outcomes = [1, [1], [1, NaN], [1, 2, 3], { value: [1, 2], attributes: { ok: true } }];
    await both.optimize((_, { trial }) => outcomes[trial.number], { trials: 5 });
    expect(both.trials.map(({ state }) => state)).toEqual(['failed', 'failed', 'failed', 'failed', 'complete']); // prettier-ignore
    expect(both.trials[0].error).toMatch(/must return 2 numbers in an array.*but got 1/);
    expect(both.trials[2].error).toMatch(/finite number, but got NaN/);
    expect(both.trials[4]).toMatchObject({ values: [1, 2], value: null, attributes: { ok: true } });
  });

  it.each([
    ['a sampler for one', { sampler: samplers.cmaes() }, /must be one for several objectives, but got samplers.cmaes for 2/], // prettier-ignore
    ['a pruner', { pruner: pruners.median() }, /there can be no pruner/],
    ['a direction beside', { direction: 'minimize' }, /either `direction` or `directions`/],
    ['an unknown direction', { directions: ['minimize', 'up'] }, /`directions\[1\]` must be/],
    ['no direction', { directions: [] }, /must be an array of directions/]
  ])('refuses %s', (_, options, message) => {
    const all = { space, directions: ['minimize', 'minimize'], ...options };
    expect(() => study(all as never)).toThrow(message);
  });

  it('is a study of one objective if there is one direction', async () => {
    const one = study({ space, directions: ['maximize'], sampler: samplers.cmaes() });
    await one.optimize(({ x0 }) => x0, { trials: 5 });
    expect(one.best!.value).toBe(Math.max(...one.trials.map(({ value }) => value!)));
    expect(one.paretoFront).toEqual([one.best]);
  });
});

describe('what is read of a study of several objectives', () => {
  it('is drawn with its Pareto front as stars', async () => {
    const found = await search(samplers.random(), 1);
    const scene = sceneOf(figures.scatter(found, { x: 'value[0]' }).payload);
    const [{ x, y, layers }] = scene.panels;
    expect([x.label, y.label, scene.color]).toEqual(['value[0]', 'value[1]', undefined]);
    const [others, front] = layers as PointsLayer[];
    expect([others.name, front.name, front.symbol]).toEqual(['complete', 'Pareto front', 'star']);
    expect(Array.from(front.x)).toEqual(found.paretoFront.map(({ values }) => values![0]));
    const by = figures.scatter(found, { x: 'x0', y: 'x1', color: 'value[1]' });
    expect(sceneOf(by.payload).color).toMatchObject({ label: 'value[1]', better: 'low' });
    expect(() => figures.scatter(found, { x: 'x0', y: 'value[2]' })).toThrow(/one of .*`value\[0\]`, `value\[1\]`, `number`/); // prettier-ignore
  });

  it('has an importance for each objective', async () => {
    const found = await search(samplers.random(), 1);
    const [first] = await importance(found, { objective: 0 });
    expect(first).toMatchObject({ name: 'x0' });
    expect(first.importance).toBeGreaterThan(0.9);
    expect((await importance(found, { objective: 1 }))[0].importance).toBeLessThan(0.9);
    await expect(importance(found)).rejects.toThrow(/which of the study's 2 objectives is meant, from 0, but got objective=undefined/); // prettier-ignore
    await expect(importance(found, { objective: 2 })).rejects.toThrow(/but got objective=2/);
  });
});

describe('warmStart', () => {
  const before = study({ space: { x: scales.linear(0, 1) } });

  it.each([
    ['other directions', { direction: 'maximize' }, /values must mean the same: maximize, but got minimize/], // prettier-ignore
    ['what is no study', { warmStart: 5 }, /must be another study, but got 5/],
    ['a study none of whose trials fit', { space: { x: scales.linear(2, 3) } }, /at least one trial must lie in the space of x/] // prettier-ignore
  ])('refuses %s', async (_, options, message) => {
    if (before.finished === 0) await before.optimize(({ x }) => x, { trials: 2 });
    const all = { space: { x: scales.linear(0, 1) }, warmStart: before, ...options };
    expect(() => study(all as never)).toThrow(message);
  });
});
