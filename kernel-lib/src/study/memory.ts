import { hashSeed } from '../numeric/rng';
import type { Trial } from '../trials/trial';
import type { Book } from './book';
import type { Beginning, Entry, Ledger, Notes } from './ledger';
import type { Ending } from './objective';

/** Shared by all records that have none, as most do. */
const NONE = Object.freeze([]) as readonly [];
const EMPTY = Object.freeze({});

/** A study that lives in memory, and ends with the process. */
export class MemoryLedger<Config> implements Ledger<Config> {
  readonly #book: Book<Config>;
  readonly #seed: number;

  constructor(book: Book<Config>, seed: number) {
    this.#book = book;
    this.#seed = seed;
  }

  async refresh(): Promise<void> {}

  async begin(decide: () => Beginning<Config> | undefined): Promise<Trial<Config> | undefined> {
    const book = this.#book;
    const beginning = decide();
    if (!beginning) {
      return undefined;
    }
    const { number, config, place } = beginning;
    if (place === undefined) {
      book.foreign++;
    } else {
      book.place = place + 1;
    }
    const waiting = book.trials[number];
    return book.put(
      waiting
        ? { ...waiting, state: 'running', config, started: Date.now() }
        : {
            number,
            state: 'running',
            config,
            value: null,
            reports: NONE,
            attributes: EMPTY,
            seed: hashSeed(this.#seed, number),
            started: Date.now(),
            ended: null
          }
    );
  }

  async finish(number: number, ending: Ending): Promise<Trial<Config>> {
    const book = this.#book;
    const running = book.trials[number];
    const attributes =
      running.attributes === EMPTY
        ? (ending.attributes ?? EMPTY)
        : { ...running.attributes, ...ending.attributes };
    return book.put({ ...running, ...ending, attributes, ended: book.now() });
  }

  report(number: number, step: number, value: number): Trial<Config> {
    const running = this.#book.trials[number];
    const entry = Object.freeze([step, value] as const);
    return this.#book.put({ ...running, reports: [...running.reports, entry] });
  }

  async enter(entries: readonly Entry<Config>[]): Promise<Trial<Config>[]> {
    const book = this.#book;
    return entries.map(entry => {
      const number = book.trials.length;
      const { retryOf, state } = entry;
      book.foreign += state === 'waiting' ? 0 : 1;
      return book.put({
        value: null,
        reports: NONE,
        attributes: EMPTY,
        ...entry,
        number,
        seed: retryOf === undefined ? hashSeed(this.#seed, number) : book.trials[retryOf].seed,
        started: Date.now(),
        ended: state === 'waiting' ? null : book.now()
      });
    });
  }

  async annotate(number: number | undefined, notes: Notes): Promise<void> {
    const book = this.#book;
    if (number === undefined) {
      book.notes = annotated(book.notes, notes);
    } else {
      book.put(annotated(book.trials[number], notes));
    }
  }

  async close(): Promise<void> {}
}

/** The same with notes added. */
export function annotated<T extends { readonly attributes: Readonly<Record<string, unknown>> }>(
  noted: T,
  { attributes, note, tags }: Notes
): T {
  return {
    ...noted,
    ...(attributes && { attributes: Object.freeze({ ...noted.attributes, ...attributes }) }),
    ...(note !== undefined && { note: note === '' ? undefined : note }),
    ...(tags && { tags: Object.freeze([...tags]) })
  };
}
