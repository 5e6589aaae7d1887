import { datasets, figures, fit, layers, optimizers, sequential } from 'tunelab';
import type { Figure } from 'tunelab';

export const title = 'Learning curves by step, smoothed over the raw line';

export async function example(): Promise<Figure> {
  const { train, dev } = datasets.digits();
  const network = sequential(
    [layers.dense(16), layers.relu(), layers.dense(10), layers.softmax()],
    {
      inputs: 64,
      seed: 1,
      variant: 'plain'
    }
  );
  const history = await fit(network, train, {
    optimizer: optimizers.adam({ learningRate: 0.005 }),
    dev,
    epochs: 25,
    seed: 1
  });
  return figures.learningCurves(history, {
    by: 'step',
    smoothing: 0.9,
    logY: true,
    title: 'Digits: loss by step'
  });
}
