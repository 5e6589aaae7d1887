import { datasets, evaluate, fit, layers, optimizers, scales, sequential, study } from 'tunelab';

/** The workload of `npm run bench -- digits`, on three of its ten seeds. */
describe('random search on digits, chosen on dev and reported on test', () => {
  it.each([1, 2, 3])(
    'finds a network with less than 6 %% error, seed %i',
    async seed => {
      const { train, dev, test } = datasets.digits({ seed });
      const build = async (config: { learningRate: number; units: number }, trialSeed: number) => {
        const network = sequential(
          [
            layers.dense(config.units),
            layers.batchNorm(),
            layers.relu(),
            layers.dense(10),
            layers.softmax()
          ],
          { inputs: 64, seed: trialSeed }
        );
        const optimizer = optimizers.adam({ learningRate: config.learningRate });
        await fit(network, train, { epochs: 15, optimizer, seed: trialSeed });
        return network;
      };
      const search = study({
        space: { learningRate: scales.log(1e-4, 1), units: scales.integer(16, 64) },
        seed
      });
      await search.optimize(
        async (config, trial) => evaluate(await build(config, trial.seed), dev).error,
        { trials: 25 }
      );
      const best = search.best!;
      const network = await build(best.config, best.seed);
      expect(evaluate(network, dev).error).toBe(best.value);
      expect(evaluate(network, test).error).toBeLessThan(0.06);
    },
    120_000
  );
});
