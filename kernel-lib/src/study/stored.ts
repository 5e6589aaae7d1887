import type { Operation } from '../storage/operation';
import { storable } from '../storage/storable';
import type { Trial } from '../trials/trial';
import type { Book } from './book';
import type { Beginning, Entry, Ledger, Notes } from './ledger';
import type { Ending } from './objective';
import { KEYS, type Records } from './record';
import {
  addReport,
  type Change,
  type StoredStudy,
  type StoredTrial,
  type StudyObserver
} from './replay';
import type { SharedReplay } from './shared';
import { noteOperations, readNotes, studyNotes, trialOf } from './storedNotes';

/** A trial whose worker died is tried again, but not for ever: it may be what kills them. */
const RETRIES = 3;

/**
 * A study that is kept in a storage: every change is written first, and comes into the book once it is there,
 * in the order that all who share the storage see. Only reports are in the book at once.
 */
export class StoredLedger<Config> implements Ledger<Config>, StudyObserver {
  readonly #book: Book<Config>;
  readonly #shared: SharedReplay;
  readonly #study: StoredStudy;
  readonly #records: Records<Config>;
  readonly #dirty = new Set<StoredTrial>();
  #noted = false;

  constructor(
    book: Book<Config>,
    shared: SharedReplay,
    study: StoredStudy,
    records: Records<Config>
  ) {
    this.#book = book;
    this.#shared = shared;
    this.#study = study;
    this.#records = records;
    this.#load();
    study.observers.add(this);
  }

