import { datasets, figures } from 'tunelab';
import type { Figure } from 'tunelab';

export const title = 'Covariate shift: the most shifted features';

export async function example(): Promise<Figure> {
  const { train, test } = datasets.digits();
  const shifted = datasets.shift(test, { rotation: 30, noise: 0.05, seed: 1 });
  return figures.covariateShift({ train, shifted }, { title: 'Digits turned by 30 degrees' });
}
