import fc from 'fast-check';
import { chanceDistance, distances } from 'tunelab/dist/numeric/distances';

const sorted = fc
  .array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 20 })
  .map(values => values.sort((a, b) => a - b));

describe('distances of two samples', () => {
  it.each([
    // scipy.stats.wasserstein_distance(a, b), scipy.stats.ks_2samp(a, b).statistic
    [[0.5, 1.5, 1.5, 3, 4.25, 7], [1, 1.5, 2, 2, 9], 1.1083333333333334, 0.3],
    [[1, 2, 3], [6, 7, 8], 5, 1],
    [[5], [1, 2, 3, 4, 8], 2.6, 0.8]
  ])('of %p and %p are those of scipy', (a, b, wasserstein, kolmogorovSmirnov) => {
    const found = distances(a, b);
    expect(found.wasserstein).toBeCloseTo(wasserstein, 12);
    expect(found.kolmogorovSmirnov).toBeCloseTo(kolmogorovSmirnov, 12);
  });

  it('are the same in both directions, and 0 from a sample to itself', () => {
    fc.assert(
      fc.property(sorted, sorted, (a, b) => {
        const [there, back] = [distances(a, b), distances(b, a)];
        expect(there.wasserstein).toBeCloseTo(back.wasserstein, 9);
        expect(there.kolmogorovSmirnov).toBe(back.kolmogorovSmirnov);
        expect(distances(a, a)).toEqual({ wasserstein: 0, kolmogorovSmirnov: 0 });
      })
    );
  });

  it('grow by the way that a sample is moved beyond the other', () => {
    fc.assert(
      fc.property(sorted, fc.double({ min: 0, max: 1e3, noNaN: true }), (a, c) => {
        expect(
          distances(
            a,
            a.map(x => x + c)
          ).wasserstein
        ).toBeCloseTo(c, 6);
      })
    );
  });

  it('exceed the chance distance in 5 of 100 cases', () => {
    // scipy.stats.kstwobign.isf(0.05) * numpy.sqrt((200 + 300) / (200 * 300))
    expect(chanceDistance(200, 300)).toBeCloseTo(0.12397, 4);
  });
});