  /** Takes up what is there, as if every operation had been seen. */
  #load(): void {
    const book = this.#book;
    const { trials } = this.#study;
    const byTime = (time: 'begunAt' | 'settledAt' | 'endedAt', which: readonly StoredTrial[]) =>
      which.slice().sort((a, b) => a[time] - b[time]);
    const begun = byTime(
      'begunAt',
      trials.filter(({ begunAt }) => begunAt >= 0)
    );
    begun.forEach(trial => this.#takePlace(trial));
    // With what never came, a trial is only seen when it ends.
    const rowAt = (trial: StoredTrial) =>
      trial.endedAt < 0 || this.#records.isWhole(trial) ? trial.settledAt : trial.endedAt;
    const seen = begun.filter(trial => trial.endedAt >= 0 || this.#records.isWhole(trial));
    book.load(
      trials.map(trial => this.#record(trial)),
      seen.sort((a, b) => rowAt(a) - rowAt(b)).map(({ number }) => number),
      byTime('endedAt', seen.filter(({ endedAt }) => endedAt >= 0)).map(({ number }) => number) // prettier-ignore
    );
    book.notes = studyNotes(this.#study);
  }

  /** The sampler goes on behind the places of all trials that it was asked for, whoever asked. */
  #takePlace(trial: StoredTrial): void {
    const book = this.#book;
    const place = trial.userAttributes.get(KEYS.place);
    if (trial.fresh) {
      book.place++;
    }
    if (typeof place === 'number') {
      book.place = Math.max(book.place, place + 1);
    } else if (!trial.fresh) {
      book.foreign++;
    }
  }

  #record(trial: StoredTrial): Trial<Config> {
    const { trials } = this.#study;
    const seedOf = (number: number): number | undefined =>
      trials[number] && number < trial.number
        ? (this.#book.trials[number] ?? this.#record(trials[number])).seed
        : undefined;
    return { ...this.#records.trial(trial, seedOf), ...readNotes(this.#study, trial.id) };
  }

  changed(trial: StoredTrial, what: Change): void {
    const book = this.#book;
    if (what === 'begun') {
      this.#takePlace(trial);
    } else if (what === 'other' && typeof trial.userAttributes.get(KEYS.place) === 'number') {
      const next = (trial.userAttributes.get(KEYS.place) as number) + 1;
      if (next > book.place) {
        book.place = next;
        book.foreign -= trial.fresh ? 0 : 1;
      }
    }
    const { number } = trial;
    // Rows of samplers come in the order of operations, whatever comes at once.
    if (
      what === 'ended' ||
      (what === 'parameter' && !book.history.hasRow(number) && this.#records.isWhole(trial))
    ) {
      this.#dirty.delete(trial);
      book.put(this.#record(trial));
    } else {
      this.#dirty.add(trial);
    }
  }

  noted(key: string): void {
    const trial = this.#shared.replay.trials[trialOf(key) ?? -1];
    if (trial === undefined) {
      this.#noted = true;
    } else if (trial.study === this.#study) {
      this.#dirty.add(trial);
    }
  }

  settle(): void {
    for (const trial of this.#dirty) {
      this.#book.put(this.#record(trial), false);
    }
    this.#dirty.clear();
    if (this.#noted) {
      this.#noted = false;
      this.#book.notes = studyNotes(this.#study);
    }
  }

  refresh(): Promise<void> {
    return this.#shared.refresh();
  }

  async begin(decide: () => Beginning<Config> | undefined): Promise<Trial<Config> | undefined> {
    for (;;) {
      let beginning: Beginning<Config> | undefined;
      let orphans: readonly StoredTrial[] = [];
      await this.#shared.transact(() => {
        orphans = this.#orphans();
        if (orphans.length > 0) {
          return orphans.flatMap(trial => this.#requeue(trial));
        }
        beginning = decide();
        return beginning ? this.#beginOperations(beginning) : [];
        // A beginning that a power failure takes back was nobody's result.
      }, false);
      if (orphans.length === 0) {
        return beginning && this.#book.trials[beginning.number];
      }
    }
  }

  #beginOperations({ number, config, place }: Beginning<Config>): Operation[] {
    const { trials, id: study } = this.#study;
    const waiting = trials[number] as StoredTrial | undefined;
    const trial = waiting?.id ?? this.#shared.replay.trials.length;
    const started = Date.now();
    const usual = waiting ? undefined : this.#book.place;
    return [
      waiting
        ? { op: 'state', trial, state: 'running', values: null, started }
        : { op: 'createTrial', study, started },
      ...(place === usual
        ? []
        : [{ op: 'trialUserAttribute', trial, key: KEYS.place, value: place! } as const]),
      ...this.#records
        .parameters(config as object)
        .map(parameter => ({ op: 'parameter', trial, ...parameter }) as const)
    ];
  }

  /** Trials of workers that have ended. */
  #orphans(): StoredTrial[] {
    const { storage } = this.#shared;
    return [...this.#study.running].filter(
      ({ workerId }) => workerId !== storage.workerId && storage.isDead(workerId)
    );
  }

  /** A dead worker's trial fails, and waits to be tried again with its configuration and seed. */
  #requeue(trial: StoredTrial): Operation[] {
    const now = Date.now();
    const operations: Operation[] = [
      {
        op: 'trialUserAttribute',
        trial: trial.id,
        key: KEYS.error,
        value: 'its worker ended while it was running'
      },
      { op: 'state', trial: trial.id, state: 'failed', values: null, ended: this.#book.now() }
    ];
    const { trials } = this.#book;
    let tries = 0;
    for (let one: Trial<Config> | undefined = trials[trial.number]; one?.retryOf !== undefined;) {
      one = trials[one.retryOf];
      tries++;
    }
    if (tries < RETRIES) {
      const { config, attributes } = this.#record(trial);
      const entry = { state: 'waiting', config, attributes, retryOf: trial.number } as const;
      operations.push(this.#records.creation(this.#study.id, entry, now));
    }
    return operations;
  }

  async finish(number: number, ending: Ending): Promise<Trial<Config>> {
    const { state, value, values, attributes = {}, error } = ending;
    await this.#shared.transact(() => {
      // Somebody may have ended it meanwhile, who took this process for dead.
      this.#book.running('study.tell', number);
      const trial = this.#study.trials[number].id;
      const named = [...Object.entries(attributes), ...(error === undefined ? [] : [[KEYS.error, error] as const])]; // prettier-ignore
      return [
        ...named.map(
          ([key, one]) => ({ op: 'trialUserAttribute', trial, key, value: storable(one) }) as const
        ),
        {
          op: 'state',
          trial,
          state,
          values: state === 'complete' ? (values ?? [value!]) : null,
          ended: this.#book.now()
        }
      ];
    });
    return this.#book.trials[number];
  }

  report(number: number, step: number, value: number): Trial<Config> {
    const trial = this.#study.trials[number];
    addReport(trial, step, value);
    trial.ahead++;
    this.#shared.writeSoon({ op: 'report', trial: trial.id, step, value });
    const running = this.#book.trials[number];
    return this.#book.put({ ...running, reports: [...trial.reports] });
  }

  async enter(entries: readonly Entry<Config>[]): Promise<Trial<Config>[]> {
    let first = 0;
    await this.#shared.transact(() => {
      first = this.#study.trials.length;
      return entries.map(entry => this.#records.creation(this.#study.id, entry, Date.now()));
    });
    return this.#book.trials.slice(first, first + entries.length);
  }

  async annotate(number: number | undefined, notes: Notes): Promise<void> {
    await this.#shared.transact(() => {
      const trial = number === undefined ? undefined : this.#study.trials[number].id;
      return noteOperations(this.#study, notes, trial);
    });
  }

  async close(): Promise<void> {
    await this.#shared.flush();
    this.#study.observers.delete(this);
    await this.#shared.storage.close();
  }
}
