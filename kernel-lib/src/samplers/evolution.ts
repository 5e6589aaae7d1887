import { symmetricEigen } from '../numeric/eigen';
import type { Rng } from '../numeric/rng';

/** Rates and weights of CMA-ES for a dimension and a population, as in Hansen's tutorial. */
function parametersOf(n: number, population: number) {
  const raw = Array.from(
    { length: population },
    (_, i) => Math.log((population + 1) / 2) - Math.log(i + 1)
  );
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
  const effective = (values: number[]) => sum(values) ** 2 / sum(values.map(w => w * w));
  const parents = Math.floor(population / 2);
  const mu = effective(raw.slice(0, parents));
  const muNegative = effective(raw.slice(parents));
  const c1 = 2 / ((n + 1.3) ** 2 + mu);
  const cMu = Math.min(1 - c1, (2 * (mu - 2 + 1 / mu)) / ((n + 2) ** 2 + mu));
  const negative = Math.min(
    1 + c1 / cMu,
    1 + (2 * muNegative) / (mu + 2),
    (1 - c1 - cMu) / (n * cMu)
  );
  const positiveSum = sum(raw.filter(w => w > 0));
  const negativeSum = -sum(raw.filter(w => w < 0));
  const weights = raw.map(w => (w >= 0 ? w / positiveSum : (negative * w) / negativeSum));
  const cSigma = (mu + 2) / (n + mu + 5);
  return {
    weights,
    mu,
    c1,
    cMu,
    cSigma,
    damping: 1 + 2 * Math.max(0, Math.sqrt((mu - 1) / (n + 1)) - 1) + cSigma,
    cC: (4 + mu / n) / (n + 4 + (2 * mu) / n),
    // Expected length of a normal vector.
    chi: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n))
  };
}

/** Whole numbers keep this part of a step as deviation, so that they never freeze. */
const MARGIN = 0.25;
const SMALLEST = 1e-12;
const WORST_CONDITION = 1e14;

/**
 * One run of CMA-ES in the unit cube: draws from a normal distribution N(mean, sigma^2 C), and moves and shapes
 * it by the better half of each generation. Learns from points alone, whoever drew them.
 *
 * @see Hansen 2016, "The CMA Evolution Strategy: A Tutorial", with negative weights; points drawn elsewhere:
 * Hansen 2011; whole numbers: after Hamano et al. 2022, CMA-ES with margin.
 */
export class Evolution {
  readonly #p;
  readonly #n: number;
  #sigma: number;
  #generation = 0;
  #c: Float64Array;
  // C = B D^2 B^T; the axes B are columns.
  #b: Float64Array;
  #d: Float64Array;
  readonly #pathSigma: Float64Array;
  readonly #pathC: Float64Array;
  /** How much wider than N(mean, sigma^2 C) whole numbers are drawn. */
  readonly #widen: Float64Array;

