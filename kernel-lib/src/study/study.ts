import { knownOptions, rangeError, show, typeError } from '../errors';
import { count } from '../numeric/options';
import type { Pruner } from '../pruners/pruner';
import type { Sampler } from '../samplers/sampler';
import { accountFor } from '../trials/activity';
import { searchedWith } from '../trials/searched';
import type { Direction, Trial } from '../trials/trial';
import type { ConfigOf, PartialConfig, Space, StudyView } from '../trials/view';
import { Book } from './book';
import { constraintBroken } from './constraint';
import { describeStudy } from './describe';
import type { Entry, Ledger, Notes } from './ledger';
import { MemoryLedger } from './memory';
import { checkAttributes, checkNotes } from './notes';
import { Pruned, readEnding, type Objective, type Outcome } from './objective';
import { optimize, type OptimizeOptions } from './optimize';
import { Proposer } from './proposal';
import type { StudySettings } from './settings';
import { checkFixed } from './fixed';
import { dimensionsOf, isWhole } from './space';

/** `study.report` for the loops that make trials: at once, so that what it throws ends the objective there. */
export let reportNow: <S extends Space>(
  study: Study<S>,
  trial: Trial,
  step: number,
  value: number
) => void;

/** A search for good hyperparameters: its trials, and the ways to make more. */
export class Study<S extends Space = Space> implements StudyView {
  readonly name: string;
  readonly space: S;
  /** Which way is better; with several objectives that of the first. */
  readonly direction: Direction;
  /** One for each objective. */
  readonly directions: readonly Direction[];
  readonly seed: number;
  readonly sampler: Sampler;
  readonly pruner: Pruner | undefined;
  readonly #book: Book<ConfigOf<S>>;
  readonly #ledger: Ledger<ConfigOf<S>>;
  readonly #proposer: Proposer<S>;

  static {
    reportNow = (study, trial, step, value) => study.#report(trial, step, value);
  }

  /** Use `study(options)`. */
  constructor(
    settings: StudySettings<S>,
    keep: (book: Book<ConfigOf<S>>) => Ledger<ConfigOf<S>> = book =>
      new MemoryLedger(book, settings.seed)
  ) {
    const { space, sampler, pruner, directions, seed, name } = settings;
    this.space = space;
    this.sampler = sampler;
    this.pruner = pruner;
    this.direction = directions[0];
    this.directions = directions;
    this.seed = seed;
    this.name = name;
    const dimensions = dimensionsOf(space);
    this.#book = new Book(dimensions, directions);
    const activity = accountFor(this);
    this.#book.changed = () => activity.revision++;
    this.#proposer = new Proposer(settings, dimensions, this.#book);
    this.#ledger = keep(this.#book);
  }

