// tunelab on the Node that runs this: `node tunelab.mjs <variant> <threads>`.
import { createRequire } from 'node:module';
import { batch, denseWeights, serve } from './serve.mjs';

const require = createRequire(import.meta.url);
const { engineInfo, layers, optimizers, sequential } = require('tunelab');
const { programOf } = require('tunelab/dist/training/network');
const [variant, threads] = [process.argv[2], Number(process.argv[3])];

const describe = {
  dense: ({ units, bias }) => layers.dense(units, { bias }),
  batchNorm: ({ epsilon, decay }) => layers.batchNorm({ epsilon, decay }),
  relu: () => layers.relu(),
  sigmoid: () => layers.sigmoid()
};

/** The problem's network with its first weights. */
function build(problem) {
  const plan = problem.layers.map(layer => describe[layer.type](layer));
  const network = sequential([...plan, layers.softmax()], {
    inputs: problem.inputs,
    variant,
    ...(threads > 1 ? { threads } : {})
  });
  const values = name => network.parameters.filter(parameter => parameter.name === name);
  const first = denseWeights(problem);
  values('weights').forEach((weights, i) => weights.values.set(first[i]));
  values('bias').forEach(bias => bias.values.fill(0));
  const { type, ...options } = problem.optimizer;
  return { network, optimizer: optimizers[type](options) };
}

await serve({
  build(problem) {
    let made;
    let at;
    const batches = Array.from({ length: problem.batches }, (_, i) => batch(problem, i));
    return {
      reset() {
        made = build(problem);
        at = 0;
      },
      run(steps) {
        const { network, optimizer } = made;
        const program = programOf(network);
        const losses = new Float64Array(steps);
        for (let i = 0; i < steps; i++, at++) {
          const [x, y] = batches[at % batches.length];
          losses[i] = program.step(x, y, problem.rows, optimizer).loss;
        }
        return Array.from(losses);
      }
    };
  },
  engine: () => ({ ...engineInfo(), node: process.version })
});
