import {
  datasets,
  figures,
  fit,
  layers,
  metrics,
  optimizers,
  predictClasses,
  sequential
} from 'tunelab';
import type { Figure } from 'tunelab';

export const title = 'Confusion matrix';

export async function example(): Promise<Figure> {
  const { train, dev } = datasets.digits();
  const network = sequential([layers.dense(10), layers.softmax()], {
    inputs: 64,
    seed: 1,
    variant: 'plain'
  });
  const optimizer = optimizers.adam({ learningRate: 0.01 });
  await fit(network, train, { optimizer, epochs: 3, seed: 1 });
  return figures.confusion(metrics.confusion(dev.y, predictClasses(network, dev.x)));
}
