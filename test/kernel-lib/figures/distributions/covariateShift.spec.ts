import { datasets, figures } from 'tunelab';
import { normal } from '../examples';
import { layersOf, panelsOf } from '../drawn';

const a = [0.5, 1.5, 1.5, 3, 4.25, 7];
const b = [1, 1.5, 2, 2, 9];

describe('figures.covariateShift', () => {
  it('measures one feature, and says what the distances mean', () => {
    const figure = figures.covariateShift({ a, b });
    // scipy.stats.wasserstein_distance(a, b) = 1.10833, over numpy.sqrt((numpy.var(a) + numpy.var(b)) / 2) = 2.60356;
    // scipy.stats.ks_2samp(a, b).statistic = 0.3
    expect(panelsOf(figure).map(({ title }) => title)).toEqual(['W₁ = 0.43 σ (small), KS 0.3']);
    expect(figure.alt).toContain('0.43 standard deviations apart');
    expect(figure.alt).toContain('30 percentage points (KS), which chance explains.');
  });

  it('finds a shift that chance does not explain', () => {
    const shifted = normal(500, 1, 1).map(x => x + 0.001);
    const { alt } = figures.covariateShift({ train: normal(500, 0, 1), shifted });
    expect(alt).toContain('a large shift');
    expect(alt).toContain('more than chance explains');
  });

  it('finds none between a set and itself', () => {
    const { alt } = figures.covariateShift({ a, again: [...a].reverse() });
    expect(alt).toContain('0 standard deviations apart on average (W1; hardly any shift)');
  });

  it('draws shares, so that sets of different sizes compare', () => {
    const [first, second] = layersOf(figures.covariateShift({ a, b }, { bins: 3 }), 'histogram');
    for (const { counts } of [first, second]) {
      expect(Array.from(counts).reduce((x, y) => x + y)).toBeCloseTo(100);
    }
    expect(first.edges).toEqual(second.edges);
  });

  it('ranks the features of data sets by their shift', () => {
    const rows = Array.from(normal(300, 0, 1), (x, i) => [x, x, i % 7]);
    const moved = rows.map(([x, y, z]) => [x, y + 2, z + 1]);
    const figure = figures.covariateShift({ rows, moved });
    const ranking = panelsOf(figure)[3];
    expect(ranking.y.categories).toEqual(['feature 1', 'feature 2', 'feature 0']);
    // numpy.std of 0 … 6 in turn is 2 (to the 300 rows' rounding), so that a way of 1 is half of it.
    const [{ length }] = layersOf(figure, 'bars');
    expect(length[1]).toBeCloseTo(0.5, 2);
    expect(length[2]).toBe(0);
    expect(panelsOf(figure)).toHaveLength(4);
    expect(figures.covariateShift({ rows, moved }, { top: 1 }).payload).toMatchObject({
      panels: { length: 2 }
    });
  });

  it('reads datasets with their names, one feature of them at wish', () => {
    const { train, test } = datasets.digits();
    const shifted = datasets.shift(test, { contrast: 0.3, noise: 0.2, seed: 1 });
    const ranking = panelsOf(figures.covariateShift({ train, shifted }))[3];
    expect([ranking.row, ranking.column]).toEqual([0, 0]);
    expect(ranking.y.categories).toHaveLength(8);
    expect(ranking.y.categories![0]).toMatch(/^pixel \d, \d$/);
    const named = {
      x: Float32Array.of(1, 2, 3, 4),
      rows: 2,
      features: 2,
      featureNames: ['age', 'size']
    };
    const figure = figures.covariateShift({ named, again: named }, { feature: 'size' });
    expect(panelsOf(figure)[0].x.label).toBe('size');
    expect(figure.title).toContain('size');
  });

  it('measures large data from rows chosen evenly, and says so', () => {
    const large = {
      x: new Float32Array(3000 * 4000).map((_, i) => i % 4000),
      rows: 3000,
      features: 4000
    };
    const { alt } = figures.covariateShift({ large, again: large }, { feature: 5 });
    expect(alt).toContain('Of large 1000 rows were measured, chosen evenly.');
  });

  it.each<[string, number[], number[], RegExp]>([
    ['two equal constants', [2, 2], [2, 2, 2], /0 standard deviations apart/],
    [
      'two different constants',
      [2, 2],
      [3],
      /Infinity standard deviations apart.*100 percentage points/
    ],
    ['nothing at all', [], [], /There are no values to count/],
    ['only NaN on one side', [1, 2], [NaN], /There are no values to count/],
    ['infinite values beside others', [1, Infinity, 2], [1, 2], /0 standard deviations/]
  ])('shows %s', (_, one, other, alt) => {
    expect(figures.covariateShift({ one, other }).alt).toMatch(alt);
  });

  it.each<[string, unknown, object, RegExp]>([
    ['one set', { a }, {}, /there must be two data sets, by name/],
    ['arrays', [a, b], {}, /there must be two data sets/],
    ['other features', { a: [[1, 2]], b: [[1]] }, {}, /the same features, but got 2 in a, 1 in b/],
    ['ragged rows', { a: [[1, 2], [1]], b: [[1, 2]] }, {}, /got 1 in row 1 of a, 2 in row 0/],
    ['a feature that is not there', { a, b }, { feature: 'age' }, /The first ones are "value"/],
    ['too many panels', { a, b }, { top: 9 }, /`top` must be at most 8/],
    ['texts', { a: ['x'], b }, {}, /values must be numbers/]
  ])('refuses %s', (_, sets, options, message) => {
    expect(() => figures.covariateShift(sets as never, options)).toThrow(message);
  });
});
