import { show, typeError } from '../../errors';
import { now } from '../../host';
import type { Operation, StoredOperation } from '../operation';
import { HEARTBEAT, SILENCE, type StudyStorage } from '../storage';
import { damageMessage, type Damage } from './damage';
import { encode } from './encode';
import { JournalFile } from './file';
import { Heartbeat } from './heartbeat';
import { lifeOf, newIdentity, readWorkerId, retire, workerIdOf } from './identity';
import { PATIENCE, type Patience } from './lock';
import { written, type Entry } from './written';

/** Something to be done with the file, in its turn. */
interface Task {
  /** What to write; called once the lock is held if `exclusive`. */
  entries(): readonly Entry[];
  readonly exclusive: boolean;
  /** Takes what was read before the lock was held. */
  readonly meanwhile?: (news: readonly StoredOperation[]) => void;
  readonly durable: boolean;
  readonly writes: boolean;
  /** Nobody hears its answer: what would be in it belongs to the next one. */
  readonly unheard?: boolean;
  resolve(operations: readonly StoredOperation[]): void;
  reject(error: unknown): void;
}

/** A journal file of studies, in Optuna's format. Made by `journal(path)`. */
export class JournalStorage implements StudyStorage {
  readonly name: string;
  readonly workerId: string;
  readonly #identity = newIdentity();
  readonly #worker: string;
  readonly #file: JournalFile;
  readonly #damage: Damage[] = [];
  readonly #heard = new Map<string, number>();
  readonly #heartbeat = new Heartbeat(HEARTBEAT, beat => this.#writeAside(beat));
  #lastRead = now();
  #tasks: Task[] = [];
  #working: Promise<void> | undefined;
  /** Read, but not in any answer, because what was to be answered went wrong. */
  #unanswered: readonly StoredOperation[] = [];

  constructor(path: string, patience: Patience = PATIENCE) {
    this.name = path;
    this.workerId = workerIdOf(this.#identity);
    this.#worker = JSON.stringify(this.workerId);
    this.#file = new JournalFile(path, this.#identity, patience);
  }

  /** What could not be read, and where a copy of it is kept. */
  get damage(): readonly Damage[] {
    return [...this.#damage];
  }

  sync(): Promise<readonly StoredOperation[]> {
    return this.#do({ entries: () => [], exclusive: false, durable: false, writes: false });
  }

  /**
   * Writes operations behind whatever others wrote.
   * @throws Error if the file cannot be written: a full disk, a read-only folder, a lock that is held, no Node.
   */
  async append(
    operations: readonly Operation[],
    { durable = true }: { durable?: boolean } = {}
  ): Promise<readonly StoredOperation[]> {
    const entries = this.#encode(operations);
    return this.#do({ entries: () => entries, exclusive: false, durable, writes: true });
  }

  /**
   * Writes what `decide` answers to all that others wrote, with nobody writing in between.
   * @throws Error if the file cannot be written, as `append`; whatever `decide` throws.
   */
  transact(
    decide: (news: readonly StoredOperation[]) => readonly Operation[],
    {
      durable = true,
      meanwhile
    }: { durable?: boolean; meanwhile?: (news: readonly StoredOperation[]) => void } = {}
  ): Promise<readonly StoredOperation[]> {
    const entries = () => this.#encode(decide(this.#handOut()));
    return this.#do({ entries, exclusive: true, meanwhile, durable, writes: true });
  }

  /**
   * Whether a worker is known to have ended.
   * @throws Error where there is no Node.
   */
  isDead(workerId: string): boolean {
    const identity = readWorkerId(workerId);
    if (!identity || workerId === this.workerId) {
      return false;
    }
    const life = lifeOf(identity);
    const heard = this.#heard.get(workerId) ?? this.#lastRead;
    return life === 'ended' || (life === 'unknown' && this.#lastRead - heard > SILENCE);
  }

  async close(): Promise<void> {
    this.#heartbeat.stop();
    while (this.#working) {
      await this.#working;
    }
    this.#file.close();
    retire(this.#identity);
  }

  #encode(operations: readonly Operation[]): Entry[] {
    return operations.map(operation => ({ operation, line: encode(operation, this.#worker) }));
  }

  /** Writes an operation that nobody has asked for, as soon as may be. */
  #writeAside(operation: Operation): void {
    const entries = this.#encode([operation]);
    this.#do({
      entries: () => entries,
      exclusive: false,
      durable: false,
      writes: true,
      unheard: true
    })
      // The next one may succeed.
      .catch(() => undefined);
  }

  #do(task: Omit<Task, 'resolve' | 'reject'>): Promise<readonly StoredOperation[]> {
    return new Promise((resolve, reject) => {
      this.#tasks.push({ ...task, resolve, reject });
      this.#working ??= this.#work();
    });
  }

  async #work(): Promise<void> {
    // What is asked for in one go is written in one go.
    await Promise.resolve();
    while (this.#tasks.length > 0) {
      // As many as wait, in their order; a decision is taken alone.
      const alone = this.#tasks.findIndex(task => task.exclusive);
      const group = this.#tasks.splice(0, alone < 0 ? this.#tasks.length : Math.max(1, alone));
      try {
        this.#answer(group, await this.#perform(group));
      } catch (error) {
        group.forEach(task => task.reject(error));
      }
    }
    this.#working = undefined;
  }

  /** Resolves to how many operations each task has written. */
  async #perform(group: readonly Task[]): Promise<number[]> {
    const read = async (end?: number) => {
      const { operations, damage } = await this.#file.read(end);
      this.#take(operations);
      this.#report(damage);
    };
    if (!group.some(task => task.writes)) {
      await read();
      return group.map(() => 0);
    }
    const counts: number[] = [];
    let entries: readonly Entry[] = [];
    const durable = group.some(task => task.durable);
    const [{ meanwhile }] = group;
    await this.#file.write(durable, {
      read,
      meanwhile: async () => {
        await read();
        if (meanwhile) {
          meanwhile(this.#handOut());
        }
      },
      lines: () => {
        const each = group.map(task => task.entries());
        counts.push(...each.map(({ length }) => length));
        entries = each.flat();
        return entries.map(({ line }) => line);
      },
      wrote: () => this.#take(entries.flatMap(entry => written(entry, this.workerId)))
    });
    return counts;
  }

