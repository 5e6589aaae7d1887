import { figures, importance, samplers, scales, study, type Figure } from 'tunelab';

export const title = "Measured importance beside the lecture's ranking";

export async function example(): Promise<Figure> {
  const search = study({
    space: {
      learningRate: scales.log(1e-4, 1),
      batchSize: scales.integer(16, 256),
      hiddenUnits: scales.integer(8, 128),
      beta1: scales.oneMinusLog(0.9, 0.999),
      dropout: scales.linear(0, 0.5)
    },
    sampler: samplers.random(),
    seed: 5
  });
  await search.optimize(
    ({ learningRate, batchSize, hiddenUnits, dropout }) =>
      0.04 * Math.abs(Math.log10(learningRate / 0.01)) +
      0.012 * Math.abs(Math.log2(batchSize / 64)) +
      0.5 / hiddenUnits +
      0.4 * (dropout - 0.2) ** 2,
    { trials: 60 }
  );
  return figures.importance(await importance(search), {
    title: 'What mattered in a search of 60 trials'
  });
}
