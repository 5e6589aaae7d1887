import { createRng, figures, samplers, scales, study, type Figure } from 'tunelab';

export const title = 'Small error against small network: the Pareto front';

export async function example(): Promise<Figure> {
  const search = study({
    name: 'Error and time',
    space: { hiddenUnits: scales.integer(4, 256), learningRate: scales.log(1e-4, 1) },
    directions: ['minimize', 'minimize'],
    sampler: samplers.random(),
    seed: 2
  });
  await search.optimize(
    ({ hiddenUnits, learningRate }, { seed }) => {
      const noise = createRng(seed).uniform();
      const error = 1 / hiddenUnits + (Math.log10(learningRate) + 2) ** 2 / 50 + noise / 30;
      return [error, hiddenUnits * (1 + noise)];
    },
    { trials: 80 }
  );
  const labels = { 'value[0]': 'dev error', 'value[1]': 'milliseconds' };
  return figures.paretoFront(search, { labels });
}
