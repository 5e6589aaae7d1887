// The loop of a runner in JavaScript. A runner says `{ build(problem) }`, which gives an object with
// `reset()`: back to the first weights, and `run(steps)`: that many steps, resolving to their losses.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** Steps from the first weights whose losses are compared. */
export const COMPARED = 20;

export function readProblem(file) {
  const problem = JSON.parse(readFileSync(file, 'utf8'));
  const { buffer, byteOffset } = readFileSync(problem.data);
  const bytes = buffer.slice(byteOffset);
  const { rows, batches, inputs } = problem;
  let at = 0;
  const take = (Numbers, length) => {
    const part = new Numbers(bytes, at, length);
    at += length * 4;
    return part;
  };
  const weights = take(Float32Array, problem.weights);
  const x = take(Float32Array, rows * batches * inputs);
  return { ...problem, weights, x, y: take(Int32Array, rows * batches) };
}

/** The first weights of each dense layer, in order. */
export function denseWeights({ layers, weights }) {
  let at = 0;
  return layers
    .filter(({ type }) => type === 'dense')
    .map(({ inputs, units }) => weights.subarray(at, (at += inputs * units)));
}

/** Batch `i` of an epoch: rows x inputs, and the class of each row. */
export function batch({ x, y, rows, inputs, batches }, i) {
  const from = (i % batches) * rows;
  return [x.subarray(from * inputs, (from + rows) * inputs), y.subarray(from, from + rows)];
}

const milliseconds = async work => {
  const began = performance.now();
  const losses = await work();
  return { ms: performance.now() - began, losses };
};

/**
 * Answers each line of standard input by one of standard output: `{ build: file }` with the losses of the first
 * steps and an estimate of a step's time, `{ time: steps }` with the milliseconds of one, other keys by `more`.
 */
export async function serve({ build, ...more }) {
  let problem;
  const answers = {
    async build(file) {
      problem = await build(readProblem(file));
      await problem.reset();
      const { losses } = await milliseconds(() => problem.run(COMPARED));
      // Twice: what is compiled at the first calls must not count.
      const { ms } = await milliseconds(() => problem.run(COMPARED));
      return { losses, estimate: ms / COMPARED };
    },
    async time(steps) {
      await problem.reset();
      await problem.run(Math.max(1, Math.round(steps / 10)));
      return { ms: (await milliseconds(() => problem.run(steps))).ms / steps };
    },
    ...more
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const [[key, value]] = Object.entries(JSON.parse(line));
    let answer;
    try {
      answer = await answers[key](value);
    } catch (error) {
      answer = { error: String(error?.message ?? error) };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  process.exit(0);
}
