// What `fit` adds to the bare steps, and what networks leave behind: `node tunelab_fit.mjs`.
import v8 from 'node:v8';
import vm from 'node:vm';
import { batch, serve } from './serve.mjs';
import { build, programOf, tunelab } from './tunelabNetwork.mjs';

/** Milliseconds that one of a pair should take. */
const LENGTH = 300;

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc');

const dataOf = ({ x, y, rows, batches, inputs, classes }) => ({
  x,
  y,
  rows: rows * batches,
  features: inputs,
  classes
});

async function milliseconds(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const train = (problem, { network, optimizer }, options) =>
  tunelab.fit(network, dataOf(problem), {
    batchSize: problem.rows,
    optimizer,
    progress: false,
    ...options
  });

/** The problem with its examples `times` over: an epoch as long as that of the data it stands for. */
function repeated(problem, times) {
  const x = new Float32Array(problem.x.length * times);
  const y = new Int32Array(problem.y.length * times);
  for (let i = 0; i < times; i++) {
    x.set(problem.x, i * problem.x.length);
    y.set(problem.y, i * problem.y.length);
  }
  return { ...problem, x, y, batches: problem.batches * times };
}

let given;

/** Ratios of the time of `fit` with `options` to that of the bare steps on as many mini-batches, pair by pair. */
async function fit({ pairs, times, ...options }) {
  const problem = repeated(given, times);
  const batches = Array.from({ length: problem.batches }, (_, i) => batch(problem, i));
  const bare = build(problem);
  const fitted = build(problem);
  const program = programOf(bare.network);
  const steps = epochs => {
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (const [x, y] of batches) {
        program.step(x, y, problem.rows, bare.optimizer);
      }
    }
  };
  await train(problem, fitted, { epochs: 1, ...options });
  const epoch = await milliseconds(() => steps(1));
  const epochs = Math.max(1, Math.round(LENGTH / epoch));
  const run = [() => steps(epochs), () => train(problem, fitted, { epochs, ...options })];
  await run[0]();
  await run[1]();
  const ratios = [];
  for (let pair = 0; pair < pairs; pair++) {
    const times = [];
    // Which of the two comes first changes from pair to pair.
    for (const which of pair % 2 ? [1, 0] : [0, 1]) {
      times[which] = await milliseconds(run[which]);
    }
    ratios.push(times[1] / times[0]);
  }
  return { ratios };
}

/** Megabytes of the process after a collection: all, and of WebAssembly and arrays. */
function megabytes() {
  collect();
  collect();
  const { rss, external, heapUsed } = process.memoryUsage();
  return [rss, external, heapUsed].map(bytes => bytes / 2 ** 20);
}

await serve({
  build(problem) {
    given = problem;
    return { reset() {}, run: () => [] };
  },
  fit,
  async networks(count) {
    const some = async n => {
      for (let i = 0; i < n; i++) {
        await train(given, build(given), { epochs: 1 });
      }
    };
    // What is compiled and kept for all of them comes first.
    await some(50);
    const before = megabytes();
    await some(count);
    return { before, after: megabytes() };
  }
});
