import { activations, datasets, figures, layers, sequential } from 'tunelab';
import type { Figure } from 'tunelab';

export const title = 'Activations of several layers';

export async function example(): Promise<Figure> {
  const network = sequential(
    [
      layers.dense(64),
      layers.batchNorm(),
      layers.relu(),
      layers.dense(32),
      layers.batchNorm(),
      layers.relu(),
      layers.dense(10),
      layers.softmax()
    ],
    { inputs: 64, seed: 1 }
  );
  const { dev } = datasets.digits();
  return figures.layers(activations(network, dev.x, { mode: 'train' }), {
    title: 'What each layer gives before training'
  });
}
