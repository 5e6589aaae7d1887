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

describe('figures.histogram', () => {
  it('counts every finite value once', () => {
    for (const bins of [1, 2, 7, 200, undefined]) {
      const figure = figures.histogram(normal(1000, 5, 2), { bins });
      expect(counts(figure).reduce((a, b) => a + b)).toBe(1000);
    }
  });

  it('puts a value on an inner edge into the bin above it, and the highest into the last', () => {
    const figure = figures.histogram([0, 1, 2, 3, 4], { bins: 4 });
    expect(column(figure, 'edges')).toEqual([0, 1, 2, 3, 4]);
    expect(counts(figure)).toEqual([1, 1, 1, 2]);
  });

  it('chooses bins by Freedman and Diaconis', () => {
    // numpy.histogram_bin_edges(numpy.arange(1000) / 1000, 'fd') has 10 bins: 2 IQR n^(-1/3) = 0.1.
    expect(
      counts(figures.histogram(Array.from({ length: 1000 }, (_, i) => i / 1000)))
    ).toHaveLength(10);
  });

  it('makes at most 200 bins of its own accord, even with outliers', () => {
    expect(counts(figures.histogram([...normal(1000, 0, 1), 1e6]))).toHaveLength(200);
  });

  it('bins several sets on the same edges', () => {
    const figure = figures.histogram({ a: [0, 1], b: [9, 10] }, { bins: 2 });
    expect(column(figure, 'edges')).toEqual([0, 5, 10]);
    expect([counts(figure, 0), counts(figure, 1)]).toEqual([
      [2, 0],
      [0, 2]
    ]);
  });

  it('makes bins of equal ratio on a log axis', () => {
    const axis = space.learningRate.axis('learning rate');
    const figure = figures.histogram([0.001, 0.01, 0.1, 1], { axis, bins: 3 });
    expect(column(figure, 'edges')).toBeAllclose([0.001, 0.01, 0.1, 1]);
  });

  it('gives whole numbers bins that stand around them', () => {
    const axis = { label: 'units', scale: 'linear' as const, integer: true };
    const figure = figures.histogram([1, 2, 2, 3], { axis, bins: 3 });
    expect(column(figure, 'edges')).toEqual([0.5, 1.5, 2.5, 3.5]);
    expect(counts(figure)).toEqual([1, 2, 1]);
  });

  it('leaves out what has no place, and says how much', () => {
    expect(figures.histogram([1, 2, NaN, Infinity]).alt).toContain('2 of values left out');
    const axis = { label: 'x', scale: 'log' as const };
    expect(figures.histogram([1, 2, 0, -1, -2], { axis }).alt).toContain('3 of values left out');
  });

  it.each([
    ['no value', []],
    ['only NaN', [NaN, NaN]]
  ])('shows %s as an empty figure with a note', (_, values) => {
    expect(figures.histogram(values).payload.note).toBe('There are no values to count.');
  });

  it.each([
    ['one value', [3]],
    ['equal values', [7, 7, 7]],
    ['values that differ in the last bit', [1, 1 + Number.EPSILON]],
    ['the largest doubles', [-Number.MAX_VALUE, Number.MAX_VALUE]],
    ['the smallest doubles', [0, Number.MIN_VALUE]],
    ['large equal values', [1e300, 1e300]]
  ])('counts %s', (_, values) => {
    const figure = figures.histogram(values);
    expect(counts(figure).reduce((a, b) => a + b)).toBe(values.length);
  });

  it('reads rows of a matrix as one set', () => {
    const rows = [
      [1, 2],
      [3, 4]
    ];
    expect(counts(figures.histogram(rows, { bins: 1 }))).toEqual([4]);
  });

  it('counts a million values, every one of them', () => {
    const drawn = figures.histogram(normal(1e6, 0, 1));
    expect(counts(drawn).reduce((sum, count) => sum + count, 0)).toBe(1e6);
  });

  it.each([0, -1, 1.5, NaN, 10_001])('refuses %p bins', bins => {
    expect(() => figures.histogram([1, 2], { bins })).toThrow(/`bins` must be a whole number/);
  });

  it.each<[string, unknown, RegExp]>([
    ['texts', ['a'], /values must be numbers, but got "a" at index 0 of values/],
    ['a number', 5, /values must be arrays of numbers|1 to 1000 sets/],
    ['null', null, /values=null/],
    ['an empty object', {}, /1 to 1000 sets/],
    ['bigints', BigInt64Array.of(1n), /bigints/],
    ['an object of numbers', { a: 1 }, /values must be arrays of numbers, but got a=1/]
  ])('refuses %s', (_, values, message) => {
    expect(() => figures.histogram(values as number[])).toThrow(message);
  });
});

describe('figures.learningCurves', () => {
  it('of a history that was stored as JSON are the same, NaN included', () => {
    const regression = history(3, 0.1, 1);
    for (const record of regression.epochs) record.accuracy = NaN;
    for (const run of [history(3, 0.1, 1), regression]) {
      const stored = JSON.parse(JSON.stringify(run)) as History;
      for (const metric of ['loss', 'accuracy', 'error'] as const) {
        expect(figures.learningCurves(stored, { metric })).toEqual(figures.learningCurves(run, { metric }));
      }
    }
  }); // prettier-ignore

  it('draws train solid and dev dashed, by epoch', () => {
    const figure = figures.learningCurves(history(3, 0.1, 1));
    expect(figure.payload.series).toMatchObject([{ name: 'train' }, { name: 'dev', dash: true }]);
    expect(column(figure, 'run 0 dev x')).toEqual([1, 2, 3]);
    expect(column(figure, 'run 0 train y')).toEqual(history(3, 0.1, 1).epochs.map(e => e.loss));
  });

  it('gives the curves of one run one colour when there are several runs', () => {
    const { series } = examples.curvesOfSeveralRuns().payload;
    expect(series.map(one => (one as { group?: string }).group)).toEqual([
      'plain',
      'plain',
      'batch norm',
      'batch norm'
    ]);
  });

  it('reads the error as 1 - accuracy', () => {
    const run = history(2, 0.1, 1);
    const figure = figures.learningCurves(run, { metric: 'error' });
    expect(column(figure, 'run 0 train y')).toBeAllclose(run.epochs.map(e => 1 - e.accuracy));
  });

  it('draws no dev curve when there was no dev set', () => {
    const epochs = [{ epoch: 1, loss: 1, accuracy: 0.5 }];
    const run: History = { epochs, stepLosses: new Float32Array(1), ended: 'complete' };
    expect(figures.learningCurves(run).payload.series.map(({ name }) => name)).toEqual(['train']);
  });

  it('shows a training without an epoch as an empty figure with a note', () => {
    const run: History = { epochs: [], stepLosses: new Float32Array(0), ended: 'stopped' };
    expect(figures.learningCurves(run).payload.note).toBe('No epoch has ended yet.');
  });

  it.each<[string, unknown, object, RegExp]>([
    ['what is no history', [1, 2], {}, /must be a history or an object of histories/],
    ['nothing', undefined, {}, /must be a history/],
    ['a set with an odd one in it', { a: 5 }, {}, /got a=5/],
    ['an unknown metric', history(1, 0.1, 1), { metric: 'f1' }, /`metric` must be .*"f1"/],
    ['an unknown option', history(1, 0.1, 1), { smooth: 3 }, /`smooth`/]
  ])('refuses %s', (_, input, options, message) => {
    expect(() => figures.learningCurves(input as History, options)).toThrow(message);
  });
});
