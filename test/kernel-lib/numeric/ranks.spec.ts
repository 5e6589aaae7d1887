import { crowding, dominates, fronts } from 'tunelab/dist/numeric/pareto';
import { ranks, spearman } from 'tunelab/dist/numeric/ranks';

describe('rank correlation', () => {
  it('ranks equal numbers by the mean of their places', () => {
    // scipy.stats.rankdata([3, 1, 3, 2])
    expect(ranks([3, 1, 3, 2])).toEqual([3.5, 1, 3.5, 2]);
  });

  it('is that of scipy, with the interval of Bonett and Wright', () => {
    // r = scipy.stats.spearmanr(a, b)[0]
    // np.tanh(np.arctanh(r) + np.array([-1, 1]) * norm.ppf(.975) * np.sqrt((1 + r * r / 2) / (8 - 3)))
    const { rho, low, high, pairs } = spearman([1, 2, 3, 4, 5, 6, 7, 8], [2, 1, 4, 3, 5, 7, 8, 6]);
    expect([rho, low, high]).toBeAllclose([0.880952380952381, 0.3340051, 0.98408042], { rtol: 1e-6 }); // prettier-ignore
    expect(pairs).toBe(8);
    // scipy.stats.spearmanr([1, 2, 2, 4, 5], [5, 3, 4, 4, 1])
    expect(spearman([1, 2, 2, 4, 5], [5, 3, 4, 4, 1]).rho).toBeCloseTo(-0.7631578947368421, 12);
  });

  it('says nothing where one side does not vary, and little of few pairs', () => {
    expect(spearman([1, 2, 3, 4], [5, 5, 5, 5]).rho).toBeNaN();
    expect(spearman([1, 2, 3], [1, 2, 3])).toMatchObject({ rho: 1, low: NaN });
    const { rho, low, high } = spearman([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]);
    expect([rho, high]).toEqual([1, 1]);
    expect(low).toBeGreaterThan(0);
    expect(low).toBeLessThan(0.9);
  });
});

describe('Pareto fronts', () => {
  it('are found one behind the other', () => {
    const losses = [[1, 5], [2, 2], [3, 3], [5, 1], [4, 4], [2, 2]]; // prettier-ignore
    expect(fronts(losses)).toEqual([[0, 1, 3, 5], [2], [4]]);
    expect(fronts(losses, 4)).toEqual([[0, 1, 3, 5]]);
    expect(dominates([2, 2], [2, 2])).toBe(false);
    expect(dominates([2, 1], [2, 2])).toBe(true);
  });

  it('have room by the distance of neighbours', () => {
    // By hand: at (2, 2) the neighbours are (1, 5) and (5, 1): (5 - 1) / 4 + (5 - 1) / 4.
    expect([...crowding([[1, 5], [2, 2], [5, 1]])]).toEqual([Infinity, 2, Infinity]); // prettier-ignore
  });
});
