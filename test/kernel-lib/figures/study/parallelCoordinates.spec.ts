import { figures, scales } from 'tunelab';
import { sceneOf } from 'tunelab/dist/figures/sceneOf';
import { MISSING } from 'tunelab/dist/figures/study/dimension';
import { SCENES } from 'tunelab/dist/figures/study/scenes';
import { tableOfStudy } from 'tunelab/dist/figures/study/fromStudy';
import { layersOf, panelsOf } from '../drawn';
import * as examples from '../examples';
import { changed, studyOf } from './tables';

const linesOf = (figure: Parameters<typeof layersOf>[0]) => layersOf(figure, 'line').filter(({ neutral }) => !neutral); // prettier-ignore

describe('figures.parallelCoordinates', () => {
  it('normalises each quantity on its own scale', () => {
    const space = { learningRate: scales.log(1e-4, 1), kind: scales.choice(['a', 'b', 'c']) };
    const of = changed(studyOf([1, 3], { space }), {
      0: { config: { learningRate: 1e-3, kind: 'c' } },
      1: { config: { learningRate: 1e-2, kind: 'b' } }
    });
    const figure = figures.parallelCoordinates(of);
    const [{ x }] = panelsOf(figure);
    expect(x.categories).toEqual(['value', 'learning rate α', 'kind']);
    const lines = linesOf(figure);
    // The worse one first, the better one over it, and the best once more.
    expect(lines.map(({ level, name }) => [level, name])).toEqual([[3, ''], [1, ''], [undefined, 'best']]); // prettier-ignore
    const heights = lines.map(({ y }) => Array.from(y));
    expect(heights.map(y => y[3])).toEqual([NaN, NaN, NaN]);
    expect(heights[0].slice(0, 3)).toBeAllclose([1, 0.5, 0.5]);
    expect(heights[1].slice(0, 3)).toBeAllclose([0, 0.25, 1]);
    expect((lines[1].text as (i: number) => string)(2)).toContain('trial 0\nvalue: 1\nlearningRate: 0.001'); // prettier-ignore
  });

  it('labels each axis in its own units', () => {
    const space = {
      learningRate: scales.log(1e-4, 1),
      beta: scales.oneMinusLog(0.9, 0.999),
      units: scales.integer(4, 64),
      rate: scales.linear(0, 0.5)
    };
    const config = { learningRate: 1e-3, beta: 0.99, units: 8, rate: 0.1 };
    const of = changed(studyOf([1], { space }), { 0: { config } });
    const [labels] = layersOf(figures.parallelCoordinates(of), 'labels');
    const textsAt = (k: number) => labels.text.filter((_, i) => labels.x[i] === k);
    expect([0, 1, 2, 3, 4].map(textsAt)).toEqual([
      ['1'],
      ['0.0001', '0.001', '0.01', '0.1', '1'],
      ['0.9', '0.97', '0.99', '0.997', '0.999'],
      ['10', '20', '30', '40', '50', '60'],
      ['0', '0.1', '0.2', '0.3', '0.4', '0.5']
    ]);
  });

  it('gives what does not exist a place below the axis', () => {
    const space = { x: scales.linear(0, 10), y: scales.linear(0, 1) };
    const of = changed(studyOf([1, 2], { space }), { 1: { config: { x: 5, y: 0.5 } } });
    const figure = figures.parallelCoordinates(of);
    expect(Array.from(linesOf(figure).find(({ level }) => level === 1)!.y)).toEqual([0, 0, MISSING, NaN]); // prettier-ignore
    expect(layersOf(figure, 'labels')[0].text).toContain('none');
    expect(panelsOf(figure)[0].y.range![0]).toBeLessThan(MISSING);
  });

  it('draws 10,000 trials as ten lines at most, the good ones last', () => {
    const of = examples.study(10_000);
    for (const direction of ['minimize', 'maximize'] as const) {
      const scene = SCENES.parallelCoordinates(tableOfStudy({ ...of, direction }), {});
      const lines = scene.panels[0].layers.filter(layer => layer.kind === 'line' && !layer.neutral);
      const levels = lines.flatMap(layer => ('level' in layer ? [layer.level!] : []));
      expect(lines.length).toBeLessThanOrEqual(11);
      const sorted = [...levels].sort((a, b) => (direction === 'minimize' ? b - a : a - b));
      expect(levels).toEqual(sorted);
      const points = lines.reduce((sum, layer) => sum + ('x' in layer ? layer.x.length : 0), 0);
      expect(points).toBe(10_001 * 6);
    }
  });

  it('leaves out trials without a value, and says so when none has one', () => {
    expect(linesOf(figures.parallelCoordinates(studyOf([2, 'failed', 'pruned'])))[0].x).toHaveLength(3); // prettier-ignore
    const none = figures.parallelCoordinates(studyOf(['failed']));
    expect(sceneOf(none.payload).note).toBe(
      'None of the 1 trial has a value. The last that failed: loss is NaN in trial 0'
    );
  });

  it('takes up to 24 names', () => {
    const names = Array.from({ length: 30 }, (_, i) => `h${i}`);
    const space = Object.fromEntries(names.map(name => [name, scales.linear(0, 1)]));
    const of = studyOf([1], { space });
    expect(panelsOf(figures.parallelCoordinates(of))[0].x.categories).toHaveLength(12);
    expect(() => figures.parallelCoordinates(of, { names })).toThrow(
      /from 2 to 24 names, but got 30/
    );
  });
});
