// The workloads W1-W6: networks, mini-batches and first weights, in files that every runner reads.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const adam = { type: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const descent = { type: 'gradientDescent', learningRate: 0.1 };

/** Numbers in an example, units of the layers, activation between them, rows of a batch, batches of an epoch. */
export const WORKLOADS = {
  W1: { units: [784, 128, 64, 10], activation: 'relu', rows: 64, batches: 16, optimizer: adam },
  W2: {
    units: [784, 100, 100, 100, 10],
    activation: 'sigmoid',
    rows: 60,
    batches: 16,
    optimizer: descent
  },
  W3: { units: [2, 25, 12, 2], activation: 'relu', rows: 32, batches: 16, optimizer: adam },
  W4: { units: [784, 10], activation: null, rows: 256, batches: 16, optimizer: descent },
  W5: { units: [64, 32, 10], activation: 'relu', rows: 64, batches: 28, optimizer: adam },
  W6: { units: [784, 1024, 1024, 10], activation: 'relu', rows: 256, batches: 8, optimizer: adam }
};

/** Uniform numbers in [0, 1) from a seed, by mulberry32. */
function uniform(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Dense layers without bias in front of batch norm, with one at the end: batch norm has its own.
 * `dense` names the first number of its weights in the file; the bias begins at zero, gamma at 1, beta at 0.
 */
function layersOf({ units, activation }) {
  const layers = [];
  for (let i = 1; i < units.length; i++) {
    const last = i === units.length - 1;
    layers.push({ type: 'dense', inputs: units[i - 1], units: units[i], bias: last });
    if (!last) {
      layers.push({ type: 'batchNorm', units: units[i], epsilon: 1e-5, decay: 0.9 });
      layers.push({ type: activation });
    }
  }
  return layers;
}

/**
 * Writes `<folder>/<name>.json` and `.bin`: all first weights (inputs x units, row by row), then the examples,
 * both float32, then the class numbers, int32. Returns the path of the first.
 *
 * Classes follow from the example by a random linear rule, but for 3 rows in 10: so the loss falls and
 * never reaches 0, where gradients too small for float32 would be what is timed.
 */
export function writeProblem(folder, name, seed = 1) {
  const { units, rows, batches, optimizer } = WORKLOADS[name];
  const layers = layersOf(WORKLOADS[name]);
  const random = uniform(seed);
  const weights = layers.flatMap(layer => {
    if (layer.type !== 'dense') {
      return [];
    }
    const bound = 1 / Math.sqrt(layer.inputs);
    return Array.from({ length: layer.inputs * layer.units }, () => (2 * random() - 1) * bound);
  });
  const [inputs, classes] = [units[0], units.at(-1)];
  const total = rows * batches;
  const x = Float32Array.from({ length: total * inputs }, () => 2 * random() - 1);
  const rule = Float32Array.from({ length: inputs * classes }, () => 2 * random() - 1);
  const y = Int32Array.from({ length: total }, (_, row) => {
    if (random() < 0.3) {
      return Math.floor(random() * classes);
    }
    let [best, most] = [0, -Infinity];
    for (let c = 0; c < classes; c++) {
      let score = 0;
      for (let i = 0; i < inputs; i++) {
        score += x[row * inputs + i] * rule[i * classes + c];
      }
      [best, most] = score > most ? [c, score] : [best, most];
    }
    return best;
  });
  mkdirSync(folder, { recursive: true });
  const data = path.join(folder, `${name}.bin`);
  const parts = [Float32Array.from(weights), x, y].map(part => new Uint8Array(part.buffer));
  writeFileSync(data, Buffer.concat(parts));
  const file = path.join(folder, `${name}.json`);
  const sizes = { weights: weights.length, inputs, classes, rows, batches };
  writeFileSync(file, JSON.stringify({ name, data, ...sizes, layers, optimizer }));
  return file;
}