  /**
   * @param mean where to begin; changed in place
   * @param sigma deviation at the beginning, as a share of the scales
   * @param sizes how many values each dimension has, `Infinity` on a continuous one
   */
  constructor(
    readonly mean: Float64Array,
    sigma: number,
    readonly population: number,
    readonly sizes: readonly number[]
  ) {
    const n = (this.#n = mean.length);
    this.#p = parametersOf(n, population);
    this.#sigma = sigma;
    this.#c = Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
    this.#b = this.#c.slice();
    this.#d = new Float64Array(n).fill(1);
    this.#pathSigma = new Float64Array(n);
    this.#pathC = new Float64Array(n);
    this.#widen = new Float64Array(n).fill(1);
    this.#keepMargin();
  }

  /**
   * A draw; one outside of the cube is drawn again, and in the end set on its border.
   * @param first independent normal numbers for the first attempt, one for each dimension
   */
  sample(rng: Rng, first: ArrayLike<number>): number[] {
    const n = this.#n;
    const x = new Array<number>(n);
    const z = new Float64Array(n);
    for (let attempt = 0; attempt <= 10 * n; attempt++) {
      for (let k = 0; k < n; k++) {
        z[k] = this.#d[k] * (attempt === 0 ? first[k] : rng.normal());
      }
      let inside = true;
      for (let i = 0; i < n; i++) {
        let y = 0;
        for (let k = 0; k < n; k++) {
          y += this.#b[i * n + k] * z[k];
        }
        x[i] = this.mean[i] + this.#sigma * this.#widen[i] * y;
        inside &&= x[i] >= 0 && x[i] <= 1;
      }
      if (inside) {
        return x;
      }
    }
    return x.map(u => Math.min(1, Math.max(0, u)));
  }

  /**
   * Learns from a generation.
   * @param points `population` points, the best first
   */
  update(points: readonly ArrayLike<number>[]): void {
    const n = this.#n;
    const { weights, mu, cSigma, damping, chi } = this.#p;
    const steps = points.map(x => this.#step(x));
    const mean = new Float64Array(n);
    const whitened = new Float64Array(n);
    steps.forEach(({ y, z }, k) => {
      if (weights[k] > 0) {
        for (let i = 0; i < n; i++) {
          mean[i] += weights[k] * y[i];
          whitened[i] += weights[k] * z[i];
        }
      }
    });
    this.#generation++;
    for (let i = 0; i < n; i++) {
      this.mean[i] += this.#sigma * this.#widen[i] * mean[i];
      this.#pathSigma[i] =
        (1 - cSigma) * this.#pathSigma[i] + Math.sqrt(cSigma * (2 - cSigma) * mu) * whitened[i];
    }
    const length = Math.hypot(...this.#pathSigma);
    this.#shape(mean, steps, length);
    this.#sigma *= Math.exp(Math.min(1, (cSigma / damping) * (length / chi - 1)));
    // A spread beyond the cube finds nothing there.
    this.#sigma = Math.min(this.#sigma, 1 / Math.max(...this.#d));
    this.#keepMargin();
  }

  /** Where a point lies from the mean: y in units of sigma, z with C taken out as well. */
  whiten(x: ArrayLike<number>): { y: Float64Array; z: Float64Array } {
    const n = this.#n;
    const y = this.mean.map((m, i) => (x[i] - m) / (this.#sigma * this.#widen[i]));
    const z = new Float64Array(n);
    for (let k = 0; k < n; k++) {
      let along = 0;
      for (let i = 0; i < n; i++) {
        along += this.#b[i * n + k] * y[i];
      }
      along /= this.#d[k];
      for (let i = 0; i < n; i++) {
        z[i] += this.#b[i * n + k] * along;
      }
    }
    return { y, z };
  }

  /** The point that lies at z from the mean, wherever that is: the inverse of `whiten`. */
  pointAt(z: ArrayLike<number>): Float64Array {
    const n = this.#n;
    const along = new Float64Array(n);
    for (let k = 0; k < n; k++) {
      for (let i = 0; i < n; i++) {
        along[k] += this.#b[i * n + k] * z[i];
      }
      along[k] *= this.#d[k];
    }
    return this.mean.map((m, i) => {
      let y = 0;
      for (let k = 0; k < n; k++) {
        y += this.#b[i * n + k] * along[k];
      }
      return m + this.#sigma * this.#widen[i] * y;
    });
  }

  /** The same, and its length, no longer than a draw could be. */
  #step(x: ArrayLike<number>): { y: Float64Array; z: Float64Array; length: number } {
    const n = this.#n;
    const { y, z } = this.whiten(x);
    const length = Math.hypot(...z);
    // Points drawn by another distribution, or asked for long ago, may lie far away: they must not take over.
    const shorten = Math.min(1, (Math.sqrt(n) + 3) / length);
    return shorten === 1 || length === 0
      ? { y, z, length }
      : { y: y.map(v => v * shorten), z: z.map(v => v * shorten), length: length * shorten };
  }

  #shape(
    mean: Float64Array,
    steps: readonly { y: Float64Array; length: number }[],
    length: number
  ): void {
    const n = this.#n;
    const { weights, mu, c1, cMu, cC, cSigma, chi } = this.#p;
    const settled = Math.sqrt(1 - (1 - cSigma) ** (2 * this.#generation));
    const moves = length / settled < (1.4 + 2 / (n + 1)) * chi;
    for (let i = 0; i < n; i++) {
      this.#pathC[i] *= 1 - cC;
      this.#pathC[i] += moves ? Math.sqrt(cC * (2 - cC) * mu) * mean[i] : 0;
    }
    // Bad points shrink C only as far as points of the expected length would.
    const shares = steps.map((step, k) =>
      weights[k] >= 0 ? weights[k] : (weights[k] * n) / (step.length ** 2 + 1e-8)
    );
    const total = weights.reduce((a, b) => a + b, 0);
    const keep = 1 - c1 - cMu * total + (moves ? 0 : c1 * cC * (2 - cC));
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let learned = 0;
        for (let k = 0; k < steps.length; k++) {
          learned += shares[k] * steps[k].y[i] * steps[k].y[j];
        }
        const value =
          keep * this.#c[i * n + j] + c1 * this.#pathC[i] * this.#pathC[j] + cMu * learned;
        this.#c[i * n + j] = value;
        this.#c[j * n + i] = value;
      }
    }
    const { values, vectors } = symmetricEigen(this.#c, n);
    this.#d = values.map(value => Math.sqrt(Math.max(value, 1e-20)));
    this.#b = vectors;
  }

  #keepMargin(): void {
    this.sizes.forEach((size, i) => {
      if (size < Infinity) {
        const deviation = this.#sigma * Math.sqrt(this.#c[i * this.#n + i]);
        this.#widen[i] = Math.max(1, MARGIN / size / deviation);
      }
    });
  }

  /** Whether this run has nothing more to find: it has shrunk to a point, or is stretched beyond numbers. */
  get ended(): boolean {
    const longest = Math.max(...this.#d);
    const shortest = Math.min(...this.#d);
    const continuous = this.sizes.some(size => size === Infinity);
    return (
      (continuous && this.#sigma * longest < SMALLEST) ||
      (longest / shortest) ** 2 > WORST_CONDITION ||
      this.#sigma < 1e-100
    );
  }
}
