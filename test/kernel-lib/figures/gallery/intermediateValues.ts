import { figures, pruners, samplers, scales, study, type Figure } from 'tunelab';

export const title = 'What trials reported while they ran, with the pruned ones';

export async function example(): Promise<Figure> {
  const search = study({
    name: 'Gradient descent on a valley',
    space: { learningRate: scales.log(3e-3, 0.3) },
    sampler: samplers.random(),
    pruner: pruners.successiveHalving({ minResource: 3, reductionFactor: 2 }),
    seed: 11
  });
  await search.optimize(
    ({ learningRate }, { report }) => {
      let [x, y] = [1, 1];
      for (let step = 0; step < 25; step++) {
        x -= learningRate * 2 * x;
        y -= learningRate * 0.3 * y;
        report(step, x * x + 0.15 * y * y + 0.02 * Math.sin(9 * step + 1 / learningRate) ** 2);
      }
      return x * x + 0.15 * y * y;
    },
    { trials: 40 }
  );
  return figures.intermediateValues(search, {
    scales: { value: 'log' },
    labels: { value: 'loss' }
  });
}
