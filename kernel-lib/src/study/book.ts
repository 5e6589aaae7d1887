import { rangeError, show } from '../errors';
import { dominates } from '../numeric/pareto';
import { SearchHistory } from '../samplers/history';
import type { Dimension } from '../samplers/sampler';
import type { Direction, Trial } from '../trials/trial';
import { freezeGroup } from './groups';

/** What was written down about a study itself. */
export interface StudyNotes {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly note: string | undefined;
  readonly tags: readonly string[];
}

/**
 * The records of a study, and what follows from them: the samplers' columns, the queue, the best. Whoever changes a
 * study, here or in another process, it comes in as a record that is put in place of an older one.
 */
export class Book<Config> {
  readonly trials: Trial<Config>[] = [];
  /** Numbers of the trials that wait to be begun. */
  readonly waiting = new Set<number>();
  readonly history: SearchHistory;
  /** Place in the sampler's sequence of the next point that it is asked for. */
  place = 0;
  /** How many trials had no place there: they were queued whole, or taken over. */
  foreign = 0;
  /** When the last trial ended, in milliseconds since 1970. */
  lastEnd = 0;
  /** How many trials had finished when the last one improved on all before it. */
  improved = 0;
  /** Called after each change of a record. */
  changed: () => void = () => undefined;
  notes: StudyNotes = { attributes: Object.freeze({}), note: undefined, tags: Object.freeze([]) };
  /** Rows of the complete trials that no other dominates; with several objectives only. */
  #front: number[] = [];

  constructor(dimensions: readonly Dimension[], directions: readonly Direction[]) {
    this.history = new SearchHistory(dimensions, directions);
  }

  /**
   * Puts a record in its place.
   * @param ready whether its configuration is complete, so that samplers may see that it runs
   */
  put(trial: Trial<Config>, ready = true): Trial<Config> {
    const { number, state } = trial;
    const before = this.trials[number]?.state;
    this.trials[number] = frozen(trial);
    this.changed();
    if (state === 'waiting') {
      this.waiting.add(number);
      return trial;
    }
    if (before === 'waiting') {
      this.waiting.delete(number);
    }
    const ends =
      state !== 'running' && (before === undefined || before === 'running' || before === 'waiting');
    if ((ready || ends) && !this.history.hasRow(number)) {
      this.history.add(trial as Trial);
    }
    if (ends) {
      this.#finish(trial);
    }
    return trial;
  }

  /**
   * Takes up records that are there from before.
   * @param begun numbers of those that samplers see, in the order in which they came to do so
   * @param ended numbers of the finished ones, in the order in which they ended
   */
  load(
    records: readonly Trial<Config>[],
    begun: readonly number[],
    ended: readonly number[]
  ): void {
    for (const trial of records) {
      this.trials.push(frozen(trial));
      if (trial.state === 'waiting') {
        this.waiting.add(trial.number);
      }
    }
    this.changed();
    begun.forEach(number => this.history.add(this.trials[number] as Trial));
    ended.forEach(number => this.#finish(this.trials[number]));
  }

  #finish(trial: Trial<Config>): void {
    const { history } = this;
    const best = history.best;
    history.finish(trial as Trial);
    this.lastEnd = Math.max(this.lastEnd, trial.ended!);
    if (history.objectives > 1 && trial.state === 'complete') {
      this.#enterFront(history.finished[history.finished.length - 1]);
    } else if (history.best !== best) {
      this.improved = history.finished.length;
    }
  }

  #enterFront(row: number): void {
    const { history } = this;
    const losses = history.lossesAt(row);
    if (this.#front.some(other => dominates(history.lossesAt(other), losses))) {
      return;
    }
    this.#front = this.#front.filter(other => !dominates(losses, history.lossesAt(other)));
    this.#front.push(row);
    this.improved = history.finished.length;
  }

  /** When the trial that ends now has ended. */
  now(): number {
    // A microsecond apart at least: the order in which trials ended can be read from them, and some samplers
    // learn in that order. Whole microseconds, as they are stored.
    return Math.max(Date.now(), Math.round(1000 * this.lastEnd + 1) / 1000);
  }

  get best(): Trial<Config> | undefined {
    const { best, numbers, objectives } = this.history;
    return objectives > 1 || best < 0 ? undefined : this.trials[numbers[best]];
  }

  /** The complete trials that no other dominates, by number; with one objective all that are as good as the best. */
  get front(): Trial<Config>[] {
    const { numbers, objectives } = this.history;
    if (objectives > 1) {
      const front = this.#front.map(row => numbers[row]).sort((a, b) => a - b);
      return front.map(number => this.trials[number]);
    }
    const { best } = this;
    return best ? this.trials.filter(({ value }) => value === best.value) : [];
  }

  /** The trial that is meant. @throws RangeError if there is none. */
  find(where: string, trial: { readonly number: number } | number): Trial<Config> {
    const number = typeof trial === 'number' ? trial : trial?.number;
    const found = this.trials[number];
    if (!found) {
      throw rangeError(
        where,
        `the trial must be one of this study's ${this.trials.length}`,
        show(number),
        'Pass what `ask` returned.'
      );
    }
    return found;
  }

  /** The trial that is meant. @throws RangeError if there is none, or it does not run. */
  running(where: string, trial: { readonly number: number } | number): Trial<Config> {
    const found = this.find(where, trial);
    if (found.state !== 'running') {
      const reason = found.error === undefined ? '' : ` (${found.error})`;
      throw rangeError(
        where,
        'the trial must still be running',
        `trial ${found.number}, which is ${found.state}${reason}`,
        'A result is told once; ask for another trial.'
      );
    }
    return found;
  }
}

/** Records are frozen: what was handed out is what the study holds. */
function frozen<Config>(trial: Trial<Config>): Trial<Config> {
  freezeGroup(trial.config as object);
  Object.freeze(trial.attributes);
  Object.freeze(trial.reports);
  return Object.freeze(trial);
}
