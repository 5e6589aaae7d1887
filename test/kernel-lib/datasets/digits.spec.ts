import { datasets } from 'tunelab';

const key = (x: Float32Array, row: number) => x.subarray(row * 64, row * 64 + 64).join();

describe('datasets.digits', () => {
  const { train, dev, test } = datasets.digits();

  it('has 1,797 images of 64 pixels in [0, 1], in ten classes', () => {
    expect(train.rows + dev.rows + test.rows).toBe(1797);
    expect(train.features).toBe(64);
    expect([train.rows, dev.rows, test.rows]).toEqual([1078, 360, 359]);
    expect(Math.min(...train.x)).toBe(0);
    expect(Math.max(...train.x)).toBe(1);
  });

  it('is the data of scikit-learn: sums over all images and labels agree', () => {
    const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
    const parts = [train, dev, test];
    // load_digits().data.sum() is 561718.0, load_digits().target.sum() is 8070
    expect(parts.reduce((total, part) => total + 16 * sum(part.x), 0)).toBe(561718);
    expect(parts.reduce((total, part) => total + sum(part.y), 0)).toBe(8070);
  });

  it('gives each part the same mixture of classes, to one example', () => {
    for (let label = 0; label < 10; label++) {
      const count = (y: Int32Array) => y.filter(value => value === label).length;
      const all = count(train.y) + count(dev.y) + count(test.y);
      expect(Math.abs(count(train.y) - 0.6 * all)).toBeLessThanOrEqual(1);
      expect(Math.abs(count(dev.y) - 0.2 * all)).toBeLessThanOrEqual(1);
    }
  });

  it('puts no image into two parts', () => {
    const seen = new Set(Array.from({ length: train.rows }, (_, row) => key(train.x, row)));
    const twice = [dev, test].flatMap(part =>
      Array.from({ length: part.rows }, (_, row) => key(part.x, row)).filter(image =>
        seen.has(image)
      )
    );
    expect(twice).toEqual([]);
  });

  it('splits by its seed alone, in shares as asked', () => {
    expect(datasets.digits({ seed: 3 })).toEqual(datasets.digits({ seed: 3 }));
    expect(datasets.digits({ seed: 4 }).train.y).not.toEqual(datasets.digits({ seed: 3 }).train.y);
    const { train: large } = datasets.digits({ shares: [0.8, 0.1, 0.1] });
    expect(Math.abs(large.rows - 0.8 * 1797)).toBeLessThan(10);
  });

  it('does not come sorted by class', () => {
    expect(new Set(train.y.subarray(0, 30)).size).toBeGreaterThan(5);
  });

  it.each([
    [
      'shares that do not sum to 1',
      { shares: [0.6, 0.2, 0.3] },
      /sum to 1, but got \[0.6, 0.2, 0.3\]/
    ],
    ['a share of 0', { shares: [0.8, 0.2, 0] }, /three positive numbers/],
    ['a seed that is no number', { seed: NaN }, /but got seed=NaN/],
    ['an unknown option', { size: 3 }, /but got `size`/]
  ])('refuses %s', (_, options, message) => {
    // prettier-ignore
    expect(() => datasets.digits(options as never)).toThrow(message);
  });
});
