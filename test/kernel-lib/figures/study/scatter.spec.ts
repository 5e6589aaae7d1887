import { figures, scales } from 'tunelab';
import { scatterScene } from 'tunelab/dist/figures/study/scatter';
import { sceneOf } from 'tunelab/dist/figures/sceneOf';
import { layersOf, panelsOf } from '../drawn';
import { study, trial } from '../examples';
import { changed, studyOf, tableOf } from './tables';

const labels = { value: 'dev error' };
const textOf = (layer: { text?: unknown }, i: number) => (layer.text as (i: number) => string)(i);

describe('figures.scatter', () => {
  it('takes axes from the scales', () => {
    const figure = figures.scatter(study(5), { x: 'learningRate', y: 'beta' });
    const [{ x, y }] = panelsOf(figure);
    expect(x).toEqual({
      label: 'learning rate α',
      scale: 'log',
      range: [1e-4, 1],
      quantity: 'learningRate'
    });
    expect(y).toMatchObject({ scale: 'oneMinusLog', range: [0.9, 0.999] });
    const color = { label: 'value', scale: 'linear', better: 'low' };
    expect(sceneOf(figure.payload).color).toEqual(color);
  });

  it('draws every trial once, the best as a star on top', () => {
    const points = layersOf(figures.scatter(study(25), { x: 'learningRate', y: 'beta' }), 'points');
    expect(points.map(({ name, symbol }) => [name, symbol])).toEqual([
      ['complete', undefined],
      ['best', 'star']
    ]);
    expect(points.map(({ x }) => x.length)).toEqual([24, 1]);
    const values = study(25).trials.map(({ value }) => value!);
    expect([...Array.from(points[1].color!)]).toEqual([Math.min(...values)]);
    const opposite = study(25, { direction: 'maximize' });
    const highest = layersOf(figures.scatter(opposite, { x: 'beta', y: 'learningRate' }), 'points');
    expect([...Array.from(highest[1].color!)]).toEqual([Math.max(...values)]);
  });

  it('draws failed trials as crosses and pruned ones as diamonds without colour, and counts them', () => {
    const trials = study(20).trials.map(one =>
      one.number % 7 === 3
        ? trial(one.number, { state: 'failed', value: null, error: 'loss is NaN at step 12' })
        : one.number % 5 === 4
          ? trial(one.number, { state: 'pruned', value: null })
          : one
    );
    const figure = figures.scatter(study(0, { trials }), { x: 'learningRate', y: 'beta' });
    const [, pruned, failed] = layersOf(figure, 'points');
    expect([pruned.symbol, failed.symbol]).toEqual(['diamond', 'cross']);
    expect([pruned.color, failed.color]).toEqual([undefined, undefined]);
    expect(Array.from(failed.trials!)).toEqual([3, 10, 17]);
    expect(textOf(failed, 0)).toContain('trial 3\nfailed: loss is NaN at step 12\nlearningRate: ');
    expect(figure.alt).toMatch(/3 failed\. 4 pruned\. Best value/);
  });

  it('puts the configuration of a trial into its hover text', () => {
    const trials = [trial(0, { config: { learningRate: 0.001234567, beta: 0.99951 }, value: 0.5 })];
    const [best] = layersOf(
      figures.scatter(study(0, { trials }), { x: 'learningRate', labels }),
      'points'
    );
    expect(textOf(best, 0)).toBe('trial 0\ndev error: 0.5\nlearningRate: 0.001235');
    const changedBeta = [trial(0, { config: { learningRate: 0.1, beta: 0.995, hiddenUnits: 12 } })];
    const [one] = layersOf(
      figures.scatter(study(0, { trials: changedBeta }), { x: 'beta' }),
      'points'
    );
    expect(textOf(one, 0)).toMatch(/beta: 0\.995\nhiddenUnits: 12$/);
  });

  it('shows choices by their place on a category axis', () => {
    const figure = figures.scatter(study(9), { x: 'activation', y: 'value' });
    expect(panelsOf(figure)[0].x.categories).toEqual(['relu', 'tanh', 'sigmoid']);
    const places = layersOf(figure, 'points').flatMap(({ x }) => Array.from(x));
    expect(new Set(places)).toEqual(new Set([0, 1, 2]));
  });

  it('has no colour when an axis shows the metric, unless one is asked for', () => {
    expect(sceneOf(figures.scatter(study(5), { x: 'beta' }).payload).color).toBeUndefined();
    const coloured = figures.scatter(study(5), { x: 'beta', color: 'hiddenUnits' });
    expect(sceneOf(coloured.payload).color).toMatchObject({ label: 'hidden units', integer: true });
    const plain = figures.scatter(study(5), { x: 'beta', y: 'learningRate', color: '' });
    expect(layersOf(plain, 'points')[0].color).toBeUndefined();
  });

  it('gives marks areas that grow evenly along the axis of `size`', () => {
    const came = studyOf([5, 4, 3, 2, 1]);
    const [points] = layersOf(figures.scatter(came, { x: 'x', size: 'x' }), 'points');
    const sizes = Array.from(points.size as ArrayLike<number>);
    const areas = sizes.map(size => size ** 2);
    expect(areas.slice(1).map((area, i) => area - areas[i])).toBeAllclose(
      [114.75, 114.75, 114.75],
      {
        rtol: 1e-6
      }
    );
    expect(sizes[0]).toBe(5);
  });

  it('labels axes as asked, and draws them on another scale', () => {
    const [{ x, y }] = panelsOf(
      figures.scatter(study(5), {
        x: 'learningRate',
        labels: { value: 'dev error', learningRate: 'step size' },
        scales: { value: 'log' }
      })
    );
    expect([x.label, y.label, y.scale]).toEqual(['step size', 'dev error', 'log']);
  });

  it('leaves out hidden states and what lies outside of ranges, the best included', () => {
    const came = studyOf([3, 'failed', 1, 2]);
    const shown = (options: object) =>
      layersOf(figures.scatter(came, { x: 'x', y: 'number', ...options }), 'points').flatMap(
        ({ trials }) => Array.from(trials!)
      );
    expect(shown({}).sort()).toEqual([0, 1, 2, 3]);
    expect(shown({ hidden: ['failed'] }).sort()).toEqual([0, 2, 3]);
    expect(shown({ ranges: { value: [1.5, 3] } }).sort()).toEqual([0, 3]);
  });

  it('draws pinned trials once more, larger, with their numbers', () => {
    const figure = figures.scatter(studyOf([3, 1, 2]), { x: 'x', pinned: [2, 99] });
    const pinned = layersOf(figure, 'points').find(({ name }) => name === 'pinned')!;
    expect([Array.from(pinned.trials!), pinned.size]).toEqual([[2], 14]);
    expect(layersOf(figure, 'labels')[0].text[0].trim()).toBe('2');
  });

  it('shows durations in seconds', () => {
    const came = changed(studyOf([1, 2]), { 1: { ended: 5500 } });
    const [{ y }] = panelsOf(figures.scatter(came, { x: 'x', y: 'duration' }));
    expect(y.label).toBe('duration (s)');
    const points = layersOf(figures.scatter(came, { x: 'x', y: 'duration' }), 'points');
    expect(points.flatMap(one => Array.from(one.y))).toEqual([3.5, 1]);
  });

  it('refuses a name that the study does not have, and lists those it has', () => {
    expect(() => figures.scatter(study(5), { x: 'learningrate' })).toThrow(
      /figures.scatter: `x` must be one of `learningRate`, `beta`, `hiddenUnits`, `activation`, `value`, `number`, but got x="learningrate"/
    );
    expect(() => figures.scatter(study(5), { x: 'beta', color: 'toString' })).toThrow(
      /`color` must/
    );
    expect(() => figures.scatter(study(5), { x: 'beta', size: '__proto__' })).toThrow(
      /`size` must/
    );
    expect(() => figures.scatter(study(5), { x: 'beta', labels: { no: 'a' } })).toThrow(/`labels` must be one of/); // prettier-ignore
  });

  it.each([
    ['no study', 5, {}, /the first argument must be a study, but got 5/],
    ['an option that does not exist', study(1), { colour: 'value' }, /`colour`/],
    ['a name that is no text', study(1), { x: 5 }, /`x` must be a text, but got 5/],
    ['an unknown state', study(1), { x: 'beta', hidden: ['lost'] }, /`hidden` must be an array of states/],
    ['a range the wrong way round', study(1), { x: 'beta', ranges: { beta: [1, 0] } }, /`ranges` must be an object of a low and a high/],
    ['another scale', study(1), { x: 'beta', scales: { beta: 'sqrt' } }, /`scales` must be an object of 'linear' or 'log'/],
    ['half a trial', study(1), { x: 'beta', pinned: [0.5] }, /`pinned` must be an array of numbers of trials/]
  ])('refuses %s', (_, of, options, message) => {
    expect(() => figures.scatter(of as never, options as never)).toThrow(message);
  }); // prettier-ignore

  it('says why it shows nothing', () => {
    const note = (of: Parameters<typeof tableOf>[0], view = {}) =>
      scatterScene(tableOf(of), { x: 'x', y: 'value', ...view }).note;
    expect(note([])).toBe('The study has no trials yet.');
    expect(note(['failed', 'failed'])).toBe(
      'None of the 2 trials has a place on these axes. The last that failed: loss is NaN in trial 1'
    );
    expect(note([1, 2], { hidden: ['complete'] })).toBe('None of the 2 trials is in this view.');
    expect(figures.scatter(studyOf([]), { x: 'x' }).alt).toContain('The study has no trials yet.');
  });

  it('leaves out trials from before a hyperparameter was added, and values that left the scale', () => {
    const trials = [
      trial(0),
      trial(1, { config: { learningRate: 0.1 } }),
      trial(2, { config: { learningRate: 5, beta: 0.95 } })
    ];
    const figure = figures.scatter(study(0, { trials }), { x: 'learningRate', y: 'beta' });
    expect(layersOf(figure, 'points').flatMap(({ x }) => Array.from(x))).toHaveLength(1);
  });

  it('draws nothing that is not a number, whatever came', () => {
    const odd = [0, -1, 1e300, Infinity, NaN, 'pruned', 'failed', 'running', 'waiting'] as const;
    const figure = figures.scatter(studyOf(odd), { x: 'number', scales: { value: 'log' } });
    const drawn = layersOf(figure, 'points').flatMap(({ y }) => Array.from(y));
    expect(drawn).toEqual([1e300]);
  });

  it('draws one of 10,000 categories', () => {
    const space = { x: scales.choice(Array.from({ length: 10_000 }, (_, i) => `c${i}`)) };
    const of = changed(studyOf([1, 2], { space }), {
      0: { config: { x: 'c9999' } },
      1: { config: { x: 'c0' } }
    });
    const points = layersOf(figures.scatter(of, { x: 'x' }), 'points');
    expect(points.flatMap(({ x }) => Array.from(x))).toEqual([0, 9999]);
  });
});
