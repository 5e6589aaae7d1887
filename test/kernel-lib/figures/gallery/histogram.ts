import { createRng, figures, scales } from 'tunelab';
import type { Figure } from 'tunelab';

export const title = 'Histogram: log axes of values and of counts';

export async function example(): Promise<Figure> {
  const rng = createRng(1);
  const gradients = Float64Array.from({ length: 4000 }, () => 1e-3 * Math.exp(1.6 * rng.normal()));
  return figures.histogram(gradients, {
    axis: scales.log(1e-6, 1).axis('size of a gradient'),
    logY: true,
    title: 'Gradients of the first layer'
  });
}
