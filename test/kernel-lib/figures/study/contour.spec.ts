import { figures, scales } from 'tunelab';
import { sceneOf } from 'tunelab/dist/figures/sceneOf';
import { surfaceOf } from 'tunelab/dist/figures/study/surface';
import type { Quantity } from 'tunelab/dist/figures/study/quantity';
import { layersOf, panelsOf } from '../drawn';
import { study } from '../examples';
import { studyOf } from './tables';

const quantity = (name: string, values: number[], axis: Partial<Omit<Quantity['axis'], 'quantity'>> = {}): Quantity => ({ name, axis: { label: name, scale: 'linear', quantity: name, ...axis }, values }); // prettier-ignore
const rows = Array.from({ length: 40 }, (_, i) => i);
const golden = rows.map(i => ((i + 1) * ((Math.sqrt(5) - 1) / 2)) % 1);
const other = rows.map(i => ((i + 1) * 0.414) % 1);
const z = rows.map(i => golden[i] ** 2 + other[i]);

describe('the surface of a contour', () => {
  it('is the weighted mean of Nadaraya and Watson', () => {
    const range = [0, 1] as [number, number];
    const surface = surfaceOf(quantity('x', golden, { range }), quantity('y', other, { range }), quantity('z', z), rows, 101)!; // prettier-ignore
    const at = (x: number, y: number) => surface.values[Math.round(y * 100) * 101 + Math.round(x * 100)]; // prettier-ignore
    // h = 0.75 * u.std() * 40 ** (-1 / 6); w = np.exp(-((px - x) / hx) ** 2 / 2 - ((py - y) / hy) ** 2 / 2);
    // (w * z).sum() / w.sum(), on these trials themselves instead of a grid
    expect([at(0, 0), at(0.5, 0.5), at(1, 0.25)]).toBeAllclose([0.09893107, 0.80018212, 1.06938319], { atol: 2e-3 }); // prettier-ignore
    expect(surface.cells).toBe(false);
    expect([surface.x[0], surface.x[100]]).toEqual([0, 1]);
  });

  it('has the same values on a log axis as on the axis of the logarithms', () => {
    const powers = golden.map(x => 10 ** (-4 * x));
    const own = surfaceOf(quantity('x', powers, { scale: 'log', range: [1e-4, 1] }), quantity('y', other), quantity('z', z), rows, 20)!; // prettier-ignore
    const log = surfaceOf(quantity('x', golden.map(x => -4 * x), { range: [-4, 0] }), quantity('y', other), quantity('z', z), rows, 20)!; // prettier-ignore
    expect(Array.from(own.values)).toBeAllclose(Array.from(log.values), { rtol: 1e-9 });
    expect(own.x[0]).toBeCloseTo(1e-4, 10);
  });

  it('is blank where no trial is near', () => {
    const x = [0, 0.01, 0.02, 0.03, 1];
    const surface = surfaceOf(quantity('x', x), quantity('y', x), quantity('z', [1, 1, 1, 1, 2]), [0, 1, 2, 3], 30)!; // prettier-ignore
    expect(surface.values[0]).toBeCloseTo(1);
    const far = surfaceOf(quantity('x', x, { range: [0, 1] }), quantity('y', x, { range: [0, 1] }), quantity('z', [1, 1, 1, 1, 2]), [0, 1, 2, 3], 30)!; // prettier-ignore
    expect(far.values[30 * 30 - 1]).toBeNaN();
  });

  it('shares nothing between categories', () => {
    const kinds = rows.map(i => i % 2);
    const surface = surfaceOf(
      quantity('kind', kinds, { scale: 'category', categories: ['a', 'b', 'c'] }),
      quantity('y', other),
      quantity('z', kinds.map(kind => 5 + kind)),
      rows,
      10
    )!; // prettier-ignore
    expect(surface.cells).toBe(true);
    expect(Array.from(surface.x)).toEqual([-0.5, 0.5, 1.5, 2.5]);
    expect(surface.values).toHaveLength(30);
    expect([surface.values[0], surface.values[1]]).toBeAllclose([5, 6]);
    expect(surface.values[2]).toBeNaN();
  });

  it('needs three trials, and at most 60 categories', () => {
    expect(surfaceOf(quantity('x', golden), quantity('y', other), quantity('z', z), [0, 1], 10)).toBeUndefined(); // prettier-ignore
    const categories = Array.from({ length: 61 }, (_, i) => `${i}`);
    expect(surfaceOf(quantity('x', rows, { scale: 'category', categories }), quantity('y', other), quantity('z', z), rows, 10)).toBeUndefined(); // prettier-ignore
  });
});

describe('figures.contour', () => {
  it('draws the trials over the surface, in the same colours', () => {
    const figure = figures.contour(study(30), { names: ['learningRate', 'beta'] });
    expect(panelsOf(figure)[0].layers.map(({ kind, name }) => [kind, name])).toEqual([
      ['contour', ''],
      ['points', 'complete'],
      ['points', 'best']
    ]);
    expect(sceneOf(figure.payload).color).toMatchObject({ label: 'value', better: 'low' });
    const [{ values }] = layersOf(figure, 'contour');
    const all = study(30).trials.map(({ value }) => value!);
    const seen = Array.from(values).filter(value => !Number.isNaN(value));
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(Math.min(...all));
    expect(Math.max(...seen)).toBeLessThanOrEqual(Math.max(...all));
  });

  it('draws cells where an axis has categories, and a panel for each pair', () => {
    const figure = figures.contour(study(30));
    const kinds = panelsOf(figure).map(({ layers }) => layers[0].kind);
    expect(kinds).toEqual(['contour', 'contour', 'contour', 'heat', 'heat', 'heat']);
  });

  it('draws trials on one line, whose surface has no breadth', () => {
    const constant = studyOf([1, 2, 3], { space: { x: scales.linear(0, 1), y: scales.linear(0, 1) }, trials: [1, 2, 3].map((value, number) => ({ ...study(1).trials[0], number, value, config: { x: number / 4, y: 0.5 } })) }); // prettier-ignore
    expect(layersOf(figures.contour(constant), 'contour')).toHaveLength(1);
    expect(layersOf(figures.contour(studyOf([1, 2])), 'contour')).toEqual([]);
  });

  it('refuses names that do not exist', () => {
    const names = ['beta', 'gamma'] as never[];
    expect(() => figures.contour(study(3), { names })).toThrow(/figures.contour: `names\[1\]` must be one of/); // prettier-ignore
    expect(() => figures.contour(study(3), { color: 'loss' as never })).toThrow(/`color` must be one of/); // prettier-ignore
  });
});
