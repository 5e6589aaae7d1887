import fc from 'fast-check';
import { quantilesOf } from 'tunelab/dist/figures/distributions/quantiles';
import { describe as distributionOf, PERCENTILES } from 'tunelab/dist/training/distribution';

const SHARES = [15, 50, 85];

describe('percentiles of a sample', () => {
  it('are those of numpy', () => {
    // [np.percentile(r, [15, 50, 85]) for r in ([3, 1, 4, 1, 5, 9, 2, 6], [2.5, -1, 0], [7])]     (NumPy 2.4.6)
    const numpy = [
      [1.05, 3.5, 5.95],
      [-0.7, 0, 1.75],
      [7, 7, 7]
    ];
    const samples = [[3, 1, 4, 1, 5, 9, 2, 6], [2.5, -1, 0], [7]];
    samples.forEach((sample, i) => {
      quantilesOf(Float64Array.from(sample), SHARES).forEach((value, k) =>
        expect(value).toBeCloseTo(numpy[i][k], 12)
      );
    });
  });

  it('of a record are its own where it holds them', () => {
    const record = distributionOf(Float64Array.of(3, 1, 4, 1, 5), 30);
    expect(quantilesOf(record, PERCENTILES)).toEqual(record.percentiles);
  });

  it('of a record lie between its own, right to the width of a bin', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 40, maxLength: 3000 }),
        numbers => {
          const values = Float64Array.from(numbers, number => number ** 3);
          const record = distributionOf(values, 20);
          const { low, high, counts } = record.histogram;
          const width = (high - low) / counts.length;
          const exact = quantilesOf(values, SHARES);
          const sorted = values.slice().sort();
          quantilesOf(record, SHARES).forEach((value, k) => {
            // Between two neighbours any value is a percentile as good.
            const place = Math.floor((SHARES[k] / 100) * (sorted.length - 1));
            const below = Math.min(exact[k], sorted[Math.max(0, place - 1)]);
            const above = Math.max(exact[k], sorted[Math.min(sorted.length - 1, place + 2)]);
            expect(value).toBeGreaterThanOrEqual(below - width - 1e-9);
            expect(value).toBeLessThanOrEqual(above + width + 1e-9);
          });
        }
      )
    );
  });

  it('of nothing are NaN, and of equal numbers that number', () => {
    expect(quantilesOf(new Float64Array(0), SHARES)).toEqual([NaN, NaN, NaN]);
    expect(quantilesOf(distributionOf(new Float64Array(0), 5), SHARES)).toEqual([NaN, NaN, NaN]);
    expect(quantilesOf(distributionOf(Float64Array.of(2, 2, 2), 5), SHARES)).toEqual([2, 2, 2]);
  });
});
