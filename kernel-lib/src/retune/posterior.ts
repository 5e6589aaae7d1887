import { createRng, type Rng } from '../numeric/rng';

const DRAWS = 4_000;

/** The losses of a few configurations, each tried some times, with a noise that is the same for all. */
export interface Posterior {
  /** Mean loss of each. */
  means: number[];
  /** Deviation of a single try. */
  noise: number;
  /** Draws of the true losses, one array for each draw. */
  draws: Float64Array[];
}

/**
 * What is known of the true losses after some tries of each: with normal noise of one deviation for all and nothing
 * known before, sigma^2 is (sum of squares) / chi^2 and each loss normal around its mean, with sigma / sqrt(tries).
 *
 * @param losses of each configuration, one at least; several of one at least
 * @see Gelman et al. 2013, "Bayesian Data Analysis", section 3.2.
 */
export function posterior(losses: readonly (readonly number[])[], seed: number): Posterior {
  // Without noise there is none: a third of three times a number may be another.
  const means = losses.map(each =>
    each.every(loss => loss === each[0])
      ? each[0]
      : each.reduce((sum, loss) => sum + loss) / each.length
  );
  const squares = losses.flatMap((each, i) => each.map(loss => (loss - means[i]) ** 2));
  const sum = squares.reduce((a, b) => a + b, 0);
  const freedom = squares.length - losses.length;
  const rng = createRng(seed);
  const draws = Array.from({ length: DRAWS }, () => {
    const sigma = Math.sqrt(sum / chiSquare(rng, freedom));
    return Float64Array.from(means, (mean, i) => mean + (sigma / Math.sqrt(losses[i].length)) * rng.normal()); // prettier-ignore
  });
  return { means, noise: Math.sqrt(sum / freedom), draws };
}

function chiSquare(rng: Rng, freedom: number): number {
  let sum = 0;
  for (let i = 0; i < freedom; i++) {
    sum += rng.normal() ** 2;
  }
  return sum;
}
