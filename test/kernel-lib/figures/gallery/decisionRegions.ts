import { datasets, figures, fit, layers, optimizers, predict, sequential } from 'tunelab';
import type { Figure } from 'tunelab';

export const title = 'Decision regions of a 2-D classifier';

export async function example(): Promise<Figure> {
  const { train, dev } = datasets.split(datasets.spirals({ classes: 3, noise: 0.06, seed: 1 }), {
    seed: 1
  });
  const network = sequential(
    [
      layers.dense(32),
      layers.relu(),
      layers.dense(32),
      layers.relu(),
      layers.dense(3),
      layers.softmax()
    ],
    { inputs: 2, seed: 1, variant: 'plain' }
  );
  const optimizer = optimizers.adam({ learningRate: 0.02 });
  await fit(network, train, { optimizer, epochs: 40, seed: 1 });
  return figures.decisionRegions(x => predict(network, x), dev);
}
