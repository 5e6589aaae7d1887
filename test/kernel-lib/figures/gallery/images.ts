import { datasets, figures, fit, layers, optimizers, predictClasses, sequential } from 'tunelab';
import type { Figure } from 'tunelab';

export const title = 'Images with predictions';

export async function example(): Promise<Figure> {
  const { train, dev } = datasets.digits();
  const network = sequential([layers.dense(10), layers.softmax()], {
    inputs: 64,
    seed: 1,
    variant: 'plain'
  });
  const optimizer = optimizers.adam({ learningRate: 0.01 });
  await fit(network, train, { optimizer, epochs: 2, seed: 1 });
  return figures.images(dev, { predicted: predictClasses(network, dev.x), count: 40 });
}
