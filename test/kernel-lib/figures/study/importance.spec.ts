import { figures, importance, samplers, scales, study, type Importance } from 'tunelab';
import { layersOf, panelsOf } from '../drawn';

const MEASURED: Importance[] = [
  { name: 'beta', importance: 0.2, lecture: 2 },
  { name: 'learningRate', importance: 0.75, lecture: 1 },
  { name: 'dropout', importance: 0.05, lecture: undefined }
];

describe('figures.importance', () => {
  it('draws measured importances, the most important on top', () => {
    const figure = figures.importance(MEASURED);
    const [measured] = panelsOf(figure);
    expect(measured.y).toMatchObject({
      categories: ['learning rate α', 'β', 'dropout'],
      reversed: true
    });
    expect(Array.from(layersOf(figure, 'bars')[0].length)).toEqual([0.75, 0.2, 0.05]);
    expect(layersOf(figure, 'labels')[0].text).toEqual(['0.75', '0.2', '0.05']);
  });

  it("stands the lecture's ranks beside them, on the same rows, the first furthest right", () => {
    const figure = figures.importance(MEASURED);
    const [measured, lecture] = panelsOf(figure);
    expect(lecture).toMatchObject({ row: 0, column: 1, x: { categories: ['4', '3', '2', '1'] } });
    expect(lecture.y.shared).toBe(measured.y.shared);
    const [ranks] = layersOf(figure, 'points');
    expect([Array.from(ranks.x), Array.from(ranks.y)]).toEqual([
      [3, 2],
      [0, 1]
    ]);
    const [, unranked] = layersOf(figure, 'labels');
    expect([Array.from(unranked.y), unranked.text]).toEqual([[2], ['not ranked']]);
  });

  it('draws several measures below each other', () => {
    const figure = figures.importance({ fANOVA: MEASURED, permutation: MEASURED.slice(0, 2) });
    const [a, b] = layersOf(figure, 'bars');
    expect([a.name, b.name]).toEqual(['fANOVA', 'permutation']);
    expect(Array.from(b.at, (at, i) => at - a.at[i])).toEqual([0.4, 0.4, 0.4].map(x => expect.closeTo(x, 12))); // prettier-ignore
    expect(b.length[2]).toBeNaN();
  });

  it('draws what was measured of a study', async () => {
    const search = study({
      space: { learningRate: scales.log(1e-4, 1), epsilon: scales.log(1e-10, 1e-6) },
      sampler: samplers.random(),
      seed: 1
    });
    await search.optimize(({ learningRate }) => Math.log10(learningRate / 0.01) ** 2, {
      trials: 30
    });
    const { alt } = figures.importance(await importance(search));
    expect(alt).toMatch(
      /^Importance of hyperparameters, measured: learning rate α (0.9\d?|1), the lecture's rank 1; ε 0(.0\d)?, the lecture's rank 4.$/
    );
  });

  it('draws only those that are named, under other labels', () => {
    const options = { names: ['beta'], labels: { beta: 'momentum' } };
    expect(panelsOf(figures.importance(MEASURED, options))[0].y.categories).toEqual(['momentum']);
  });

  it('has an axis also where nothing mattered, and a note where nothing was measured', () => {
    const zero = MEASURED.map(one => ({ ...one, importance: 0 }));
    expect(panelsOf(figures.importance(zero))[0].x.range).toEqual([0, 1.25]);
    const empty = figures.importance([]);
    expect(empty.alt).toBe('Importance of hyperparameters: none was measured.');
    expect(panelsOf(empty)[0].layers).toEqual([]);
  });

  it('asks for the measure of a study first, and refuses anything else', () => {
    const search = study({ space: { x: scales.linear(0, 1) } });
    expect(() => figures.importance(search as never)).toThrow(
      /must have been measured, but got a study.\nWrite figures.importance\(await importance\(study\)\)/
    );
    expect(() => figures.importance(3 as never)).toThrow(/but got 3/);
    expect(() => figures.importance([{ name: 'x' }] as never)).toThrow(TypeError);
    expect(() => figures.importance(MEASURED, { x: 1 } as never)).toThrow(/`x`/);
  });
});
