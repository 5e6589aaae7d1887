import { datasets, figures, fit, layers, optimizers, predict, sequential } from 'tunelab';
import type { Figure } from 'tunelab';

export const title = 'Softmax probabilities of several examples';

export async function example(): Promise<Figure> {
  const { train, dev } = datasets.digits();
  const network = sequential([layers.dense(10), layers.softmax()], {
    inputs: 64,
    seed: 1,
    variant: 'plain'
  });
  const optimizer = optimizers.adam({ learningRate: 0.01 });
  await fit(network, train, { optimizer, epochs: 2, seed: 1 });
  return figures.probabilities(predict(network, dev.x).slice(0, 6), { y: dev.y.slice(0, 6) });
}
