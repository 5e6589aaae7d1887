import { batchNorm, createRng, figures } from 'tunelab';
import type { Figure } from 'tunelab';

export const title = 'Before and after batch norm';

export async function example(): Promise<Figure> {
  const rng = createRng(1);
  const z = Float64Array.from({ length: 2000 }, () => 3 + 2.5 * rng.normal());
  return figures.batchNorm({
    z,
    zNorm: batchNorm(z),
    zTilde: batchNorm(z, { gamma: 1.5, beta: -1 })
  });
}
