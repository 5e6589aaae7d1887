import { figures, samplers, scales, study, type Figure } from 'tunelab';

export const title = 'The trials as a table, the best first';

export async function example(): Promise<Figure> {
  const search = study({
    name: 'Random search',
    space: {
      learningRate: scales.log(1e-4, 1),
      beta: scales.oneMinusLog(0.9, 0.999),
      hiddenUnits: scales.integer(4, 64),
      activation: scales.choice(['relu', 'tanh', 'sigmoid'])
    },
    sampler: samplers.random(),
    seed: 3
  });
  await search.optimize(
    ({ learningRate, beta, hiddenUnits, activation }) => {
      if (learningRate > 0.6) throw new Error('loss is NaN at step 12');
      const rate = (Math.log10(learningRate) + 1.6) ** 2;
      const momentum = (Math.log10(1 - beta) + 2) ** 2;
      const units = Math.abs(hiddenUnits - 40) / 40;
      return (
        0.03 + 0.09 * rate + 0.03 * momentum + 0.02 * units + (activation === 'sigmoid' ? 0.04 : 0)
      );
    },
    { trials: 40 }
  );
  return figures.trialTable(search, {
    names: ['number', 'state', 'value', 'learningRate', 'beta', 'hiddenUnits', 'activation'],
    labels: { value: 'dev error' }
  });
}
