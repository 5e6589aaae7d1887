import {
  figures,
  importance,
  lecturePriorities,
  samplers,
  scales,
  study,
  type ConfigOf,
  type Space
} from 'tunelab';
import { sceneOf } from 'tunelab/dist/figures/sceneOf';
import { namedValuesOf } from 'tunelab/dist/trials/names';
import { nestedSpace as space } from './nestedSpace';

const loss = ({ optimizer, units }: ConfigOf<typeof space>) =>
  Math.abs(Math.log10(optimizer.learningRate) + 2) + units.length / 10;
const search = async (trials: number) => {
  const s = study({ space, sampler: samplers.random(), seed: 1 });
  await s.optimize(loss, { trials });
  return s;
};

describe('groups of hyperparameters within a space', () => {
  it('make groups of the same form in each configuration', async () => {
    const s = await search(30);
    const kinds = new Set<string>();
    for (const { config, state } of s.trials) {
      expect(state).toBe('complete');
      expect(Object.keys(config)).toEqual(['optimizer', 'layers', 'units']);
      expect('beta1' in config.optimizer).toBe(config.optimizer.kind === 'adam');
      expect(config.units).toHaveLength(config.layers);
      kinds.add(`${config.optimizer.kind} ${config.layers}`);
    }
    expect(kinds.size).toBe(6);
  });

  it('give configurations their type', async () => {
    const { config } = (await search(1)).best!;
    const kind: 'sgd' | 'adam' = config.optimizer.kind;
    const units: (number | undefined)[] = config.units;
    // @ts-expect-error what may not exist may be undefined
    const beta1: number = config.optimizer.beta1;
    // @ts-expect-error there is no such hyperparameter
    const nothing: unknown = config.optimizer.beta2;
    expect([typeof kind, units.length, typeof beta1, nothing]).toEqual([
      'string',
      config.layers,
      kind === 'adam' ? 'number' : 'undefined',
      undefined
    ]);
    const figure = () => {
      figures.scatter(study({ space }), { x: 'optimizer.beta1', y: 'units.2' });
      // @ts-expect-error a group is no hyperparameter
      figures.scatter(study({ space }), { x: 'optimizer' });
    };
    expect(figure).toThrow(
      /`x` must be one of `optimizer.kind`.*`units.2`.*, but got x="optimizer"/
    );
  });

  it('are named with dots in figures, importance and a sampler’s words', async () => {
    const s = await search(40);
    const figure = figures.scatter(s, { x: 'optimizer.learningRate', y: 'units.1' });
    const [{ x, y }] = sceneOf(figure.payload).panels;
    expect(x).toMatchObject({ label: 'optimizer learning rate α', scale: 'log' });
    expect(y).toMatchObject({ label: 'units 1', integer: true });
    expect(figure.alt).toContain(`optimizer.kind: ${s.best!.config.optimizer.kind}`);
    const ranked = await importance(s);
    expect(ranked[0].name).toBe('optimizer.learningRate');
    const ranks = Object.fromEntries(ranked.map(({ name, lecture }) => [name, lecture]));
    expect(ranks).toMatchObject({
      'optimizer.learningRate': lecturePriorities.learningRate,
      'optimizer.beta1': lecturePriorities.beta1,
      'units.2': lecturePriorities.hiddenUnits
    });
    const fine = study({ space, sampler: samplers.coarseToFine({ trials: 4 }) });
    await fine.optimize(loss, { trials: 12 });
    expect(fine.reason).toMatch(/optimizer.learningRate \S+ to \S+,/);
  });

  it('keep their places in a list, and come back from JSON as they were', async () => {
    const gaps = {
      first: scales.choice([true, false]),
      list: [
        scales.when(({ first }: { first: boolean }) => first, scales.linear(0, 1)),
        { deep: [scales.linear(1, 2)] }
      ]
    };
    const s = study({ space: gaps, seed: 3, sampler: samplers.random() });
    await s.optimize(({ list }) => list.length, { trials: 8 });
    const without = s.trials.find(({ config }) => !config.first)!;
    expect(without.config.list).toEqual([undefined, { deep: [expect.any(Number)] }]);
    expect(namedValuesOf(without.config).map(({ name }) => name)).toEqual([
      'first',
      'list.1.deep.0'
    ]);
    // JSON has no undefined in a list.
    const stored = JSON.parse(JSON.stringify(s)) as { trials: typeof s.trials };
    const view = { name: '', direction: s.direction, space: gaps, trials: stored.trials };
    expect(await importance(view, { trees: 4 })).toEqual(await importance(s, { trees: 4 }));
  });

  it('are frozen in records, and free in what the objective gets', async () => {
    const s = study({ space });
    await s.optimize(
      config => {
        config.optimizer.learningRate = 5;
        config.units.push(3);
        return 1;
      },
      { trials: 1 }
    );
    const { config, state } = s.trials[0];
    expect(state).toBe('complete');
    expect(config.optimizer.learningRate).toBeLessThanOrEqual(1);
    expect(() => (config.optimizer.learningRate = 5)).toThrow(/read only/);
    expect(() => config.units.push(3)).toThrow(/not extensible/);
  });

  const inner = scales.linear(0, 1);
  const circle: { inner: object } = { inner: [] };
  circle.inner = { of: [circle] };
  it.each<[string, unknown, RegExp]>([
    ['a list', [inner], /`space` must name at least one hyperparameter, but got \[\{/],
    ['a scale', inner, /`space` must name at least one hyperparameter/],
    [
      'an empty group',
      { a: inner, b: { c: {} } },
      /a group must name at least one hyperparameter, but got {} for `b.c`/
    ],
    [
      'an empty list',
      { a: inner, b: [] },
      /a group must name at least one hyperparameter, but got \[\] for `b`/
    ],
    ['a name with a dot', { a: { 'b.c': inner } }, /has no dot.*but got "a.b.c"\.\nWrite a group/],
    ['an empty name', { a: { '': inner } }, /a name must not be empty/],
    [
      'the name of all prototypes',
      JSON.parse('{ "a": { "__proto__": {} } }'),
      /but got "a.__proto__"/
    ],
    ['a group that holds itself', { a: circle }, /must not hold itself, but got `a.inner.of.0`/],
    ['a number', { a: { b: 3 } }, /needs a scale from `scales.\*`, but got 3 for `a.b`/],
    ['null', { a: [null] }, /but got null for `a.0`/],
    ['a factory', { a: { b: scales.linear } }, /but got a function named linear for `a.b`/],
    ['typed numbers', { a: new Float64Array(2) }, /but got \[0, 0\] for `a`/],
    [
      'a condition on a misspelt member',
      {
        a: { kind: inner },
        b: { c: scales.when((config: { a: { kin: number } }) => config.a.kin > 0, inner) }
      },
      /condition of `b.c` may read what stands above it: a.kind, but got `a.kin`/
    ],
    [
      'a condition on what stands below in a list',
      {
        a: [inner, scales.when(({ a }: { a: number[] }) => a[2] > 0 && a.length > 0, inner), inner]
      },
      /may read what stands above it: a.0, but got `a.2`/
    ]
  ])('%s is refused', (_, wrong, message) => {
    expect(() => study({ space: wrong as Space })).toThrow(message);
  });
});
