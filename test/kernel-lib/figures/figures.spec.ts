import { inspect } from 'node:util';
import { Figure } from 'tunelab/dist/figures/figure';
import * as figures from 'tunelab/dist/figures/index';
import { decodeColumn } from 'tunelab/dist/figures/payload';
import type { Series } from 'tunelab/dist/figures/payload';
import type { History } from 'tunelab/dist/training/history';
import * as examples from './examples';

const { history, normal, space, study, trial } = examples;

function column(figure: Figure, name: string): number[] {
  return Array.from(decodeColumn(figure.payload.columns[name]) as ArrayLike<number>);
}

function counts(figure: Figure, index = 0): number[] {
  return column(figure, `counts ${index}`);
}

describe('a figure', () => {
  it('survives JSON', () => {
    const figure = examples.histogramOfOne();
    expect(new Figure(JSON.parse(JSON.stringify(figure)))).toEqual(figure);
  });

  it('prints its words instead of its bytes', () => {
    expect(inspect(figures.histogram([1, 2]))).toMatch(/^Figure: Histogram of value: values \(2\)/);
  });

  it('refuses a payload that is damaged', () => {
    const { payload } = examples.histogramOfOne();
    expect(() => new Figure({ ...payload, columns: {} })).toThrow(/payload\.series\[0\]\.counts/);
  });
});

describe('figures.scatter', () => {
  it('takes axes from the scales', () => {
    const { axes } = figures.scatter(study(5), { x: 'learningRate', y: 'beta' }).payload;
    expect(axes.x).toEqual({ label: 'learning rate α', scale: 'log', range: [1e-4, 1] });
    expect(axes.y).toMatchObject({ scale: 'oneMinusLog', range: [0.9, 0.999] });
    expect(axes.color).toEqual({ label: 'value', scale: 'linear', better: 'low' });
  });

  it('draws every trial once, the best as a star on top', () => {
    const figure = figures.scatter(study(25), { x: 'learningRate', y: 'beta' });
    const series: readonly Series[] = figure.payload.series;
    expect(series.map(({ name }) => name)).toEqual(['complete', 'best']);
    expect(series[1]).toMatchObject({ symbol: 'star' });
    expect([...column(figure, 'complete x'), ...column(figure, 'best x')]).toHaveLength(25);
    const values = study(25).trials.map(({ value }) => value!);
    expect(column(figure, 'best color')).toEqual([Math.min(...values)]);
    const opposite = study(25, { direction: 'maximize' });
    const highest = figures.scatter(opposite, { x: 'learningRate', y: 'beta' });
    expect(column(highest, 'best color')).toEqual([Math.max(...values)]);
  });

  it('draws failed trials as crosses without colour, and counts them in its words', () => {
    const { payload, alt } = examples.scatterWithFailedAndPruned();
    const series: readonly Series[] = payload.series;
    const failed = series.find(({ name }) => name === 'failed');
    expect(failed).toMatchObject({ symbol: 'cross' });
    expect(failed).not.toHaveProperty('color');
    expect(alt).toMatch(/4 failed\. 5 pruned\. Best value/);
    expect(payload.columns['failed text']).toMatchObject({
      values: expect.arrayContaining([expect.stringContaining('failed: loss is NaN at step 12')])
    });
  });

  it('puts the configuration of a trial into its hover text', () => {
    const trials = [trial(0, { config: { learningRate: 0.001234567, beta: 0.99951 }, value: 0.5 })];
    const { columns } = figures.scatter(study(0, { trials }), { x: 'learningRate' }).payload;
    expect(columns['best text']).toEqual({
      dtype: 'string',
      values: ['trial 0\nvalue: 0.5\nlearningRate: 0.001235\nbeta: 0.99951']
    });
  });

  it('shows choices by their place on a category axis', () => {
    const figure = figures.scatter(study(9), { x: 'activation', y: 'value' });
    expect(figure.payload.axes.x.categories).toEqual(['relu', 'tanh', 'sigmoid']);
    expect(new Set([...column(figure, 'complete x'), ...column(figure, 'best x')])).toEqual(
      new Set([0, 1, 2])
    );
  });

  it('leaves out the colour when an axis shows the metric already', () => {
    expect(figures.scatter(study(5), { x: 'learningRate' }).payload.axes).not.toHaveProperty(
      'color'
    );
  });

  it('labels axes as asked', () => {
    const labels = { value: 'dev error', learningRate: 'step size' };
    const { axes } = figures.scatter(study(5), { x: 'learningRate', labels }).payload;
    expect([axes.x.label, axes.y.label]).toEqual(['step size', 'dev error']);
  });

  it('refuses a name that the study does not have, and lists those it has', () => {
    expect(() => figures.scatter(study(5), { x: 'learningrate' })).toThrow(
      /`x` must be one of `learningRate`, `beta`, `hiddenUnits`, `activation`, `value`, `number`, but got x="learningrate"/
    );
    expect(() => figures.scatter(study(5), { x: 'beta', color: 'toString' })).toThrow(
      /`color` must/
    );
  });

  it('refuses options that do not exist', () => {
    const options = { x: 'beta', colour: 'value' };
    expect(() => figures.scatter(study(5), options)).toThrow(/`colour`/);
  });

  it('shows an empty study as an empty figure with a note', () => {
    const { payload, alt } = figures.scatter(study(0), { x: 'learningRate', y: 'beta' });
    expect(payload.series).toEqual([]);
    expect(payload.note).toBe('The study has no trials yet.');
    expect(alt).toContain('The study has no trials yet.');
  });

  it('says so when no trial has a place on the axes', () => {
    const trials = [0, 1].map(i => trial(i, { state: 'failed', value: null, error: 'no' }));
    const { payload } = figures.scatter(study(0, { trials }), { x: 'learningRate' });
    expect(payload.note).toBe(
      'None of the 2 trials has a place on these axes. The last that failed: no'
    );
  });

  it('leaves out trials from before a hyperparameter was added', () => {
    const trials = [trial(0), trial(1, { config: { learningRate: 0.1 } })];
    const figure = figures.scatter(study(0, { trials }), { x: 'learningRate', y: 'beta' });
    const drawn = figure.payload.series.flatMap(({ x }: { x?: string }) => column(figure, x!));
    expect(drawn).toHaveLength(1);
  });
});
