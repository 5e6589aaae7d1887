import { now, timers, type Timer } from '../host';
import { listNow } from './listing';
import { LIST_ID, type FromKernel } from './protocol';

/** Milliseconds between two lists, and between two looks at what a list would say. */
const INTERVAL = 1000;

/** The list for one page: each time that it asks, it is told once, as soon as the list is another than it has. */
export class ListFeed {
  #seq = 0;
  #sent = '';
  #lastSent = -Infinity;
  #timer: Timer | undefined;

  constructor(private readonly send: (message: FromKernel) => void) {}

  /** @param have number of the list that the page has */
  open(have: unknown): void {
    if (have !== this.#seq) {
      this.#sent = '';
    }
    this.#plan(this.#lastSent + INTERVAL - now());
  }

  close(): void {
    timers().clearTimeout(this.#timer);
  }

  #plan(wait: number): void {
    timers().clearTimeout(this.#timer);
    this.#timer = timers().setTimeout(() => this.#look(), Math.max(0, wait));
    this.#timer.unref?.();
  }

  #look(): void {
    const subjects = listNow();
    const text = JSON.stringify(subjects);
    if (text === this.#sent) {
      this.#plan(INTERVAL);
      return;
    }
    this.#sent = text;
    this.#lastSent = now();
    this.send({ type: 'list', id: LIST_ID, seq: ++this.#seq, subjects });
  }
}
