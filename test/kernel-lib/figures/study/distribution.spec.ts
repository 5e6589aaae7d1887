import fc from 'fast-check';
import { figures } from 'tunelab';
import { empiricalDistribution } from 'tunelab/dist/figures/study/distribution';
import { layersOf, panelsOf } from '../drawn';
import { studyOf } from './tables';

const CAME = [3, 'pruned', 1.5, 2, 1.5, 'failed', 0.5, 4] as const;

/** The share at a value, as a step line shows it. */
function shareAt(line: { x: ArrayLike<number>; y: ArrayLike<number> }, value: number): number {
  let share = 0;
  for (let i = 0; i < line.x.length && line.x[i] <= value; i++) share = line.y[i];
  return share;
}

describe('the empirical distribution', () => {
  it('is that of Optuna', () => {
    // optuna.visualization._edf._get_edf_info(study): lines[0].y_values where x_values are      (Optuna 5.0.0)
    const optuna = [
      [0.5, 1 / 6],
      [1.48989899, 1 / 6],
      [1.52525253, 0.5],
      [1.98484848, 0.5],
      [2.02020202, 4 / 6],
      [3.01010101, 5 / 6],
      [3.04545455, 5 / 6],
      [4, 1]
    ];
    const line = empiricalDistribution(CAME.map(one => (typeof one === 'number' ? one : NaN)));
    for (const [value, share] of optuna) expect(shareAt(line, value)).toBeCloseTo(share, 12);
  });

  it('rises from 0 to 1, and is the share at or below each of the values', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1 }), values => {
        const line = empiricalDistribution(values);
        expect([line.y[0], line.y[line.y.length - 1]]).toEqual([0, 1]);
        for (const value of values) {
          const below = values.filter(one => one <= value).length;
          expect(shareAt(line, value)).toBe(below / values.length);
        }
      })
    );
  });

  it('of very many values keeps some exact corners, the last among them', () => {
    const line = empiricalDistribution(Float64Array.from({ length: 100_000 }, (_, i) => i));
    expect(line.x.length).toBeLessThan(2100);
    line.x.slice(1).forEach((x, i) => expect(line.y[i + 1]).toBe((x + 1) / 100_000));
    expect(line.x[line.x.length - 1]).toBe(99_999);
  });

  it('leaves out what is not finite', () => {
    expect(empiricalDistribution([NaN, 1, Infinity])).toEqual({ x: [1, 1], y: [0, 1] });
    expect(empiricalDistribution([NaN])).toEqual({ x: [], y: [] });
  });
});

describe('figures.distribution', () => {
  it('draws one study, with a rule at the median', () => {
    const figure = figures.distribution(studyOf(CAME));
    expect(layersOf(figure, 'line')[0]).toMatchObject({ step: true, name: '' });
    // np.median([3, 1.5, 2, 1.5, 0.5, 4])
    expect(layersOf(figure, 'rule')[0]).toMatchObject({
      axis: 'x',
      at: 1.75,
      label: 'median 1.75'
    });
    expect(panelsOf(figure)[0].y.range).toEqual([0, 1]);
    expect(figure.alt).toMatch(/^Empirical distribution of value of 6 complete trials, half of them at or below 1.75/); // prettier-ignore
  });

  it('lays several studies over each other, all up to the highest value of all', () => {
    const figure = figures.distribution({ a: studyOf([1, 2]), b: [studyOf([3]), studyOf([5])] });
    const lines = layersOf(figure, 'line');
    expect(lines.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(lines.map(({ x }) => x[x.length - 1])).toEqual([5, 5]);
    expect(shareAt(lines[1], 3)).toBe(0.5);
    expect(figure.alt).toContain(
      'a: half of 2 values at or below 1.5; b: half of 2 values at or below 4'
    );
  });

  it('says so where there is no value', () => {
    expect(figures.distribution(studyOf([])).alt).toContain('The study has no trials yet.');
    const figure = figures.distribution({ a: studyOf(['failed']), b: studyOf([]) });
    expect(figure.alt).toContain('a: no value; b: no value.');
    expect(panelsOf(figure)[0].layers).toEqual([]);
  });

  it('refuses directions that differ, empty lists, and what is no study', () => {
    const other = studyOf([1], { direction: 'maximize' });
    expect(() => figures.distribution({ a: studyOf([1]), b: other })).toThrow(
      /must have the same directions, but got minimize for "a", maximize for "b"/
    );
    expect(() => figures.distribution({ a: [] })).toThrow(/none under "a"/);
    expect(() => figures.distribution({})).toThrow(/1 to 20 names/);
    expect(() => figures.distribution({ a: 3 } as never)).toThrow(/a=3/);
    const scales = { x: 'log' } as never;
    expect(() => figures.distribution({ a: studyOf([1]) }, { scales })).toThrow(/`scales` of several studies/); // prettier-ignore
  });
});
