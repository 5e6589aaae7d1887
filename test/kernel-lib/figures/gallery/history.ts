import { figures, pruners, samplers, scales, study, type Figure } from 'tunelab';

export const title = 'History of a search: values and the best so far';

export async function example(): Promise<Figure> {
  const search = study({
    name: 'Learning rate and beta',
    space: { learningRate: scales.log(1e-3, 1), beta: scales.oneMinusLog(0.5, 0.99) },
    sampler: samplers.random(),
    pruner: pruners.median({ startupTrials: 8 }),
    seed: 7
  });
  await search.optimize(
    ({ learningRate, beta }, { report }) => {
      let [w, v] = [1, 0];
      for (let step = 0; step < 20; step++) {
        v = beta * v + (1 - beta) * w;
        w -= learningRate * v;
        report(step, w * w);
      }
      return w * w + 0.01;
    },
    { trials: 60 }
  );
  return figures.history(search, {
    scales: { value: 'log' },
    labels: { value: 'dev error', number: 'trial' }
  });
}
