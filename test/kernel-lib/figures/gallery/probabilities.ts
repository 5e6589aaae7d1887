import { figures, softmax } from 'tunelab';
import type { Figure } from 'tunelab';

export const title = 'Softmax at several temperatures';

export async function example(): Promise<Figure> {
  // The lecture's scores of four classes.
  const z = [5, 2, -1, 3];
  return figures.probabilities(softmax(z), {
    temperatures: [0.5, 1, 4],
    classNames: ['other', 'cat', 'dog', 'chick']
  });
}
