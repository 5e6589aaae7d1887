import { figures, samplers, scales, study, type Figure } from 'tunelab';

export const title = 'Ranks: a loss that has run away takes one colour, not all';

export async function example(): Promise<Figure> {
  const search = study({
    name: 'Without momentum',
    space: { learningRate: scales.log(1e-4, 1), l2: scales.log(1e-5, 1e-1) },
    sampler: samplers.random(),
    seed: 5
  });
  await search.optimize(
    ({ learningRate, l2 }) =>
      10 ** ((Math.log10(learningRate) + 2) ** 2 + 0.3 * (Math.log10(l2) + 3) ** 2),
    { trials: 60 }
  );
  return figures.rank(search, { names: ['learningRate', 'l2'], labels: { value: 'loss' } });
}
