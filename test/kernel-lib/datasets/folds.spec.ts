import fc from 'fast-check';
import { datasets, type Dataset, type RegressionData } from 'tunelab';

/** Data whose only feature is the number of the row. */
function numbered(y: number[], classes: number): Dataset {
  const x = Float32Array.from(y, (_, row) => row);
  return { x, y: Int32Array.from(y), rows: y.length, features: 1, classes };
}
const regression: RegressionData = {
  x: Float32Array.from({ length: 23 }, (_, i) => i),
  targets: Float32Array.from({ length: 46 }, (_, i) => i),
  rows: 23,
  features: 1,
  outputs: 2,
  featureNames: ['number'],
  outputNames: ['even', 'odd']
};

const sorted = (x: Float32Array) => [...x].sort((a, b) => a - b);

describe('datasets.folds', () => {
  it('tests on every row once, and trains on all others', () => {
    const all = datasets.allDigits();
    const turns = datasets.folds(all, { folds: 5, seed: 1 });
    expect(turns.map(({ test }) => test.rows)).toEqual([360, 360, 359, 359, 359]);
    expect(turns.every(({ train, test }) => train.rows + test.rows === 1797)).toBe(true);
    const small = datasets.folds(numbered([0, 1, 0, 1, 0, 1, 0], 2), { folds: 3 });
    expect(sorted(Float32Array.from(small.flatMap(({ test }) => [...test.x])))).toEqual([
      0, 1, 2, 3, 4, 5, 6
    ]);
    for (const { train, test } of small) {
      expect(sorted(Float32Array.of(...train.x, ...test.x))).toEqual([0, 1, 2, 3, 4, 5, 6]);
    }
  });

  it("keeps scikit-learn's guarantee: sizes, and rows of each class, differ by one at most", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(4), { minLength: 10, maxLength: 80 }),
        fc.integer({ min: 2, max: 10 }),
        fc.nat(),
        (y, folds, seed) => {
          const turns = datasets.folds(numbered(y, 5), { folds, seed });
          const spread = (counts: number[]) => Math.max(...counts) - Math.min(...counts);
          expect(spread(turns.map(({ test }) => test.rows))).toBeLessThanOrEqual(1);
          for (let label = 0; label < 5; label++) {
            const counts = turns.map(({ test }) => test.y.filter(found => found === label).length);
            expect(spread(counts)).toBeLessThanOrEqual(1);
          }
        }
      )
    );
  });

  it('depends on its seed alone and does not come sorted', () => {
    const all = datasets.allDigits();
    const [first] = datasets.folds(all, { seed: 1 });
    expect(datasets.folds(all, { seed: 1 })[0]).toEqual(first);
    expect(datasets.folds(all, { seed: 2 })[0].test.x).not.toEqual(first.test.x);
    expect(new Set(first.test.y.subarray(0, 30)).size).toBeGreaterThan(5);
  });

  it('cuts regression data as well, keeping targets with their rows', () => {
    for (const { train, test } of datasets.folds(regression, { folds: 4 })) {
      for (const part of [train, test]) {
        part.x.forEach((row, i) =>
          expect([...part.targets.subarray(2 * i, 2 * i + 2)]).toEqual([2 * row, 2 * row + 1])
        );
        expect(part.outputNames).toEqual(['even', 'odd']);
      }
    }
  });

  it.each([
    [{ folds: 1 }, /`folds` must be a whole number >= 2/],
    [{ folds: 24 }, /at least one row, but got 24 folds of 23 rows/],
    [{ seed: 0.5 }, /seed=0.5/],
    [{ k: 5 }, /but got `k`/]
  ])('refuses %j', (options, message) => {
    expect(() => datasets.folds(regression, options as never)).toThrow(message);
  });
});

describe('datasets.split', () => {
  it('splits regression data, keeping targets and names', () => {
    const { train, dev, test } = datasets.split(regression, { seed: 5 });
    expect([train.rows, dev.rows, test.rows]).toEqual([14, 4, 5]);
    expect(sorted(Float32Array.of(...train.x, ...dev.x, ...test.x))).toEqual([...regression.x]);
    expect(dev.targets[1]).toBe(2 * dev.x[0] + 1);
    expect(test.featureNames).toEqual(['number']);
  });

  it('gives each part of each class its share to within one row', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 40, maxLength: 90 }), fc.nat(), (y, seed) => {
        const data = numbered(y, 4);
        const { train, dev, test } = datasets.split(data, { seed });
        for (let label = 0; label < 4; label++) {
          const count = (part: Dataset) => part.y.filter(found => found === label).length;
          expect(Math.abs(count(train) - 0.6 * count(data))).toBeLessThanOrEqual(1);
          expect(Math.abs(count(dev) - 0.2 * count(data))).toBeLessThanOrEqual(1);
          expect(Math.abs(count(test) - 0.2 * count(data))).toBeLessThanOrEqual(1);
        }
      })
    );
  });

  it('refuses what is no data set', () => {
    expect(() => datasets.split({ x: [[1]], y: [0] } as never)).toThrow(/must be a data set/);
    expect(() => datasets.folds(undefined as never)).toThrow(/must be a data set/);
  });
});
