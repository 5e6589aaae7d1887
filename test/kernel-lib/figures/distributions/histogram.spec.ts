import fc from 'fast-check';
import { figures, scales } from 'tunelab';
import type { Figure } from 'tunelab';
import { normal } from '../examples';
import { layersOf, panelsOf } from '../drawn';

const counts = (figure: Figure, index = 0) =>
  Array.from(layersOf(figure, 'histogram')[index].counts);
const edges = (figure: Figure) => Array.from(layersOf(figure, 'histogram')[0].edges);
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

describe('figures.histogram', () => {
  it('counts every finite value once', () => {
    for (const bins of [1, 2, 7, 200, undefined]) {
      expect(sum(counts(figures.histogram(normal(1000, 5, 2), { bins })))).toBe(1000);
    }
  });

  it('counts every finite double once, whatever there is beside it', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { maxLength: 30 }), values => {
        const figure = figures.histogram(values);
        const finite = values.filter(Number.isFinite).length;
        expect(sum(layersOf(figure, 'histogram').flatMap(({ counts }) => Array.from(counts)))).toBe(
          finite
        );
        expect(figure.alt.includes('left out')).toBe(finite < values.length);
      })
    );
  });

  it('puts a value on an inner edge into the bin above it, and the highest into the last', () => {
    const figure = figures.histogram([0, 1, 2, 3, 4], { bins: 4 });
    expect(edges(figure)).toEqual([0, 1, 2, 3, 4]);
    expect(counts(figure)).toEqual([1, 1, 1, 2]);
  });

  it('counts as numpy does', () => {
    // numpy.histogram([4, 6, 5, 9, -1, 3], bins=4)
    const figure = figures.histogram([4, 6, 5, 9, -1, 3], { bins: 4 });
    expect(edges(figure)).toEqual([-1, 1.5, 4, 6.5, 9]);
    expect(counts(figure)).toEqual([1, 1, 3, 1]);
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
    expect(edges(figure)).toEqual([0, 5, 10]);
    expect([counts(figure, 0), counts(figure, 1)]).toEqual([
      [2, 0],
      [0, 2]
    ]);
  });

  it('makes bins of equal ratio on a log axis', () => {
    // numpy.histogram([1, 2, 2, 3, 10, 100, 1000], bins=numpy.geomspace(1, 1000, 4))
    const axis = scales.log(1, 1000).axis('learning rate');
    const figure = figures.histogram([1, 2, 2, 3, 10, 100, 1000], { axis, bins: 3 });
    expect(edges(figure)).toBeAllclose([1, 10, 100, 1000]);
    expect(counts(figure)).toEqual([4, 1, 2]);
  });

  it('counts on a log axis on which a single value is not at the bottom', () => {
    const [panel] = panelsOf(figures.histogram([1, 1, 1, 1, 1, 1, 9], { bins: 3, logY: true }));
    expect(panel.y).toMatchObject({ label: 'count', scale: 'log', range: [0.7, 6] });
    expect(panelsOf(figures.histogram([], { logY: true }))[0].y.scale).toBe('log');
  });

  it('gives whole numbers bins that stand around them', () => {
    const axis = { label: 'units', scale: 'linear' as const, integer: true };
    const figure = figures.histogram([1, 2, 2, 3], { axis, bins: 3 });
    expect(edges(figure)).toEqual([0.5, 1.5, 2.5, 3.5]);
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
    expect(sum(counts(figures.histogram(values)))).toBe(values.length);
  });

  it('reads rows of a matrix, and a matrix of mathjs, as one set', () => {
    const rows = [
      [1, 2],
      [3, 4]
    ];
    expect(counts(figures.histogram(rows, { bins: 1 }))).toEqual([4]);
    const matrix = { size: () => [2, 2], toArray: () => rows };
    expect(counts(figures.histogram(matrix, { bins: 1 }))).toEqual([4]);
  });

  it('counts a million values, every one of them', () => {
    expect(sum(counts(figures.histogram(normal(1e6, 0, 1))))).toBe(1e6);
  });

  it.each([0, -1, 1.5, NaN, 10_001])('refuses %p bins', bins => {
    expect(() => figures.histogram([1, 2], { bins })).toThrow(/`bins` must be a whole number/);
  });

  it.each<[string, unknown, RegExp]>([
    ['texts', ['a'], /values must be numbers, but got "a" at index 0 of values/],
    ['a text in a later row', [[1], ['a']], /values must be numbers, but got "a"/],
    ['a row that is none', [[1], 2], /rows must be arrays of numbers/],
    ['a number', 5, /values must be arrays of numbers|1 to 1000 sets/],
    ['null', null, /values=null/],
    ['an empty object', {}, /1 to 1000 sets/],
    ['bigints', BigInt64Array.of(1n), /bigints/],
    ['an object of numbers', { a: 1 }, /values must be arrays of numbers, but got a=1/]
  ])('refuses %s', (_, values, message) => {
    expect(() => figures.histogram(values as number[])).toThrow(message);
  });
});
