// Random search on digits: 25 networks a search, the best chosen on dev and reported on test, 10 seeds.
// What later samplers and engines are compared with.
import { createRequire } from 'node:module';
import { mean } from '../statistics.mjs';

const tunelab = createRequire(import.meta.url)('tunelab');
const { datasets, evaluate, fit, layers, optimizers, samplers, scales, sequential, study } =
  tunelab;

const SEEDS = 10;
const TRIALS = 25;
const EPOCHS = 15;

const space = {
  learningRate: scales.log(1e-4, 1),
  beta1: scales.oneMinusLog(0.8, 0.99),
  batchSize: scales.choice([32, 64, 128]),
  units: scales.integer(16, 64)
};

async function train({ learningRate, beta1, batchSize, units }, { train: data }, seed) {
  const network = sequential(
    [layers.dense(units), layers.batchNorm(), layers.relu(), layers.dense(10), layers.softmax()],
    { inputs: 64, seed }
  );
  const optimizer = optimizers.adam({ learningRate, beta1 });
  await fit(network, data, { epochs: EPOCHS, batchSize, optimizer, seed });
  return network;
}

/** One search: the dev error of the best trial, and that network's test error. */
async function search(seed) {
  const data = datasets.digits({ seed });
  const found = study({ space, sampler: samplers.random(), seed });
  await found.optimize(
    async (config, trial) => evaluate(await train(config, data, trial.seed), data.dev).error,
    {
      trials: TRIALS
    }
  );
  const { config, seed: trialSeed, value } = found.best;
  const network = await train(config, data, trialSeed);
  return { dev: value, test: evaluate(network, data.test).error };
}

const percent = value => `${(100 * value).toFixed(2)} %`;

export async function run() {
  const results = [];
  const started = performance.now();
  for (let seed = 1; seed <= SEEDS; seed++) {
    results.push(await search(seed));
  }
  const networks = SEEDS * (TRIALS + 1);
  return ['dev', 'test'].map(part => {
    const errors = results.map(result => result[part]);
    return {
      measure: `error on ${part}, best of ${TRIALS} chosen on dev`,
      mean: percent(mean(errors)),
      lowest: percent(Math.min(...errors)),
      highest: percent(Math.max(...errors)),
      seeds: SEEDS,
      'ms a network': Number(((performance.now() - started) / networks).toFixed(0))
    };
  });
}
