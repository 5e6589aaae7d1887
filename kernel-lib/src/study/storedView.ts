import type { StoredOperation } from '../storage/operation';
import type { Direction, Trial } from '../trials/trial';
import type { Space, StudyView } from '../trials/view';
import { Records } from './record';
import {
  Replay,
  type Change,
  type StoredStudy,
  type StoredTrial,
  type StudyObserver
} from './replay';
import { readNotes, trialOf } from './storedNotes';
import { SPACE, storedSpace } from './storedSpace';

/**
 * A stored study for who looks at it, as figures read it, without what a search needs. Records are made when they are
 * asked for, and again of those trials only that have changed.
 */
export class StoredView implements StudyView, StudyObserver {
  readonly name: string;
  readonly directions: readonly Direction[];
  readonly direction: Direction;
  readonly #replay: Replay;
  readonly #stored: StoredStudy;
  readonly #dirty: Set<StoredTrial>;
  #trials: Trial[] = [];
  #space: Space | undefined;
  #records: Records<unknown> | undefined;
  /** How many distributions the space was made from. */
  #distributions = 0;

  constructor(replay: Replay, stored: StoredStudy) {
    this.#replay = replay;
    this.#stored = stored;
    this.name = stored.name;
    this.directions = stored.directions;
    this.direction = stored.directions[0];
    this.#dirty = new Set(stored.trials);
    stored.observers.add(this);
  }

  /** @throws RangeError if a later version of tunelab wrote it down in another form. */
  get space(): Space {
    const { size } = this.#stored.distributions;
    // One that tunelab did not write down follows from the trials, and grows with them.
    if (!this.#space || size !== this.#distributions) {
      this.#space = storedSpace(this.#stored);
      this.#distributions = size;
      this.#records = undefined;
    }
    return this.#space;
  }

  /** @throws RangeError as `space` does. */
  get trials(): readonly Trial[] {
    const { space } = this;
    const stored = this.#stored;
    if (!this.#records) {
      this.#records = new Records(space, 0, this.directions.length, false);
      stored.trials.forEach(trial => this.#dirty.add(trial));
    }
    if (this.#dirty.size > 0) {
      // A new list: what was made of the old one stays as it was.
      const trials = this.#trials.slice();
      for (const trial of [...this.#dirty].sort((a, b) => a.number - b.number)) {
        trials[trial.number] = {
          ...this.#records.trial(trial, number => trials[number]?.seed),
          ...readNotes(stored, trial.id)
        } as Trial;
      }
      this.#trials = trials;
      this.#dirty.clear();
    }
    return this.#trials;
  }

  changed(trial: StoredTrial, _what: Change): void {
    this.#dirty.add(trial);
  }

  noted(key: string): void {
    if (key === SPACE) {
      this.#space = undefined;
    }
    const trial = this.#replay.trials[trialOf(key) ?? -1];
    if (trial?.study === this.#stored) {
      this.#dirty.add(trial);
    }
  }

  settle(): void {
    // Records are made when somebody looks.
  }
}

/** The studies of a journal that somebody looks at while it grows. */
export class StoredViews {
  readonly #replay = new Replay('');
  readonly #views = new Map<StoredStudy, StoredView>();

  fold(operations: readonly StoredOperation[]): void {
    this.#replay.fold(operations);
  }

  /** Those that were not deleted, in the order in which they were begun. */
  get studies(): StoredView[] {
    return this.#replay.studies
      .filter(({ deleted }) => !deleted)
      .map(stored => {
        const view = this.#views.get(stored) ?? new StoredView(this.#replay, stored);
        this.#views.set(stored, view);
        return view;
      });
  }
}
