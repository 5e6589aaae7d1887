import { datasets, figures, fit, layers, optimizers, predict, sequential } from 'tunelab';
import type { Figure } from 'tunelab';

export const title = 'Decision regions of a 2-D classifier';

export async function example(): Promise<Figure> {
  const { train, dev } = datasets.split(datasets.spirals({ noise: 0.4, seed: 1 }), { seed: 1 });
  const network = sequential(
    [layers.dense(24), layers.tanh(), layers.dense(train.classes), layers.softmax()],
    { inputs: 2, seed: 1, variant: 'plain' }
  );
  const optimizer = optimizers.adam({ learningRate: 0.05 });
  await fit(network, train, { optimizer, epochs: 25, seed: 1 });
  return figures.decisionRegions(x => predict(network, x), dev);
}
