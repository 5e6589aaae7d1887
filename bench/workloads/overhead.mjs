// What `fit` costs over the bare steps of the engine on the same mini-batches, and what probes of every layer once an
// epoch cost over that: paired ratios, each pair in one go, in changing order.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { createRng, fit, layers, optimizers, sequential } = require('tunelab');
const { programOf } = require('tunelab/dist/training/network');

const PAIRS = 30;
const BATCH = 64;
const ROWS = 6400;
const CLASSES = 10;

const hidden = units => [layers.dense(units, { bias: false }), layers.batchNorm(), layers.relu()];
const workloads = {
  W1: { inputs: 784, hidden: [128, 64], epochs: 10 },
  W5: { inputs: 64, hidden: [32], epochs: 100 }
};

function examples(features) {
  const rng = createRng(1);
  return {
    x: new Float32Array(ROWS * features).map(() => rng.uniform()),
    y: new Int32Array(ROWS).map(() => rng.integer(CLASSES)),
    rows: ROWS,
    features,
    classes: CLASSES
  };
}

async function time(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Median, and the upper end of the 90 % interval of the mean of ratios (Student's t, 29 degrees of freedom). */
function describe(ratios) {
  const sorted = [...ratios].sort((a, b) => a - b);
  const mean = ratios.reduce((a, b) => a + b) / ratios.length;
  const variance = ratios.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (ratios.length - 1);
  return {
    median: sorted[Math.floor(ratios.length / 2)].toFixed(3),
    'upper 90 %': (mean + 1.699 * Math.sqrt(variance / ratios.length)).toFixed(3)
  };
}

export async function run() {
  const rows = [];
  for (const [name, { inputs, hidden: widths, epochs }] of Object.entries(workloads)) {
    const data = examples(inputs);
    const make = () =>
      sequential([...widths.flatMap(hidden), layers.dense(CLASSES), layers.softmax()], { inputs });
    const optimizer = optimizers.adam();
    const batches = Array.from({ length: ROWS / BATCH }, (_, b) => ({
      x: data.x.slice(b * BATCH * inputs, (b + 1) * BATCH * inputs),
      y: data.y.slice(b * BATCH, (b + 1) * BATCH)
    }));
    const [program, plain, probed] = [programOf(make()), make(), make()];
    const ways = {
      bare: () => {
        for (let epoch = 0; epoch < epochs; epoch++) {
          for (const { x, y } of batches) {
            program.step(x, y, BATCH, optimizer);
          }
        }
      },
      fit: () => fit(plain, data, { epochs, batchSize: BATCH, optimizer }),
      probes: () => fit(probed, data, { epochs, batchSize: BATCH, optimizer, probes: [{}] })
    };
    const ratios = { 'fit / bare steps': [], 'probes / fit': [] };
    for (let pair = -2; pair < PAIRS; pair++) {
      const order = Object.keys(ways);
      const times = {};
      for (const way of pair % 2 ? order : order.reverse()) {
        times[way] = await time(ways[way]);
      }
      // The first two warm the compiler up.
      if (pair >= 0) {
        ratios['fit / bare steps'].push(times.fit / times.bare);
        ratios['probes / fit'].push(times.probes / times.fit);
      }
    }
    for (const [measure, values] of Object.entries(ratios)) {
      rows.push({ workload: name, measure, ...describe(values), pairs: PAIRS });
    }
  }
  return rows;
}
