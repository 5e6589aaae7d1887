import { datasets, figures, fit, layers, optimizers, predict, sequential } from 'tunelab';
import type { Figure } from 'tunelab';

export const title = 'Probabilities of three classes on the simplex';

export async function example(): Promise<Figure> {
  const { train, dev } = datasets.split(datasets.blobs({ classes: 3, rows: 400, seed: 1 }), {
    seed: 1
  });
  const network = sequential([layers.dense(3), layers.softmax()], {
    inputs: train.features,
    seed: 1,
    variant: 'plain'
  });
  const optimizer = optimizers.adam({ learningRate: 0.05 });
  await fit(network, train, { optimizer, epochs: 3, seed: 1 });
  return figures.simplex(predict(network, dev.x), {
    y: dev.y,
    classNames: ['cat', 'dog', 'chick']
  });
}
