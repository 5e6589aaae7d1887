import { timers } from '../host';
import type { Operation, StoredOperation } from '../storage/operation';
import type { StudyStorage } from '../storage/storage';
import { Replay } from './replay';

/** Milliseconds after which a report is written, unless something else is written before. */
const DELAY = 200;

/**
 * A storage and what it holds, shared by all studies of this process that are kept in it: it answers each operation
 * once. One request follows the other, so that answers are folded in their order.
 */
export class SharedReplay {
  readonly replay: Replay;
  #last: Promise<unknown> = Promise.resolve();
  /** Reports that are yet to be written. */
  #pending: Operation[] = [];
  #scheduled = false;

  constructor(readonly storage: StudyStorage) {
    this.replay = new Replay(storage.workerId);
  }

  /** Takes up what others wrote. */
  refresh(): Promise<void> {
    return this.#after(async () => this.replay.fold(await this.storage.sync()));
  }

  /**
   * Writes what `decide` answers, once everything that was written is taken up, with nobody writing in between.
   * Reports that wait go along.
   * @param durable whether it must outlive a power failure
   */
  transact(decide: () => readonly Operation[], durable = true): Promise<void> {
    return this.#after(async () => {
      let sent: Operation[] = [];
      let written: readonly StoredOperation[];
      try {
        written = await this.storage.transact(
          news => {
            this.replay.fold(news);
            const decided = decide();
            sent = this.#pending;
            this.#pending = [];
            return sent.length > 0 ? [...sent, ...decided] : decided;
          },
          { durable, meanwhile: news => this.replay.fold(news) }
        );
      } catch (error) {
        this.#pending = [...sent, ...this.#pending];
        throw error;
      }
      this.replay.fold(written);
    });
  }

  /** Writes an operation soon, with others. If it cannot be written, it goes along with the next. */
  writeSoon(operation: Operation): void {
    this.#pending.push(operation);
    if (!this.#scheduled) {
      this.#scheduled = true;
      timers().setTimeout(() => {
        this.#scheduled = false;
        this.flush().catch(() => undefined);
      }, DELAY);
    }
  }

  /** Writes what waits. */
  async flush(): Promise<void> {
    if (this.#pending.length > 0) {
      await this.transact(() => [], false);
    }
  }

  #after<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

const known = new WeakMap<StudyStorage, SharedReplay>();

/** What a storage holds; the same for all who ask. */
export function sharedReplay(storage: StudyStorage): SharedReplay {
  let shared = known.get(storage);
  if (!shared) {
    shared = new SharedReplay(storage);
    known.set(storage, shared);
  }
  return shared;
}
