import type { Rng } from '../numeric/rng';

const RATE = 0.2;

/**
 * What CMA-ES is for numbers, for a choice: how often each value is drawn, moved toward the values of the better
 * trials. A small part is always drawn evenly, so that no value is lost.
 */
export class Frequencies {
  readonly #shares: Float64Array;

  /** @param even which part of the draws is even */
  constructor(
    readonly size: number,
    readonly even: number
  ) {
    this.#shares = new Float64Array(size).fill(1 / size);
  }

  /** Index of a value. */
  sample(rng: Rng): number {
    if (rng.uniform() < this.even) {
      return rng.integer(this.size);
    }
    let rest = rng.uniform();
    for (let index = 0; index < this.size - 1; index++) {
      rest -= this.#shares[index];
      if (rest < 0) {
        return index;
      }
    }
    return this.size - 1;
  }

  /** @param indices values of those of a generation that have any, the best first */
  update(indices: readonly number[]): void {
    if (indices.length === 0) {
      return;
    }
    const better = indices.slice(0, Math.ceil(indices.length / 2));
    for (let index = 0; index < this.size; index++) {
      this.#shares[index] *= 1 - RATE;
    }
    better.forEach(index => (this.#shares[index] += RATE / better.length));
  }
}
