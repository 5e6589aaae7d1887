import { datasets, figures, fit, layers, optimizers, sequential } from 'tunelab';
import type { Figure } from 'tunelab';

export const title = 'Weights of a layer as images';

export async function example(): Promise<Figure> {
  const { train } = datasets.digits();
  const network = sequential([layers.dense(10), layers.softmax()], {
    inputs: 64,
    seed: 1,
    variant: 'plain'
  });
  const optimizer = optimizers.adam({ learningRate: 0.01 });
  await fit(network, train, { optimizer, epochs: 10, seed: 1 });
  return figures.weights(network, { names: Array.from({ length: 10 }, (_, i) => `digit ${i}`) });
}
