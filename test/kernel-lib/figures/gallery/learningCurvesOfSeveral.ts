import { datasets, figures, fit, layers, optimizers, sequential } from 'tunelab';
import type { Figure } from 'tunelab';

export const title = 'Learning curves of several runs by epoch';

export async function example(): Promise<Figure> {
  const { train, dev } = datasets.digits();
  const learn = (hidden: Parameters<typeof sequential>[0]) =>
    fit(
      sequential([...hidden, layers.dense(10), layers.softmax()], {
        inputs: 64,
        seed: 1,
        variant: 'plain'
      }),
      train,
      { optimizer: optimizers.gradientDescent({ learningRate: 0.05 }), dev, epochs: 8, seed: 1 }
    );
  return figures.learningCurves(
    {
      plain: await learn([layers.dense(16), layers.relu()]),
      'batch norm': await learn([layers.dense(16), layers.batchNorm(), layers.relu()])
    },
    { metric: 'error', logY: true, title: 'Digits: batch norm learns faster' }
  );
}
