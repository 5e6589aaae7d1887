import { datasets, type Dataset } from 'tunelab';

/** The points of one class, sorted, so that a shuffled set can be compared. */
function ofClass(data: Dataset, label: number): number[][] {
  return Array.from(data.y, (y, row) => ({ y, point: [...data.x.subarray(2 * row, 2 * row + 2)] }))
    .filter(({ y }) => y === label)
    .map(({ point }) => point)
    .sort(([a, b], [c, d]) => Math.round((a - c) * 1e4) || b - d);
}

function expectPoints(found: number[][], expected: number[][]) {
  expect(found).toHaveLength(expected.length);
  found.forEach((point, i) =>
    point.forEach((value, c) => expect(value).toBeCloseTo(expected[i][c], 5))
  );
}

const FAMILY: [string, (options?: object) => Dataset, classes: number][] = [
  ['moons', datasets.moons, 2],
  ['circles', datasets.circles, 2],
  ['spirals', datasets.spirals, 2],
  ['blobs', datasets.blobs, 3],
  ['flower', datasets.flower, 2]
];

describe.each(FAMILY)('datasets.%s', (_, make, classes) => {
  it('has as many rows as asked, finite, in classes of the same size to one row', () => {
    for (const rows of [classes, 7, 200]) {
      const data = make({ rows });
      expect([data.rows, data.y.length, data.x.length]).toEqual([rows, rows, rows * 2]);
      expect([data.features, data.classes]).toEqual([2, classes]);
      expect(data.x.every(Number.isFinite)).toBe(true);
      const counts = Array.from(
        { length: classes },
        (__, label) => data.y.filter(y => y === label).length
      );
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
    expect(make().rows).toBe(500);
  });

  it('depends on its seed alone', () => {
    expect(make({ seed: 3 })).toEqual(make({ seed: 3 }));
    expect(make({ seed: 4 }).x).not.toEqual(make({ seed: 3 }).x);
    expect(make()).toEqual(make({ seed: 0 }));
  });

  it('does not come sorted by class', () => {
    expect(new Set(make().y.subarray(0, 30)).size).toBe(classes);
  });

  it('scatters as its noise says', () => {
    const still = make({ noise: 0, rows: 50 });
    expect(make({ noise: 0, rows: 50 })).toEqual(still);
    expect(make({ noise: 0.2, rows: 50 }).x).not.toEqual(still.x);
  });

  it('crosses to a worker, splits, and trains nothing into what others get', () => {
    const data = make({ rows: 60 });
    expect(structuredClone(data)).toEqual(data);
    const { train, dev, test } = datasets.split(data);
    expect(train.rows + dev.rows + test.rows).toBe(60);
    data.x.fill(0);
    expect(make({ rows: 60 }).x.some(value => value !== 0)).toBe(true);
  });

  it.each([
    ['fewer rows than classes', { rows: 1 }, /`rows` must be a whole number >= \d, but got rows=1/],
    ['half a row', { rows: 10.5 }, /but got rows=10.5/],
    ['more than memory holds', { rows: 1e12 }, /would need 7,450\.6 GiB/],
    ['negative noise', { noise: -1 }, /`noise` must be a finite number >= 0, but got noise=-1/],
    ['noise that is no number', { noise: NaN }, /noise=NaN/],
    ['a bad seed', { seed: -1 }, /seed=-1/],
    ['an unknown option', { size: 3 }, /but got `size`/],
    ['options that are none', 3, /options come in an object/]
  ])('refuses %s', (__, options, message) => {
    expect(() => make(options as never)).toThrow(message);
  });
});

describe('the geometry of made-up data', () => {
  it("of moons is scikit-learn's", () => {
    // make_moons(7, shuffle=False), each class sorted
    const data = datasets.moons({ rows: 7, noise: 0 });
    expectPoints(ofClass(data, 0), [
      [-1, 0],
      [0, 1],
      [1, 0]
    ]);
    expectPoints(ofClass(data, 1), [
      [0, 0.5],
      [0.5, -0.366025],
      [1.5, -0.366025],
      [2, 0.5]
    ]);
  });

  it("of circles is scikit-learn's", () => {
    // make_circles(7, shuffle=False, factor=0.5), each class sorted
    const data = datasets.circles({ rows: 7, noise: 0, factor: 0.5 });
    expectPoints(ofClass(data, 0), [
      [-0.5, -0.866025],
      [-0.5, 0.866025],
      [1, 0]
    ]);
    expectPoints(ofClass(data, 1), [
      [-0.5, 0],
      [0, -0.5],
      [0, 0.5],
      [0.5, 0]
    ]);
  });

  it('of spirals: arms start in the middle and end on the unit circle, turned against each other', () => {
    const data = datasets.spirals({ rows: 303, classes: 3, noise: 0 });
    for (let label = 0; label < 3; label++) {
      const radii = ofClass(data, label).map(([a, b]) => Math.hypot(a, b));
      expect(Math.min(...radii)).toBe(0);
      expect(Math.max(...radii)).toBeCloseTo(1, 6);
    }
    // After one whole turn an arm ends where it began to turn: at 2 pi k / 3.
    const end = ofClass(data, 1).find(([a, b]) => Math.hypot(a, b) > 0.9999) as number[];
    expect(Math.atan2(end[1], end[0])).toBeCloseTo((2 * Math.PI) / 3, 5);
  });

  it('of blobs: mean and deviation of each cloud, and the same centres for any number of rows', () => {
    const data = datasets.blobs({ rows: 6000, classes: 3, noise: 0.5, seed: 2 });
    const centres = datasets.blobs({ rows: 3, classes: 3, noise: 0, seed: 2 });
    for (let label = 0; label < 3; label++) {
      const [centre] = ofClass(centres, label);
      const cloud = ofClass(data, label);
      for (const c of [0, 1]) {
        expect(Math.abs(centre[c])).toBeLessThanOrEqual(10);
        const mean = cloud.reduce((sum, point) => sum + point[c], 0) / cloud.length;
        const variance = cloud.reduce((s, point) => s + (point[c] - mean) ** 2, 0) / cloud.length;
        // Four standard errors of 2,000 rows.
        expect(Math.abs(mean - centre[c])).toBeLessThan((4 * 0.5) / Math.sqrt(2000));
        expect(Math.abs(Math.sqrt(variance) - 0.5)).toBeLessThan((4 * 0.5) / Math.sqrt(4000));
      }
    }
  });

  it("of the flower is deeplearning.ai's: r = 4 |sin 4t| at the angle t", () => {
    const data = datasets.flower({ rows: 400, noise: 0 });
    for (let row = 0; row < 400; row++) {
      const [a, b] = data.x.subarray(2 * row, 2 * row + 2);
      // The angle is measured from the second axis; a negative r lies opposite, where |sin 4t| is the same.
      expect(Math.hypot(a, b)).toBeCloseTo(4 * Math.abs(Math.sin(4 * Math.atan2(a, b))), 4);
    }
    // t = linspace(0, 3.12, 200): the first class keeps to petals whose t is below 3.12.
    const all = ofClass(data, 0).map(([a, b]) => Math.hypot(a, b));
    expect(Math.max(...all)).toBeGreaterThan(3.99);
  });

  it.each([
    [() => datasets.circles({ factor: 1 }), /`0 < factor < 1` must hold, but got factor=1/],
    [() => datasets.spirals({ classes: 1 }), /`classes` must be a whole number >= 2/],
    [() => datasets.spirals({ turns: 0 }), /`turns` must be a finite number > 0/],
    [() => datasets.blobs({ features: 0 }), /`features` must be a whole number >= 1/],
    [() => datasets.blobs({ classes: 1e6, features: 1e6 }), /would need 7,450\.6 GiB/]
  ])('is refused outside its domain', (call, message) => {
    expect(call).toThrow(message);
  });
});
