import { figures, scales } from 'tunelab';
import type { Figure } from 'tunelab';

export const title = 'What a linear scale samples';

export async function example(): Promise<Figure> {
  return figures.scale(scales.linear(1e-4, 1), { label: 'learning rate α', samples: 4000 });
}
