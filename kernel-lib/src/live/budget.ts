import { now } from '../host';

/**
 * How much of the time may go into telling others. Whoever shares a thread with what is told must not slow it: after
 * work of a millisecond, with a share of 0.02, nothing is told for 50.
 */
export class Budget {
  #free = 0;

  /** @param share of the time, above 0 and at most 1 */
  constructor(readonly share: number) {}

  /** Milliseconds until there is time again. */
  wait(): number {
    return Math.max(0, this.#free - now());
  }

  /** Does some work, which uses up time. */
  spend<T>(work: () => T): T {
    const began = now();
    try {
      return work();
    } finally {
      const ended = now();
      this.#free = ended + (ended - began) * (1 / this.share - 1);
    }
  }
}
