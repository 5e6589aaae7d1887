import { figures, samplers, scales, study as makeStudy } from 'tunelab';
import { SCENES } from 'tunelab/dist/figures/study/scenes';
import { tableOfStudy } from 'tunelab/dist/figures/study/fromStudy';
import { rankShares } from 'tunelab/dist/figures/study/rank';
import { quantityOf } from 'tunelab/dist/figures/study/quantity';
import { bestRows } from 'tunelab/dist/figures/study/rows';
import type { Layer } from 'tunelab/dist/figures/scene/scene';
import { sceneOf } from 'tunelab/dist/figures/sceneOf';
import { layersOf, panelsOf } from '../drawn';
import { study } from '../examples';
import { changed, studyOf, tableOf, type Came } from './tables';

const MINE = [
  'scatter',
  'scatterMatrix',
  'slice',
  'contour',
  'parallelCoordinates',
  'rank',
  'paretoFront',
  'trialTable'
] as const;

/** All places and sizes that a layer draws; a colour may be missing. */
function numbersOf(layer: Layer): number[] {
  const lists = Object.entries(layer).filter(([key, value]) => !['trials', 'values', 'color', 'text'].includes(key) && typeof value === 'object'); // prettier-ignore
  return lists.flatMap(([, value]) => Array.from(value as ArrayLike<number>));
}

describe.each(MINE)('%s', name => {
  const two = { directions: ['minimize', 'maximize'] as const };
  it.each<[string, Came[], object]>([
    ['no trials', [], {}],
    ['failed trials only', ['failed', 'failed'], {}],
    ['one trial', [1], {}],
    ['equal values', [2, 2, 2, 2], {}],
    ['values that are no numbers', [NaN, Infinity, 1], {}],
    ['two objectives', [[1, 2], [2, 1], 'failed', [0, 0]], two],
    ['trials that still run', [1, 'running', 'waiting', 'pruned'], {}]
  ])('shows %s as a clear figure or a sentence', (_, came, changes) => {
    const scene = SCENES[name](tableOf(came, changes), {});
    const layers = scene.panels.flatMap(panel => panel.layers);
    const sentence = /^(The study|None of the) .*\w{3}/.test(scene.note ?? '');
    expect(sentence).toBe(layers.length === 0);
    for (const layer of layers.filter(({ kind }) => kind !== 'line')) {
      expect(numbersOf(layer).filter(one => !Number.isFinite(one))).toEqual([]);
    }
  });
});

describe('figures.scatterMatrix', () => {
  it('shows each pair once, named at the edges, panels of one quantity sharing its axis', () => {
    const panels = panelsOf(figures.scatterMatrix(study(10)));
    expect(panels.map(({ row, column }) => [row, column])).toEqual([[0, 0], [1, 0], [1, 1], [2, 0], [2, 1], [2, 2]]); // prettier-ignore
    expect(panels.map(({ x, y }) => [x.shared, y.shared])).toEqual([
      ['learningRate', 'beta'],
      ['learningRate', 'hiddenUnits'],
      ['beta', 'hiddenUnits'],
      ['learningRate', 'activation'],
      ['beta', 'activation'],
      ['hiddenUnits', 'activation']
    ]);
    expect(panels.map(({ x }) => x.label)).toEqual(['', '', '', 'learning rate α', 'β', 'hidden units']); // prettier-ignore
  });

  it('refuses too few names, too many, and one that stands twice', () => {
    expect(() => figures.scatterMatrix(study(3), { names: ['beta'] })).toThrow(/from 2 to 8 names, but got 1/); // prettier-ignore
    expect(() => figures.scatterMatrix(study(3), { names: ['beta', 'beta'] })).toThrow(/must differ, but got "beta"/); // prettier-ignore
    expect(() => figures.scatterMatrix(study(3), { names: ['beta', 'no'] })).toThrow(/`names\[1\]` must be one of/); // prettier-ignore
  });
});

describe('figures.slice', () => {
  it('has a panel for each hyperparameter with one vertical axis, coloured by the order', () => {
    const figure = figures.slice(study(10));
    const panels = panelsOf(figure);
    expect(panels.map(({ x }) => x.label)).toEqual(['learning rate α', 'β', 'hidden units', 'activation']); // prettier-ignore
    expect(panels.map(({ y }) => [y.shared, y.label])).toEqual([['y', 'value'], ['y', ''], ['y', ''], ['y', '']]); // prettier-ignore
    expect(sceneOf(figure.payload).color).toMatchObject({ label: 'trial' });
  });

  it('leaves trials without a conditional hyperparameter out of its panel', async () => {
    const search = makeStudy({
      space: {
        layers: scales.integer(1, 2),
        units: scales.when(({ layers }: { layers: number }) => layers > 1, scales.integer(1, 9))
      },
      sampler: samplers.random()
    });
    await search.optimize(({ layers }, { trial }) => layers + trial.number, { trials: 20 });
    const [layers, units] = panelsOf(figures.slice(search)).map(panel =>
      panel.layers.reduce((sum, layer) => sum + ('x' in layer ? layer.x.length : 0), 0)
    );
    expect([layers, units]).toEqual([20, search.trials.filter(({ config }) => config.units).length]); // prettier-ignore
  });
});

