// tunelab's networks for the problems of bench/train.
import { createRequire } from 'node:module';
import { denseWeights } from './serve.mjs';

const require = createRequire(import.meta.url);
export const tunelab = require('tunelab');
export const { programOf } = require('tunelab/dist/training/network');
const { layers, optimizers, sequential } = tunelab;

const describe = {
  dense: ({ units, bias }) => layers.dense(units, { bias }),
  batchNorm: ({ epsilon, decay }) => layers.batchNorm({ epsilon, decay }),
  relu: () => layers.relu(),
  sigmoid: () => layers.sigmoid()
};

/** The problem's network with its first weights, and its optimizer; `options` are `sequential`'s. */
export function build(problem, options) {
  const plan = problem.layers.map(layer => describe[layer.type](layer));
  const network = sequential([...plan, layers.softmax()], {
    ...options,
    inputs: problem.inputs
  });
  const values = name => network.parameters.filter(parameter => parameter.name === name);
  const first = denseWeights(problem);
  values('weights').forEach((weights, i) => weights.values.set(first[i]));
  values('bias').forEach(bias => bias.values.fill(0));
  const { type, ...rule } = problem.optimizer;
  return { network, optimizer: optimizers[type](rule) };
}