  #take(operations: readonly StoredOperation[]): void {
    this.#lastRead = now();
    const workers = new Set<string>();
    let last: string | undefined;
    for (const { workerId } of operations) {
      if (workerId !== last) {
        last = workerId;
        workers.add(workerId);
      }
    }
    workers.forEach(workerId => this.#heard.set(workerId, this.#lastRead));
    this.#unanswered =
      this.#unanswered.length === 0 ? operations : this.#unanswered.concat(operations);
    if (workers.has(this.workerId)) {
      this.#heartbeat.wrote(operations.filter(({ workerId }) => workerId === this.workerId));
    }
  }

  /** What was read and is in no answer yet. */
  #handOut(): readonly StoredOperation[] {
    const news = this.#unanswered;
    this.#unanswered = [];
    return news;
  }

  /** The first task has what others wrote as well; each one ends with its own. */
  #answer(group: readonly Task[], counts: readonly number[]): void {
    const all = this.#handOut();
    let end = all.length - counts.reduce((sum, count) => sum + count, 0);
    let begin = 0;
    group.forEach((task, i) => {
      end += counts[i];
      if (task.unheard) {
        task.resolve([]);
        return;
      }
      task.resolve(begin === 0 && end === all.length ? all : all.slice(begin, end));
      begin = end;
    });
    this.#unanswered = all.slice(begin);
  }

  /** Keeps a copy of what could not be read, and says so once. */
  #report(damage: readonly Damage[]): void {
    if (damage.length === 0) {
      return;
    }
    const noted = this.#file.keep(damage);
    this.#damage.push(...noted);
    console.warn(damageMessage(this.name, noted));
  }
}

/**
 * A file that keeps studies: a journal of all that happened, in Optuna's format. What `tell` returned is in it,
 * whatever ends the process or the machine; several processes, also Optuna's in Python, may work on the same study,
 * and Optuna's dashboard shows it.
 *
 * @param path of the file, such as `'study.log'`; it is made by the first study, its folder must exist
 * @throws TypeError if the path is no text; what is wrong with the file is thrown by the study that uses it.
 * @example
 * const space = { learningRate: scales.log(1e-4, 1) };
 * const search = await study({ name: 'digits', space, storage: journal('study.log') });
 * await search.close();
 * // In Python: JournalStorage(JournalFileBackend('study.log'))
 * @see the format is that of Optuna's `JournalFileBackend`.
 */
export function journal(path: string): JournalStorage {
  if (typeof path !== 'string' || path === '' || path.includes('\0')) {
    throw typeError(
      'journal',
      'the path must be a text',
      show(path),
      "Pass the name of a file, such as 'study.log'."
    );
  }
  return new JournalStorage(path);
}
