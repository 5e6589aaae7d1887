import { figures, samplers, scales, study, type Figure } from 'tunelab';

export const title = 'Empirical distribution of the values of two searches';

export async function example(): Promise<Figure> {
  const search = async (sampler: ReturnType<typeof samplers.random>) => {
    const one = study({
      space: { learningRate: scales.log(1e-4, 1), dropout: scales.linear(0, 0.5) },
      sampler,
      seed: 1
    });
    await one.optimize(
      ({ learningRate, dropout }) =>
        0.03 + 0.05 * Math.log10(learningRate / 0.01) ** 2 + 0.1 * (dropout - 0.2) ** 2,
      { trials: 60 }
    );
    return one;
  };
  return figures.distribution(
    { random: await search(samplers.random()), TPE: await search(samplers.tpe()) },
    { labels: { value: 'dev error' }, title: 'Dev error of random search and TPE' }
  );
}
