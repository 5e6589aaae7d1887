import { datasets, figures, fit, layers, optimizers, probe, sequential } from 'tunelab';
import { layersOf, panelsOf } from '../drawn';

const STEPS = { steps: [1, 2, 5], values: [[3, 1, 4, 1, 5, 9, 2, 6], [2.5, -1, 0], [7]] };
const listed = (values: ArrayLike<number>) => Array.from(values);

const network = () =>
  sequential([layers.dense(6), layers.relu(), layers.dense(10), layers.softmax()], {
    inputs: 64,
    seed: 1
  });

async function learned(every: number | 'epoch' = 5) {
  const { train } = datasets.digits();
  const probes = [{ every }];
  return fit(network(), train, { optimizer: optimizers.adam(), epochs: 2, seed: 1, probes });
}

describe('figures.percentiles', () => {
  it('draws 15, 50 and 85 percent, as numpy has them: a band with its edges, and the median', () => {
    // [np.percentile(r, [15, 50, 85]) for r in values]                                            (NumPy 2.4.6)
    const numpy = [
      [1.05, 3.5, 5.95],
      [-0.7, 0, 1.75],
      [7, 7, 7]
    ];
    const figure = figures.percentiles(STEPS);
    const [band] = layersOf(figure, 'band');
    expect([band.name, listed(band.x)]).toEqual(['15 % to 85 %', [1, 2, 5]]);
    const [low, high, median] = layersOf(figure, 'line');
    [low, median, high].forEach(({ y }, k) =>
      listed(y).forEach((value, i) => expect(value).toBeCloseTo(numpy[i][k], 6))
    );
    expect([listed(band.low), listed(band.high)]).toEqual([listed(low.y), listed(high.y)]);
    expect(median.name).toBe('median');
    expect(figure.alt).toBe(
      'Percentiles 15, 50, 85 of values by step. 1.05, 3.5, 5.95 at step 1; 7, 7, 7 at step 5.'
    );
  });

  it('draws other shares as bands within bands', () => {
    const figure = figures.percentiles(STEPS, { shares: [5, 25, 75, 95] });
    expect(layersOf(figure, 'band').map(({ name }) => name)).toEqual([
      '5 % to 95 %',
      '25 % to 75 %'
    ]);
    expect(layersOf(figure, 'line')).toHaveLength(4);
  });

  it('leaves out and counts what is not finite, and steps without a number', () => {
    const values = [
      [NaN, 1],
      [Infinity, NaN],
      [2, 3]
    ];
    const figure = figures.percentiles({ steps: [1, 2, 3], values });
    expect(listed(layersOf(figure, 'line')[2].x)).toEqual([1, 3]);
    expect(figure.alt).toContain('3 values left out: not finite.');
    const nothing = figures.percentiles({ steps: [1], values: [[NaN]] });
    expect(panelsOf(nothing)[0].layers).toEqual([]);
    expect(figures.percentiles({ steps: [], values: [] }).alt).toContain('no finite values.');
  });

  it('draws what the probes of fit recorded, a row for each layer', async () => {
    const history = await learned();
    const figure = figures.percentiles(history);
    const panels = panelsOf(figure);
    expect(panels.map(({ row, column, title }) => [row, column, title])).toEqual([
      [0, 0, 'layer 0 (dense)'],
      [1, 0, 'layer 1 (relu)'],
      [2, 0, 'layer 2 (dense)'],
      [3, 0, 'layer 3 (softmax)']
    ]);
    const records = history.probes!.filter(one => one.layer === 0 && one.subject === 'activations');
    const median = layersOf(figure, 'line')[2];
    expect(listed(median.x)).toEqual(records.map(({ step }) => step));
    listed(median.y).forEach((value, i) =>
      expect(value).toBeCloseTo(records[i].distribution.percentiles[4], 5)
    );
    expect(panels.map(({ x }) => x.shared)).toEqual(Array(4).fill('time'));
  });

  it('chooses layers and subjects, each array in a panel of its own', async () => {
    const history = await learned();
    const figure = figures.percentiles(history, { record: 'weights', layers: [0] });
    expect(panelsOf(figure).map(({ title }) => title)).toEqual([
      'layer 0 (dense) weights',
      'layer 0 (dense) bias'
    ]);
    expect(figure.title).toBe('Percentiles of weights by step');
  });

  it('stands runs side by side, on the same axes where they are compared', async () => {
    const history = await learned();
    const figure = figures.percentiles({ a: history, b: history.probes! }, { layers: [0, 2] });
    expect(panelsOf(figure).map(({ row, column, y }) => [row, column, y.shared])).toEqual([
      [0, 0, 'row 0'],
      [1, 0, 'row 1'],
      [0, 1, 'row 0'],
      [1, 1, 'row 1']
    ]);
    expect(panelsOf(figure)[3].title).toBe('b: layer 2 (dense)');
  });

  it('draws one look of a probe', () => {
    const look = probe(network(), datasets.digits().dev, { record: ['activations'] });
    expect(figures.percentiles(look, { layers: [1] }).alt).toMatch(/at step 0\.$/);
  });

  it('draws at most 800 of very many steps, the first and the last among them', () => {
    const steps = Array.from({ length: 5000 }, (_, i) => i + 1);
    const figure = figures.percentiles({ steps, values: steps.map(step => [step, step + 1]) });
    const { x } = layersOf(figure, 'line')[0];
    expect([x.length, x[0], x[x.length - 1]]).toEqual([800, 1, 5000]);
  });

  it('refuses what it cannot draw, and says what would do', async () => {
    const draw = (input: unknown, options?: object) => () => figures.percentiles(input as never, options); // prettier-ignore
    expect(draw(3)).toThrow(/the input must be \{ steps, values \}, a history with probes/);
    expect(draw({})).toThrow(TypeError);
    expect(draw({ a: STEPS, b: 3 })).toThrow(/b=3/);
    expect(draw({ steps: [1], values: [[1], [2]] })).toThrow(/equally many, but got 1 and 2/);
    expect(draw({ steps: [2, 1], values: [[1], [2]] })).toThrow(/must be finite numbers that rise, but got 1 at index 1/); // prettier-ignore
    expect(draw({ steps: [NaN], values: [[1]] })).toThrow(/NaN at index 0/);
    expect(draw({ steps: [1], values: [['a']] })).toThrow(/values must be numbers/);
    expect(draw(STEPS, { shares: [50] })).toThrow(/`shares`/);
    expect(draw(STEPS, { shares: [90, 10] })).toThrow(/`shares`/);
    expect(draw(STEPS, { share: [10, 90] })).toThrow(/`share`/);
    const bare = { epochs: [], stepLosses: [], ended: 'complete' };
    expect(draw(bare)).toThrow(/must have recorded something, but got no records/);
    const history = await learned('epoch');
    expect(draw(history, { layers: [9] })).toThrow(/of layers 9, but got records of/);
    expect(draw(history, { record: 'outputs' })).toThrow(/`record`/);
    expect(draw({ a: STEPS, b: { epochs: [1], values: [[1]] } })).toThrow(/by steps or all by epochs/); // prettier-ignore
  });
});
