import { exponentiallyWeighted } from 'tunelab/dist/numeric/smooth';

describe('the exponentially weighted average', () => {
  it('is corrected for its start', () => {
    // scipy.signal.lfilter([1 - 0.9], [1, -0.9], x) / (1 - 0.9 ** numpy.arange(1, 6))
    expect(exponentiallyWeighted([3, 1, 4, 1, 5], 0.9)).toBeAllclose(
      [3, 1.94736842, 2.70479705, 2.2090724, 2.89060096],
      { rtol: 1e-8 }
    );
  });

  it('with beta 0 is the numbers themselves', () => {
    expect(Array.from(exponentiallyWeighted([3, 1, 4], 0))).toEqual([3, 1, 4]);
  });

  it('leaves out NaN, which stays in its place', () => {
    const [first, lost, last] = exponentiallyWeighted([3, NaN, 1], 0.9);
    expect([first, lost]).toEqual([3, NaN]);
    expect(last).toBeCloseTo(1.94736842, 8);
  });
});
