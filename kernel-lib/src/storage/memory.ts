import { decode } from './journal/decode';
import { encode } from './journal/encode';
import type { Operation, StoredOperation } from './operation';
import type { StudyStorage } from './storage';

let count = 0;
const closed = new Set<string>();

/** Operations that several storages of this process share. */
export type Place = StoredOperation[];

/** A storage in memory, for studies that were read from elsewhere: gone with the process. */
export class MemoryStorage implements StudyStorage {
  readonly workerId = `memory-${count++}`;
  readonly #place: Place;
  #read = 0;

  constructor(
    readonly name: string,
    place: Place = []
  ) {
    this.#place = place;
  }

  async sync(): Promise<readonly StoredOperation[]> {
    this.#checkOpen();
    return this.#news();
  }

  async append(operations: readonly Operation[]): Promise<readonly StoredOperation[]> {
    this.#checkOpen();
    this.#write(operations);
    return this.#news();
  }

  async transact(
    decide: (news: readonly StoredOperation[]) => readonly Operation[]
  ): Promise<readonly StoredOperation[]> {
    this.#checkOpen();
    this.#write(decide(this.#news()));
    return this.#news();
  }

  isDead(workerId: string): boolean {
    return closed.has(workerId);
  }

  async close(): Promise<void> {
    closed.add(this.workerId);
  }

  /** Puts in what was read elsewhere. */
  fill(operations: readonly Operation[]): void {
    this.#write(operations);
  }

  /** Through a line of a journal and back: what is kept is a copy, and the same as in a file. */
  #write(operations: readonly Operation[]): void {
    const worker = JSON.stringify(this.workerId);
    const lines = operations.map(operation => encode(operation, worker));
    lines.forEach(line => this.#place.push(...decode(line).operations));
  }

  #news(): StoredOperation[] {
    const news = this.#place.slice(this.#read);
    this.#read = this.#place.length;
    return news;
  }

  #checkOpen(): void {
    if (closed.has(this.workerId)) {
      throw new Error(`${this.name}: the storage must be open, but it was closed.\nRead it again.`);
    }
  }
}
