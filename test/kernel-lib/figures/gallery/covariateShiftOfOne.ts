import { createRng, figures } from 'tunelab';
import type { Figure } from 'tunelab';

export const title = 'Covariate shift of one feature';

export async function example(): Promise<Figure> {
  const rng = createRng(1);
  const age = (mean: number, rows: number) =>
    Float64Array.from({ length: rows }, () => mean + 9 * rng.normal());
  return figures.covariateShift(
    { 'training set': age(38, 1500), 'this month': age(44, 600) },
    { title: 'Patients are older than those learned from', xLabel: 'age in years' }
  );
}
