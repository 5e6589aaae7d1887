import { datasets, figures, fit, layers, optimizers, sequential, type Figure } from 'tunelab';

export const title = 'How the activations of two layers spread over the epochs';

export async function example(): Promise<Figure> {
  const { train } = datasets.digits();
  const network = sequential(
    [layers.dense(16), layers.tanh(), layers.dense(10), layers.softmax()],
    { inputs: 64, seed: 2 }
  );
  const history = await fit(network, train, {
    optimizer: optimizers.adam({ learningRate: 0.01 }),
    epochs: 10,
    seed: 2,
    probes: [{ layers: [0, 2], record: ['activations'], bins: 24 }]
  });
  return figures.ridgeline(history, { title: 'Activations of two dense layers, epoch by epoch' });
}
