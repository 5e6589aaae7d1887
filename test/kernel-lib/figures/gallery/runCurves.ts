import { datasets, figures, layers, optimizers, panda, sequential } from 'tunelab';
import type { Figure } from 'tunelab';

export const title = 'A run of panda with its marks';

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
  const run = panda(network, train, {
    optimizer: optimizers.adam({ learningRate: 0.01 }),
    dev,
    epochs: 6,
    seed: 1
  });
  return figures.runCurves(await run.done);
}
