import { datasets, type Dataset } from 'tunelab';

const sum = (values: Iterable<number>) => Array.from(values).reduce((a, b) => a + b, 0);
const image = (x: number[], height: number, width: number): Dataset => ({
  x: Float32Array.from(x),
  y: Int32Array.of(0),
  rows: 1,
  features: x.length,
  classes: 1,
  image: [height, width]
});
const counting = image([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 3, 4);

describe('datasets.shift: rotation', () => {
  it("turns images as scipy's rotate does, bilinear with blank surroundings", () => {
    // scipy.ndimage.rotate(np.arange(12.).reshape(3, 4), 30, order=1, reshape=False, mode='grid-constant')
    const expected = [
      0.269152, 1.385177, 3.968911, 4.581416, 1.200962, 4.066987, 6.933013, 9.799038, 3.129165,
      7.031089, 8.338544, 3.954569
    ];
    datasets
      .shift(counting, { rotation: 30 })
      .x.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
  });

  it('turns all digits by 20 degrees as scipy does', () => {
    const { x } = datasets.shift(datasets.allDigits(), { rotation: 20 });
    // the same call for each image: r.sum(), (r**2).sum(), r[0, 27:31]
    expect(sum(x) / 34412.168).toBeCloseTo(1, 6);
    expect(sum(x.map(value => value ** 2)) / 21765.6815).toBeCloseTo(1, 6);
    [0.014065, 0.072199, 0.531214, 0.489879].forEach((value, i) =>
      expect(x[27 + i]).toBeCloseTo(value, 5)
    );
  });

  it('turns by a quarter counterclockwise, pixel by pixel', () => {
    const square = image([0, 1, 2, 4, 5, 6, 8, 9, 10], 3, 3);
    const { x } = datasets.shift(square, { rotation: 90 });
    [2, 6, 10, 1, 5, 9, 0, 4, 8].forEach((value, i) => expect(x[i]).toBeCloseTo(value, 5));
  });

  it('turns points about the origin counterclockwise', () => {
    const data = datasets.rows([[1, 0, 'a'], [0, 2, 'b']], { label: 2 }); // prettier-ignore
    const { x } = datasets.shift(data, { rotation: 90 });
    [0, 1, -2, 0].forEach((value, i) => expect(x[i]).toBeCloseTo(value, 6));
  });

  it('refuses rows that are neither images nor points', () => {
    const flat = datasets.blobs({ features: 9 });
    // prettier-ignore
    expect(() => datasets.shift(flat, { rotation: 5 })).toThrow(/images or points of two features, but got 9/);
    expect(datasets.shift({ ...flat, image: [3, 3] }, { rotation: 5 }).rows).toBe(500);
    // prettier-ignore
    expect(() => datasets.shift({ ...flat, image: [2, 3] }, { rotation: 5 })).toThrow(/2 x 3 pixels for 9 features/);
  });
});

describe('datasets.shift: contrast and noise', () => {
  it('multiplies distances from the mean of each image', () => {
    const { x } = datasets.shift(image([0, 1, 0, 0], 2, 2), { contrast: 0.5 });
    // torchvision's adjust_contrast: 0.5 * pixel + (1 - 0.5) * mean
    expect([...x]).toEqual([0.125, 0.625, 0.125, 0.125]);
  });

  it('makes images grey at contrast 0', () => {
    const { x } = datasets.shift(counting, { contrast: 0 });
    x.forEach(value => expect(value).toBeCloseTo(5.5, 6));
  });

  it('adds noise of the deviation asked for, by its seed', () => {
    const all = datasets.allDigits();
    const noisy = datasets.shift(all, { noise: 0.3, seed: 1 });
    const change = noisy.x.map((value, i) => value - all.x[i]);
    expect(Math.abs(sum(change) / change.length)).toBeLessThan(0.004);
    expect(Math.sqrt(sum(change.map(d => d * d)) / change.length)).toBeCloseTo(0.3, 2);
    expect(datasets.shift(all, { noise: 0.3, seed: 1 })).toEqual(noisy);
    expect(datasets.shift(all, { noise: 0.3, seed: 2 }).x).not.toEqual(noisy.x);
  });

  it('leaves what was given as it was, and changes nothing unless asked', () => {
    const before = datasets.allDigits();
    const data = datasets.allDigits();
    expect(datasets.shift(data)).toEqual(before);
    datasets.shift(data, { rotation: 10, contrast: 0.5, noise: 1 });
    expect(data).toEqual(before);
  });
});

describe('datasets.shift: balance of classes', () => {
  it('draws as many rows as the shares allow, none twice', () => {
    const data = datasets.moons({ rows: 200 });
    const few = datasets.shift(data, { classBalance: [0.9, 0.1], seed: 1 });
    // 100 rows of class 0 are 0.9 of 111; 0.1 of them are 11.
    expect([few.rows, few.y.filter(label => label === 1).length]).toEqual([111, 11]);
    const points = Array.from(few.y, (_, row) => few.x.subarray(2 * row, 2 * row + 2).join());
    expect(new Set(points).size).toBe(111);
    expect(datasets.shift(data, { classBalance: [0.9, 0.1], seed: 1 })).toEqual(few);
  });

  it('leaves a class out at share 0 without forgetting that there is one', () => {
    const data = datasets.shift(datasets.blobs({ rows: 300 }), { classBalance: [0.5, 0, 0.5] });
    expect([data.rows, data.classes, data.y.includes(1)]).toEqual([200, 3, false]);
  });
});

describe('datasets.shift', () => {
  const moons = datasets.moons();
  const prices = datasets.rows([[1, 2], [3, 4]], { target: 1 }); // prettier-ignore

  it.each([
    ['an angle that is no number', moons, { rotation: NaN }, /rotation=NaN/],
    ['negative contrast', counting, { contrast: -1 }, /`contrast` must be a finite number >= 0/],
    ['contrast of points', moons, { contrast: 2 }, /only images have contrast/],
    ['infinite noise', moons, { noise: Infinity }, /noise=Infinity/],
    ['shares for other classes', moons, { classBalance: [1] }, /must be 2 shares.*got \[1\]/],
    ['shares that sum to 2', moons, { classBalance: [1, 1] }, /sum to 1, but got \[1, 1\]/],
    ['a balance of prices', prices, { classBalance: [1] }, /regression data/],
    [
      'a share for nobody',
      { ...moons, y: moons.y.map(() => 0) },
      { classBalance: [0, 1] },
      /must have rows/
    ],
    ['an unknown option', moons, { rotate: 1 }, /but got `rotate`/],
    ['what is no data set', { x: [[1]], y: [0] }, { noise: 1 }, /must be a data set/]
  ])('refuses %s', (_, data, options, message) => {
    expect(() => datasets.shift(data as never, options as never)).toThrow(message);
  });
});
