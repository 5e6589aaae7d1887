import { datasets, figures, layers, predict, predictClasses, sequential } from 'tunelab';
import { heatOf, layersOf, sceneIn } from './scenes';

/** Class 1 right of x = 0. */
const byHalf = (points: number[][]) => points.map(([a]) => (a > 0 ? 1 : 0));
const data = { x: [[-1, 0], [1, 2], [1, 1]], y: [0, 1, 0] }; // prettier-ignore

describe('figures.decisionRegions', () => {
  it('asks for the middle of each cell, and fills the plane around the data', () => {
    const asked: number[][][] = [];
    const figure = figures.decisionRegions(
      points => {
        asked.push(points);
        return byHalf(points);
      },
      data,
      { resolution: 10 }
    );
    const { x, y, values } = heatOf(figure);
    // Data from -1 to 1, and 8 % of that on both sides.
    expect([x[0], x[10]]).toEqual([-1.16, 1.16]);
    expect([y[0], y[10]]).toEqual([-0.16, 2.16]);
    expect(asked.map(points => points.length)).toEqual([100, 3]);
    expect(asked[0][0][0]).toBeCloseTo(-1.16 + 0.116, 9);
    expect(asked[0][10][1]).toBeCloseTo(-0.16 + 1.5 * 0.232, 9);
    expect(Array.from(values).slice(0, 10)).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
  });

  it('marks wrong examples by another symbol and in words', () => {
    const figure = figures.decisionRegions(byHalf, data);
    const [right, wrong] = layersOf(figure, 'points');
    expect([right.name, right.symbol, Array.from(right.color!)]).toEqual(['right', undefined, [0, 1]]); // prettier-ignore
    expect([wrong.name, wrong.symbol, Array.from(wrong.color!)]).toEqual(['wrong', 'cross', [0]]);
    expect(wrong.text).toEqual(['class 0, wrong: predicted 1\n(1, 1)']);
    expect(figure.title).toBe('Decision regions: 2 of 3 right');
    expect(figure.alt).toContain('2 are predicted rightly (66.7 %), 1 wrongly.');
    expect(figure.alt).toContain('Shares of the plane: 0 50 %, 1 50 %.');
  });

  it.each([
    ['class numbers', byHalf],
    ['a typed array', (p: number[][]) => Int32Array.from(byHalf(p))],
    ['probabilities of class 1', (p: number[][]) => p.map(([a]) => 1 / (1 + Math.exp(-a)))],
    ['a column of them', (p: number[][]) => p.map(([a]) => [1 / (1 + Math.exp(-a))])],
    ['rows of probabilities', (p: number[][]) => byHalf(p).map(c => [1 - c, c])],
    ['an object with predict', { predict: byHalf }]
  ])('takes %s for the same regions', (_, classifier) => {
    const values = (ask: Parameters<typeof figures.decisionRegions>[0]) =>
      Array.from(heatOf(figures.decisionRegions(ask, data, { resolution: 20 })).values);
    expect(values(classifier)).toEqual(values(byHalf));
  });

  it('takes a network: probabilities, or what predictClasses says', () => {
    const moons = datasets.moons({ rows: 60, seed: 1 });
    const network = sequential([layers.dense(2), layers.softmax()], { inputs: 2, seed: 1 });
    const values = [
      figures.decisionRegions(x => predict(network, x), moons),
      figures.decisionRegions(x => predict(network, x, { typed: true }), moons),
      figures.decisionRegions(x => predictClasses(network, x), moons)
    ].map(figure => Array.from(heatOf(figure).values));
    expect(values[1]).toEqual(values[0]);
    expect(values[2]).toEqual(values[0]);
  });

  it('shows the probability of class 1 around one half, and of more classes that of the best', () => {
    const two = figures.decisionRegions(p => p.map(() => 0.25), data, { regions: 'probability' });
    expect(new Set(Array.from(heatOf(two).values))).toEqual(new Set([0.25]));
    expect(sceneIn(two).color).toMatchObject({ range: [0, 1], diverging: true });
    const three = figures.decisionRegions(p => p.map(() => [0.125, 0.375, 0.5]), data, {
      regions: 'probability'
    });
    expect(new Set(Array.from(heatOf(three).values))).toEqual(new Set([0.5]));
    expect(sceneIn(three).color).toMatchObject({ label: 'probability of the most probable class' });
  });

  it('colours examples by their class where the plane shows a probability', () => {
    const figure = figures.decisionRegions(p => byHalf(p).map(c => [1 - c, c]), data, {
      regions: 'probability'
    });
    expect(
      layersOf(figure, 'points').map(({ name, group, symbol, x }) => [
        name,
        group,
        symbol,
        x.length
      ])
    ).toEqual([
      ['class 0', 'class 0', undefined, 1],
      ['class 1', 'class 1', undefined, 1],
      ['wrong', undefined, 'cross', 1]
    ]);
  });

  it('takes names of features and classes from the data set', () => {
    const named = { ...data, featureNames: ['age', 'size'], classNames: ['cat', 'dog'] };
    const figure = figures.decisionRegions(byHalf, named);
    const [{ x, y }] = sceneIn(figure).panels;
    expect([x.label, y.label]).toEqual(['age', 'size']);
    expect(sceneIn(figure).color).toMatchObject({ categories: ['cat', 'dog'] });
  });

  it('draws one example, and examples that are all the same', () => {
    const figure = figures.decisionRegions(byHalf, { x: [[3, 3]], y: [1] });
    const { x } = heatOf(figure);
    expect(x[0]).toBeLessThan(3);
    expect(x[x.length - 1]).toBeGreaterThan(3);
  });

  it.each([
    ['three features', byHalf, { x: [[1, 2, 3]], y: [0] }, {}, 'must have 2 features'],
    ['data without classes', byHalf, { x: [[1, 2]] }, {}, 'no `y`'],
    [
      'labels of other rows',
      byHalf,
      { x: [[1, 2]], y: [0, 1] },
      {},
      'one class number for each of the 1 examples'
    ],
    ['NaN in the data', byHalf, { x: [[NaN, 2]], y: [0] }, {}, 'must be finite'],
    ['no classifier', null, data, {}, 'must be a function of points'],
    ['a promise', async () => [0], data, {}, 'a promise'],
    [
      'too few answers',
      () => [0],
      data,
      {},
      'one finite answer for each point, but got 1 for 14400 points'
    ],
    ['NaN as an answer', (p: number[][]) => p.map(() => [NaN, 1]), data, {}, 'NaN at ('],
    ['scores', (p: number[][]) => p.map(() => [3.5, -1]), data, {}, 'Put softmax behind scores'],
    [
      'ragged answers',
      (p: number[][]) => p.map((_, i) => (i ? [1] : [0, 1])),
      data,
      {},
      'for point 1'
    ],
    [
      'probability of classes',
      byHalf,
      data,
      { regions: 'probability' },
      'needs a classifier that gives probabilities'
    ],
    ['other regions', byHalf, data, { regions: 'colour' }, '`regions` must be'],
    ['too many cells', byHalf, data, { resolution: 500 }, 'at most 400']
  ])('refuses %s', (_, classifier, examples, options, words) => {
    expect(() =>
      figures.decisionRegions(classifier as never, examples as never, options as never)
    ).toThrow(words);
  });
});
