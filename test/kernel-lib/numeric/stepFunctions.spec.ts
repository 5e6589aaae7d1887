import { stepPercentiles } from 'tunelab/dist/numeric/stepFunctions';

describe('percentiles of step functions', () => {
  const curves = [
    { x: [0, 2], y: [4, 1], before: Infinity },
    { x: [1], y: [3], before: Infinity },
    { x: [0, 1, 3], y: [6, 5, 2], before: Infinity }
  ];

  it('are those of their values wherever one of them changes', () => {
    // np.min(v, axis=1), np.median(v, axis=1) of v = [[4, inf, 6], [4, 3, 5], [1, 3, 5], [1, 3, 2]]   (NumPy 2.4.6);
    // np.percentile(v, 50) is NaN beside an infinite value.
    expect(stepPercentiles(curves, [0, 50])).toEqual({
      x: [0, 1, 2, 3],
      rows: [
        [4, 6],
        [3, 4],
        [1, 3],
        [1, 2]
      ]
    });
  });

  it('are not finite while too few curves have begun', () => {
    const [first] = stepPercentiles(curves, [75, 100]).rows;
    expect(first.map(Number.isFinite)).toEqual([false, false]);
  });

  it('of no curve are nothing', () => {
    expect(stepPercentiles([], [50])).toEqual({ x: [], rows: [] });
  });
});
