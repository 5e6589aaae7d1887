// The digits network as trainings are: many hyperparameters of all kinds, some of which exist in some networks only.
import { createRequire } from 'node:module';

const { datasets, evaluate, fit, layers, optimizers, sequential, TrainingDiverged } = createRequire(
  import.meta.url
)('tunelab');

const EPOCHS = 10;
// What a network that guesses gets wrong; so does one whose training diverged.
const GUESSING = 0.9;
// As powers of 2: 8, 11, 16, 23, 32, 45, 64 units.
const units = { kind: 'quantized', low: 3, high: 6, step: 0.5 };

export const AXES = [
  { name: 'learningRate', kind: 'log', low: 1e-4, high: 1 },
  { name: 'optimizer', kind: 'choice', values: ['momentum', 'rmsProp', 'adam'] },
  {
    name: 'beta',
    kind: 'oneMinusLog',
    low: 0.9,
    high: 0.999,
    when: { name: 'optimizer', among: ['momentum', 'adam'] }
  },
  { name: 'layers', kind: 'integer', low: 1, high: 3 },
  { name: 'log2Units1', ...units },
  { name: 'log2Units2', ...units, when: { name: 'layers', among: [2, 3] } },
  { name: 'log2Units3', ...units, when: { name: 'layers', among: [3] } },
  { name: 'batchNorm', kind: 'choice', values: [true, false] },
  { name: 'batchSize', kind: 'choice', values: [16, 32, 64, 128] },
  { name: 'weightDecay', kind: 'log', low: 1e-6, high: 1e-2 }
];

const OPTIMIZERS = {
  momentum: ({ beta, ...options }) => optimizers.momentum({ ...options, beta }),
  rmsProp: ({ learningRate, weightDecay }) => optimizers.rmsProp({ learningRate, weightDecay }),
  adam: ({ beta, ...options }) => optimizers.adam({ ...options, beta1: beta })
};

function networkOf(config, seed) {
  const hidden = [config.log2Units1, config.log2Units2, config.log2Units3].slice(0, config.layers);
  const blocks = hidden.flatMap(power => [
    layers.dense(Math.round(2 ** power)),
    ...(config.batchNorm ? [layers.batchNorm()] : []),
    layers.relu()
  ]);
  return sequential([...blocks, layers.dense(10), layers.softmax()], { inputs: 64, seed });
}

/** Errors on dev and test of the network of a configuration: the same for the same configuration and seeds. */
export async function errorsOf(config, { split, seed }) {
  const data = datasets.digits({ seed: split });
  const network = networkOf(config, seed);
  const { optimizer, batchSize, learningRate, beta, weightDecay } = config;
  try {
    await fit(network, data.train, {
      epochs: EPOCHS,
      batchSize,
      optimizer: OPTIMIZERS[optimizer]({ learningRate, beta, weightDecay }),
      seed,
      progress: false
    });
  } catch (error) {
    if (error instanceof TrainingDiverged) {
      return { dev: GUESSING, test: GUESSING };
    }
    throw error;
  }
  return { dev: evaluate(network, data.dev).error, test: evaluate(network, data.test).error };
}
