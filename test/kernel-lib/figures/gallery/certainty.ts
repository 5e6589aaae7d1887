import { datasets, figures, fit, layers, optimizers, predict, sequential } from 'tunelab';
import type { Figure } from 'tunelab';

export const title = 'Probability of a class all over the plane';

export async function example(): Promise<Figure> {
  const { train, dev } = datasets.split(datasets.moons({ noise: 0.25, seed: 1 }), { seed: 1 });
  const network = sequential([layers.dense(8), layers.tanh(), layers.dense(1), layers.sigmoid()], {
    inputs: 2,
    seed: 1,
    variant: 'plain'
  });
  const optimizer = optimizers.adam({ learningRate: 0.05 });
  await fit(network, train, { optimizer, epochs: 20, seed: 1 });
  return figures.decisionRegions(x => predict(network, x), dev, { regions: 'probability' });
}
