import { figures } from 'tunelab';
import type { Figure } from 'tunelab';

export const title = 'Measured curves with bands: the best of n random trials';

export async function example(): Promise<Figure> {
  const x = [1, 2, 4, 8, 16, 32];
  // Of n uniform random numbers the largest is at most q with probability q^n.
  const quantile = (share: number) => x.map(n => share ** (1 / n));
  return figures.curves(
    { 'quartiles and median': { x, y: quantile(0.5), low: quantile(0.25), high: quantile(0.75) } },
    { x: 'trials', y: 'largest of n random numbers', logX: true }
  );
}
