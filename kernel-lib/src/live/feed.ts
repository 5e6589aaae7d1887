import { now, timers, type Timer } from '../host';
import { differenceOf, type Followed } from './difference';
import { Packer } from './pack';
import { MOST_UNACKNOWLEDGED, RATES } from './protocol';
import type { FromKernel } from './protocol';
import type { LiveEntry } from './registry';

export type SendUpdate = (message: FromKernel, buffers: Uint8Array[]) => void;

/** The updates of one figure for one page: no more than it can draw, and no queue. */
export class Feed {
  /** Number of the last update that was sent. */
  seq = 0;
  #acknowledged = 0;
  /** What the page has or will have, by number: the last one that it acknowledged, and those after it. */
  readonly #sent = new Map<number, Followed>();
  /** What the page holds that the next change builds on; 0 for nothing. */
  #base = 0;
  #interval: number;
  #lastSent = -Infinity;
  #timer: Timer | undefined;

  constructor(
    readonly entry: LiveEntry,
    private readonly send: SendUpdate,
    rate: number
  ) {
    this.#interval = 1000 / rate;
  }

  /** The page asks for updates, for the first time or because it missed some. */
  open(have: number | undefined, rate: number): void {
    this.#interval = 1000 / rate;
    this.#base = have !== undefined && this.#sent.has(have) ? have : 0;
    this.#acknowledged = this.seq;
    for (const seq of this.#sent.keys()) {
      if (seq !== this.#base) {
        this.#sent.delete(seq);
      }
    }
    this.#plan();
  }

  acknowledge(seq: number): void {
    if (seq <= this.#acknowledged || seq > this.seq) {
      return;
    }
    this.#acknowledged = seq;
    for (const old of this.#sent.keys()) {
      if (old < seq) {
        this.#sent.delete(old);
      }
    }
    this.#plan();
  }

  close(): void {
    timers().clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sent.clear();
  }

  /** Sends what is new, whatever was acknowledged: nothing follows. */
  finish(): void {
    this.#update();
    this.close();
  }

  /** Whether the page has as many updates under way as it may. */
  get #stalled(): boolean {
    return this.seq - this.#acknowledged >= MOST_UNACKNOWLEDGED;
  }

  #plan(): void {
    if (this.#timer !== undefined || this.#stalled || !this.entry.follows) {
      return;
    }
    const wait = Math.max(this.#lastSent + this.#interval - now(), this.entry.budget.wait(), 0);
    this.#timer = timers().setTimeout(() => {
      this.#timer = undefined;
      // Figures that share a budget come by turns: somebody else may have used it meanwhile.
      if (this.entry.budget.wait() <= 0) {
        this.#lastSent = now();
        this.#update();
      }
      this.#plan();
    }, wait);
    this.#timer.unref?.();
  }

  #update(): void {
    const { entry } = this;
    const before = this.#sent.get(this.#base);
    const { id } = entry;
    const made = entry.budget.spend(() => this.#make(before));
    if (!made) {
      return;
    }
    const { payload, message, buffers } = made;
    const seq = ++this.seq;
    this.#base = seq;
    this.#sent.set(seq, payload);
    this.send({ type: 'update', id, seq, ...message } as FromKernel, buffers);
  }

  #make(before: Followed | undefined) {
    // Its own `live` says nothing that a page does not know, and is not part of what changes.
    const payload: Followed = this.entry.payload();
    if (payload === before) {
      return undefined;
    }
    const packer = new Packer();
    const change = before && differenceOf(before, payload, packer);
    if (!change) {
      const whole = new Packer();
      return { payload, message: { payload: whole.payload(payload) }, buffers: whole.buffers };
    }
    if (Object.keys(change).length === 0) {
      return undefined;
    }
    return { payload, message: { base: this.#base, change }, buffers: packer.buffers };
  }
}

/** Updates a second that a page may have. */
export function readRate(rate: unknown): number {
  return typeof rate === 'number' && Number.isFinite(rate)
    ? Math.min(RATES.most, Math.max(RATES.least, rate))
    : RATES.most;
}