describe('figures.rank', () => {
  it('ranks as Optuna does', () => {
    // _get_order_with_same_order_averaging(v) / (len(v) - 1) of optuna.visualization._rank
    const shares = (came: Came[], direction: 'minimize' | 'maximize' = 'minimize') => {
      const table = tableOf(came, { direction });
      return Array.from(rankShares(table, quantityOf(table, {}, 'value')));
    };
    expect(shares([3, 1, 2, 2, 5])).toEqual([0.75, 0, 0.375, 0.375, 1]);
    expect(shares([7, 7, 7])).toEqual([0.5, 0.5, 0.5]);
    expect(shares([3, 'failed', 1], 'maximize')).toEqual([0, NaN, 1]);
    expect(shares([4])).toEqual([0.5]);
  });

  it('gives one colour to a loss that has run away', () => {
    const figure = figures.rank(studyOf([1, 2, 3, 1e9]), { names: ['x', 'number'] });
    const colors = layersOf(figure, 'points').flatMap(({ color }) => Array.from(color!));
    expect(colors.sort()).toBeAllclose([0, 1 / 3, 2 / 3, 1]);
    expect(sceneOf(figure.payload).color).toMatchObject({ better: 'low', range: [0, 1] });
  });
});

describe('figures.paretoFront', () => {
  const points = [[1, 5], [2, 4], [2, 4], [3, 4], [4, 1], [0, 9], [5, 0], [5, 9]]; // prettier-ignore

  it('finds the front that Optuna finds', () => {
    // [t.number for t in study.best_trials] with these values, and with the three below
    const front = (came: readonly (readonly number[])[], directions: ('minimize' | 'maximize')[]) =>
      bestRows(tableOf(came, { directions }));
    expect(front(points, ['minimize', 'minimize'])).toEqual([0, 1, 2, 4, 5, 6]);
    expect(front(points, ['minimize', 'maximize'])).toEqual([5]);
    const three = [[5, 0, 3], [3, 7, 9], [3, 5, 2], [4, 7, 6], [8, 8, 1], [6, 7, 7], [8, 1, 5], [9, 8, 9], [4, 3, 0], [3, 5, 0], [2, 3, 8], [1, 3, 3]]; // prettier-ignore
    expect(front(three, ['minimize', 'maximize', 'minimize'])).toEqual([1, 3, 4, 9, 11]);
  });

  it('bounds what was reached by steps from the best in the first objective', () => {
    const figure = figures.paretoFront(studyOf(points, { directions: ['minimize', 'minimize'] }));
    const [line] = layersOf(figure, 'line');
    expect(line.step).toBe(true);
    expect([...Array.from(line.x)]).toEqual([0, 1, 2, 2, 4, 5]);
    expect([...Array.from(line.y)]).toEqual([9, 5, 4, 4, 1, 0]);
    const up = studyOf(points, { directions: ['maximize', 'maximize'] });
    expect(layersOf(figures.paretoFront(up), 'line')).toEqual([]);
  });

  it('compares three objectives in pairs', () => {
    const of = studyOf([[1, 2, 3], [3, 2, 1]], { directions: ['minimize', 'minimize', 'maximize'] }); // prettier-ignore
    expect(panelsOf(figures.paretoFront(of))).toHaveLength(3);
  });

  it('refuses a study of one objective', () => {
    expect(() => figures.paretoFront(studyOf([1, 2]))).toThrow(
      /must have two objectives or more, but got one.\nIts best trial is `study.best`/
    );
  });
});

describe('a space that changed', () => {
  it('draws the trials that still fit', () => {
    const of = changed(studyOf([1, 2, 3]), {
      0: { config: { other: 5 } },
      1: { config: { x: 'text' } }
    });
    for (const name of MINE.filter(one => one !== 'paretoFront')) {
      expect(SCENES[name](tableOfStudy(of), {}).panels.length).toBeGreaterThan(0);
    }
    expect(layersOf(figures.slice(of), 'points')).toHaveLength(1);
  });
});