  /** All trials so far, by number. Plain records that never change in place. */
  get trials(): readonly Trial<ConfigOf<S>>[] {
    return [...this.#book.trials];
  }

  /**
   * The complete trial with the best value, the earliest of equals; `undefined` while there is none, and with several
   * objectives, where `paretoFront` says which ones are good.
   */
  get best(): Trial<ConfigOf<S>> | undefined {
    return this.#book.best;
  }

  /**
   * The complete trials to which no other is superior: nowhere worse and somewhere better. By number; with one
   * objective those as good as the best.
   */
  get paretoFront(): readonly Trial<ConfigOf<S>>[] {
    return this.#book.front;
  }

  /** How many trials have ended. */
  get finished(): number {
    return this.#book.history.finished.length;
  }

  /** How many trials have ended since one improved on all before it: had a better value, or reached the front. */
  get sinceImproved(): number {
    return this.finished - this.#book.improved;
  }

  /** What the sampler chose to do and why, as `samplers.auto()` says it; `undefined` for one that has no choice. */
  get reason(): string | undefined {
    return this.sampler.reason?.(this.#book.history);
  }

  /** Named values that were written down about this study. */
  get attributes(): Readonly<Record<string, unknown>> {
    return this.#book.notes.attributes;
  }

  /** What somebody wrote down about this study. */
  get note(): string | undefined {
    return this.#book.notes.note;
  }

  get tags(): readonly string[] {
    return this.#book.notes.tags;
  }

  /**
   * Makes the next trial, in state `running`: the first that waits (`enqueue`, `retry`), or a new one. Tell what came
   * of it with `tell`.
   * @param options `budget`: how many trials there will be in all, when that is known
   * @returns the trial, or `undefined` when the sampler has nothing left to try (a grid at its end)
   * @throws Error if no configuration is found that fulfils the constraint; RangeError unless `budget` is a whole
   *   number >= 1.
   * @example
   * const search = study({ space: { learningRate: scales.log(1e-4, 1) } });
   * const trial = await search.ask();
   * await search.tell(trial!, 0.03);
   */
  async ask(options: { budget?: number } = {}): Promise<Trial<ConfigOf<S>> | undefined> {
    const { budget } = options;
    if (budget !== undefined) {
      count('study.ask', 'budget', budget);
    }
    return this.#ledger.begin(() => this.#proposer.next(budget));
  }

  /**
   * Records what came of a trial. A value that is not a finite number, or an error, makes it a failed trial that
   * keeps the reason; `Pruned` makes it a pruned one. The search goes on in any case.
   * @param trial from `ask`, or its number
   * @param outcome the objective's value (one for each direction), `{ value, attributes }`, or what it threw
   * @returns the finished trial
   * @throws RangeError if there is no such trial or it has been told already.
   */
  async tell(trial: Trial | number, outcome: Outcome | Error): Promise<Trial<ConfigOf<S>>> {
    const { number } = this.#book.running('study.tell', trial);
    return this.#ledger.finish(number, readEnding(outcome, this.directions.length));
  }

  /**
   * Records a value on the way to the trial's result.
   * @throws Pruned when the pruner says that the trial should end: tell it what was thrown.
   * @throws RangeError if the trial is not running or `step` is no whole number >= 0.
   */
  async report(trial: Trial | number, step: number, value: number): Promise<void> {
    this.#report(trial, step, value);
  }

  #report(trial: Trial | number, step: number, value: number): void {
    const { number } = this.#book.running('study.report', trial);
    count('study.report', 'step', step, 0);
    if (typeof value !== 'number') {
      throw typeError(
        'study.report',
        '`value` must be a number',
        show(value),
        'Report for example the dev error after an epoch.'
      );
    }
    const kept = this.#ledger.report(number, step, value) as Trial;
    const trials = this.#book.trials as readonly Trial[];
    if (this.pruner?.prune({ trial: kept, trials, study: this })) {
      throw new Pruned(`the ${this.pruner.name} pruner stopped it at step ${step}`);
    }
  }

  /**
   * Queues a configuration to be tried before the sampler is asked: what a colleague suggests, the best of an
   * earlier search. What is left out, the sampler chooses.
   * @param config values of some or all hyperparameters
   * @param options `attributes`: named values that the trial keeps
   * @returns the trial, in state `waiting`
   * @throws RangeError if a name is unknown, a value does not lie on its scale, or the constraint forbids it.
   * @example
   * const search = study({ space: { learningRate: scales.log(1e-4, 1), units: scales.integer(8, 64) } });
   * await search.enqueue({ learningRate: 0.01 });
   * (await search.ask())!.config.learningRate // 0.01
   */
  async enqueue(
    config: PartialConfig<ConfigOf<S>>,
    options: { attributes?: Readonly<Record<string, unknown>> } = {}
  ): Promise<Trial<ConfigOf<S>>> {
    const where = 'study.enqueue';
    knownOptions(where, options, ['attributes']);
    const fixed = checkFixed(where, this.space, config);
    if (isWhole(this.space, fixed) && !this.#proposer.allows(fixed)) {
      throw constraintBroken(where, fixed);
    }
    const { attributes } = options;
    if (attributes !== undefined) {
      checkAttributes(where, attributes);
    }
    const entry: Entry<ConfigOf<S>> = { state: 'waiting', config: fixed };
    const [trial] = await this.#ledger.enter([attributes ? { ...entry, attributes } : entry]);
    return trial;
  }

  /**
   * Queues a trial that ended to be tried once more, with its configuration and its seed; the new one says so in
   * `retryOf`.
   * @returns the new trial, in state `waiting`
   * @throws RangeError if there is no such trial, or it has not ended.
   */
  async retry(trial: Trial | number): Promise<Trial<ConfigOf<S>>> {
    const { number, config, ended, state } = this.#book.find('study.retry', trial);
    if (ended === null) {
      throw rangeError(
        'study.retry',
        'the trial must have ended',
        `trial ${number}, which is ${state}`,
        'Tell its result first, or queue the configuration once more with `enqueue`.'
      );
    }
    const [again] = await this.#ledger.enter([{ state: 'waiting', config, retryOf: number }]);
    return again;
  }

  /** Takes over trials that ended elsewhere, all or none; `study({ warmStart })` does so with a whole study. */
  async takeOver(entries: readonly Entry<ConfigOf<S>>[]): Promise<readonly Trial<ConfigOf<S>>[]> {
    return entries.length === 0 ? [] : this.#ledger.enter(entries);
  }

  /**
   * Writes down something about the study, or about a trial of it: attributes, a note, tags. A trial takes attributes
   * until it ends, notes and tags always.
   * @throws RangeError for attributes of a trial that has ended, or reserved names; TypeError for what is no text.
   * @example
   * const search = study({ space: { learningRate: scales.log(1e-4, 1) } });
   * await search.annotate({ note: 'before the data were cleaned', tags: ['lecture'] });
   * await search.optimize(({ learningRate }) => learningRate, { trials: 5 });
   * await search.annotate(search.best!, { tags: ['in production'] });
   */
  async annotate(notes: Notes): Promise<void>;
  async annotate(trial: Trial | number, notes: Notes): Promise<void>;
  async annotate(subject: Trial | number | Notes, notes?: Notes): Promise<void> {
    const given = notes ?? (subject as Notes);
    const trial = notes && this.#book.find('study.annotate', subject as Trial | number);
    checkNotes(given, trial);
    await this.#ledger.annotate(trial?.number, given);
  }

  /**
   * Tries `options.trials` configurations, one after the other. A trial whose objective throws or returns no finite
   * number is kept as failed, with the reason, and the search goes on.
   *
   * @param objective trains with a configuration and returns what to make small (or large)
   * @returns this study
   * @throws SearchStopped if the signal is aborted; what was told until then stays.
   * @example
   * const { train, dev } = datasets.digits();
   * const search = study({ space: { learningRate: scales.log(1e-4, 1) } });
   * await search.optimize(async ({ learningRate }, { seed, signal }) => {
   *   const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64, seed });
   *   await fit(network, train, { optimizer: optimizers.adam({ learningRate }), epochs: 2, seed, signal });
   *   return evaluate(network, dev).error;
   * }, { trials: 5 });
   */
  async optimize<Context = undefined>(
    objective: Objective<ConfigOf<S>, Context>,
    options: OptimizeOptions<Context>
  ): Promise<this> {
    searchedWith(this, objective);
    await optimize(this, objective, options, (trial, step, value) =>
      this.#report(trial, step, value)
    );
    return this;
  }

  /** Takes up what others wrote to the study's storage; `ask` and `tell` do so by themselves. */
  async refresh(): Promise<this> {
    await this.#ledger.refresh();
    return this;
  }

  /** Writes what is still under way, and lets the storage go; nothing can be told afterwards. */
  async close(): Promise<void> {
    await this.#ledger.close();
  }

  /** Plain data: what the study is and all its trials. */
  toJSON(): object {
    const { name, direction, directions, seed, space, attributes, note, tags, trials } = this;
    const { sampler, pruner } = this;
    return {
      name,
      direction,
      ...(directions.length > 1 && { directions }),
      seed,
      sampler: sampler.name,
      pruner: pruner?.name,
      space,
      ...(Object.keys(attributes).length > 0 && { attributes }),
      ...(note !== undefined && { note }),
      ...(tags.length > 0 && { tags }),
      trials
    };
  }

  /** What a notebook shows of a study that is a cell's last expression. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return describeStudy(this, this.#book.trials as readonly Trial[]);
  }
}
