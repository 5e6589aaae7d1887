import { now, timers, type Timer } from '../../host';
import type { Operation } from '../operation';

/**
 * Lets others know that a process with running trials lives: when it has written nothing for a while, it writes an
 * attribute. Whatever it writes otherwise says the same.
 */
export class Heartbeat {
  readonly #every: number;
  readonly #beat: (operation: Operation) => void;
  #running = 0;
  #last = 0;
  #timer: Timer | undefined;

  constructor(every: number, beat: (operation: Operation) => void) {
    this.#every = every;
    this.#beat = beat;
  }

  /** Takes note of what this process has written: trials that it began, and trials that it ended. */
  wrote(operations: readonly Operation[]): void {
    this.#last = now();
    for (const operation of operations) {
      if (operation.op === 'createTrial') {
        this.#running += (operation.template?.state ?? 'running') === 'running' ? 1 : 0;
      } else if (operation.op === 'state') {
        this.#running = Math.max(0, this.#running + (operation.state === 'running' ? 1 : -1));
      }
    }
    if (this.#running === 0) {
      this.stop();
    } else if (!this.#timer) {
      this.#timer = timers().setInterval(() => this.#tick(), this.#every / 2);
      // It keeps no program from ending.
      this.#timer.unref?.();
    }
  }

  stop(): void {
    if (this.#timer) {
      timers().clearInterval(this.#timer);
      this.#timer = undefined;
    }
  }

  #tick(): void {
    if (now() - this.#last >= this.#every / 2) {
      this.#beat({
        op: 'studySystemAttribute',
        study: 0,
        key: 'tunelab:heartbeat',
        value: Date.now()
      });
    }
  }
}
