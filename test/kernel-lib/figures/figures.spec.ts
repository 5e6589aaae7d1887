import { inspect } from 'node:util';
import { Figure } from 'tunelab/dist/figures/figure';
import * as figures from 'tunelab/dist/figures/index';
import * as examples from './examples';

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
    expect(() => new Figure({ ...payload, columns: {} })).toThrow(/payload\.panels\[0\]/);
  });
});
