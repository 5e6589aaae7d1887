import { datasets, figures, fit, layers, optimizers, sequential, type Figure } from 'tunelab';

export const title = 'Percentiles of a layer while it learns, without and with batch norm';

export async function example(): Promise<Figure> {
  const { train } = datasets.digits();
  const learn = (norm: ReturnType<typeof layers.batchNorm>[]) => {
    const network = sequential(
      [
        layers.dense(12),
        ...norm,
        layers.sigmoid(),
        layers.dense(12),
        ...norm,
        layers.sigmoid(),
        layers.dense(10),
        layers.softmax()
      ],
      { inputs: 64, seed: 3 }
    );
    // What goes into the second sigmoid.
    const layer = norm.length > 0 ? 4 : 2;
    const probes = [{ every: 3, layers: [layer], record: ['activations' as const] }];
    return fit(network, train, {
      optimizer: optimizers.momentum({ learningRate: 0.5 }),
      epochs: 6,
      seed: 3,
      probes
    });
  };
  return figures.percentiles(
    { without: await learn([]), 'with batch norm': await learn([layers.batchNorm()]) },
    { title: 'Inputs of a sigmoid: percentiles 15, 50 and 85' }
  );
}
