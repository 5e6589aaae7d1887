/** One running request to execute: whom its output belongs to, and how it is stopped. */
import { inspect } from 'node:util';
import { Interrupted } from './traceback';
import type { Header, Message } from './wire';

/** A cell that has been asked to stop may still finish in order within this time. */
const GRACE_MS = 100;

export class Cell {
  readonly #controller = new AbortController();
  readonly #displays = new Set<Promise<void>>();
  #reject!: (error: Interrupted) => void;
  #wasInterrupted = false;
  #abandoned = false;

  /** Rejects when the cell must not be waited for any longer. */
  readonly interruption = new Promise<never>((_, reject) => {
    this.#reject = reject;
  });

  constructor(private readonly request: Pick<Message, 'header' | 'identities' | 'content'>) {
    // Nobody may be waiting when it rejects.
    this.interruption.catch(() => undefined);
  }

  /** What its output names as its origin. */
  get parent(): Header {
    return this.request.header;
  }

  /** Where questions to its reader go. */
  get identities(): readonly Uint8Array[] {
    return this.request.identities;
  }

  /** Whether its front end can answer questions; so it is unless the request denies it. */
  get allowsInput(): boolean {
    return this.request.content.allow_stdin !== false;
  }

  /** Keeps what a printed resource of Node shows of its cell short. */
  [inspect.custom](): string {
    return '[cell]';
  }

  /** Aborted when the cell is interrupted. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get wasInterrupted(): boolean {
    return this.#wasInterrupted;
  }

  /** Whether its work may still go on in the background while nobody waits for it. */
  get abandoned(): boolean {
    return this.#abandoned;
  }

  /**
   * Asks the cell to stop. What obeys `signal` ends by itself and keeps its results; what does not
   * is no longer waited for after a moment, or at once when V8 has terminated it.
   */
  interrupt(terminated: boolean): void {
    this.#wasInterrupted = true;
    this.#controller.abort();
    const giveUp = (): void => {
      this.#abandoned = true;
      this.#reject(new Interrupted());
    };
    if (terminated) {
      giveUp();
    } else {
      setTimeout(giveUp, GRACE_MS);
    }
  }

  /** Holds the cell's idle back until the function it returns is called. */
  hold(): () => void {
    let settle!: () => void;
    const display = new Promise<void>(resolve => {
      settle = resolve;
    });
    this.#displays.add(display);
    return () => {
      this.#displays.delete(display);
      settle();
    };
  }

  /** Settles when no display is pending, also none that another one began. */
  async displaysSent(): Promise<void> {
    while (this.#displays.size > 0) {
      await Promise.all(this.#displays);
    }
  }
}
