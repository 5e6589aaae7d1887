import { datasets } from 'tunelab';

const sum = (values: Iterable<number>) => Array.from(values).reduce((a, b) => a + b, 0);

describe('datasets.standardize', () => {
  const all = datasets.allDigits();
  const first = { ...all, x: all.x.slice(0, 64_000), y: all.y.slice(0, 1000), rows: 1000 };
  const rest = { ...all, x: all.x.slice(64_000), y: all.y.slice(1000), rows: 797 };

  it("gives scikit-learn's numbers", () => {
    // d = load_digits().data/16; s = StandardScaler().fit(d[:1000]); s.mean_, s.scale_, s.transform(d[1000:])
    const scaler = datasets.standardize(first);
    const at = (values: ArrayLike<number>) => [0, 1, 20, 63].map(i => Number(values[i].toFixed(6)));
    expect(at(scaler.mean)).toEqual([0, 0.016188, 0.449437, 0.026]);
    expect(at(scaler.deviation)).toEqual([1, 0.052213, 0.385177, 0.127091]);
    const { x, y, rows } = scaler.apply(rest);
    expect(at(x)).toEqual([0, -0.310025, 0.455797, 7.172026]);
    expect(sum(x)).toBeCloseTo(716.49975, 1);
    expect(sum(x.map(value => value ** 2)) / 123452.046).toBeCloseTo(1, 5);
    expect([y, rows]).toEqual([rest.y, 797]);
  });

  it('brings the training data to mean 0 and variance 1, and leaves them as they were', () => {
    const before = first.x.slice();
    const { x } = datasets.standardize(first).apply(first);
    const column = x.filter((_, i) => i % 64 === 20);
    expect(sum(column) / 1000).toBeCloseTo(0, 5);
    expect(sum(column.map(value => value ** 2)) / 1000).toBeCloseTo(1, 5);
    expect(first.x).toEqual(before);
  });

  it('only shifts a constant column, whatever rounding makes of its mean', () => {
    const data = datasets.rows(
      [
        [0.1, 1e6, 1],
        [0.1, 1e6 + 1, 2],
        [0.1, 1e6 + 2, 3]
      ],
      { target: 2 }
    );
    const scaler = datasets.standardize(data);
    // StandardScaler().fit(np.float32([[0.1, 1e6], [0.1, 1e6 + 1], [0.1, 1e6 + 2]])).scale_
    expect(scaler.deviation[0]).toBe(1);
    expect(scaler.deviation[1]).toBeCloseTo(0.816497, 6);
    expect(Math.abs(scaler.apply(data).x[0])).toBeLessThan(1e-7);
    expect([...scaler.apply(data).targets]).toEqual([1, 2, 3]);
  });

  it('takes a column of a thousand equal values for constant, although their mean is rounded', () => {
    const data = { x: new Float32Array(1000).fill(0.1), rows: 1000, features: 1 };
    const { mean, deviation } = datasets.standardize(data);
    expect(mean[0]).not.toBe(data.x[0]);
    // StandardScaler().fit(np.full((1000, 1), 0.1, 'f4')).scale_
    expect(deviation[0]).toBe(1);
  });

  it('refuses other data than it was fitted for', () => {
    const moons = datasets.moons();
    expect(() => datasets.standardize(moons).apply(first)).toThrow(/the 2 features of.*got 64/);
    // prettier-ignore
    expect(() => datasets.standardize(datasets.split(moons) as never)).toThrow(/a part of a split such as `train`/);
    const broken = { ...moons, x: moons.x.map((value, i) => (i === 5 ? NaN : value)) };
    expect(() => datasets.standardize(broken)).toThrow(/finite, but got NaN in row 2, column 1/);
  });
});
