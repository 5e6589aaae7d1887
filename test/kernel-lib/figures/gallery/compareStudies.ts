import { figures, samplers, scales, study, type Figure } from 'tunelab';

export const title = 'Best so far of three samplers, each with five seeds';

export async function example(): Promise<Figure> {
  const searches = (create: () => ReturnType<typeof samplers.random>) =>
    Promise.all(
      [1, 2, 3, 4, 5].map(async seed => {
        const one = study({
          space: { learningRate: scales.log(1e-4, 1), dropout: scales.linear(0, 0.5) },
          sampler: create(),
          seed
        });
        await one.optimize(
          ({ learningRate, dropout }) =>
            0.01 + Math.log10(learningRate / 0.02) ** 2 + 4 * (dropout - 0.2) ** 2,
          { trials: 40 }
        );
        return one;
      })
    );
  return figures.compareStudies(
    {
      random: await searches(() => samplers.random()),
      Sobol: await searches(() => samplers.sobol()),
      TPE: await searches(() => samplers.tpe())
    },
    { logY: true, labels: { value: 'dev error' }, title: 'Best dev error so far, five seeds each' }
  );
}
