import { knownOptions, rangeError, show, typeError } from '../errors';
import { count } from '../numeric/options';
import { checkSeed, hashSeed } from '../numeric/rng';
import { checkPruner, type Pruner } from '../pruners/pruner';
import { auto } from '../samplers/auto';
import { SearchHistory } from '../samplers/history';
import type { AskContext, Dimension, Sampler } from '../samplers/sampler';
import type { Direction, Trial } from '../trials/trial';
import type { ConfigOf, Space, StudyView } from '../trials/view';
import { checkSpace } from './checkSpace';
import { askWithin, verdict } from './constraint';
import { Pruned, readOutcome, type Objective, type Outcome } from './objective';
import { optimize, type OptimizeOptions } from './optimize';
import { configAt, dimensionsOf, existenceIn } from './space';

/** Options of `study`. */
export interface StudyOptions<S extends Space> {
  /** The hyperparameters to search, each with its scale. */
  space: S;
  /**
   * Which configurations may be tried, such as `({ low, high }) => low < high`: others are never made into
   * trials. What does not exist in a configuration (`scales.when`) is `undefined`. Default: all.
   */
  constraint?: (config: ConfigOf<S>) => boolean;
  /** Decides where to look next, from `samplers.*`. Default: `samplers.auto()`. */
  sampler?: Sampler;
  /** Stops trials early that report bad values, from `pruners.*`. Default: none is stopped. */
  pruner?: Pruner;
  /** Whether small or large values are good. Default: `'minimize'`. */
  direction?: Direction;
  /** Seed of the sampler and of every trial. Default: `0`. */
  seed?: number;
  /** Shown in figures. Default: `'study'`. */
  name?: string;
}

/** Shared by all records that have none, as most do. */
const NONE = Object.freeze([]) as readonly [];
const EMPTY = Object.freeze({});

/** Freezes a configuration with the groups in it. */
function freezeGroup(group: object): void {
  for (const node of Object.values(group) as unknown[]) {
    if (typeof node === 'object' && node !== null) {
      freezeGroup(node);
    }
  }
  Object.freeze(group);
}

/** A search for good hyperparameters: its trials, and the ways to make more. */
export class Study<S extends Space = Space> implements StudyView {
  readonly name: string;
  readonly space: S;
  readonly direction: Direction;
  readonly seed: number;
  readonly sampler: Sampler;
  readonly pruner: Pruner | undefined;
  readonly #trials: Trial<ConfigOf<S>>[] = [];
  readonly #dimensions: readonly Dimension[];
  readonly #existing: AskContext['existing'];
  readonly #history: SearchHistory;
  readonly #samplerSeed: number;
  readonly #constraint: StudyOptions<S>['constraint'];
  #skipped = 0;
  #lastEnd = 0;

  /** Use `study(options)`. */
  constructor(options: StudyOptions<S>) {
    knownOptions('study', options, [
      'space',
      'constraint',
      'sampler',
      'pruner',
      'direction',
      'seed',
      'name'
    ]);
    const { space, sampler = auto(), direction = 'minimize', seed = 0, name = 'study' } = options;
    checkSpace(space);
    if (direction !== 'minimize' && direction !== 'maximize') {
      throw rangeError(
        'study',
        "`direction` must be 'minimize' or 'maximize'",
        show(direction),
        "Errors and losses: 'minimize'. Accuracies: 'maximize'."
      );
    }
    if (typeof sampler?.ask !== 'function') {
      throw rangeError(
        'study',
        '`sampler` must come from `samplers.*`',
        show(sampler),
        'Call the factory: samplers.random(), not samplers.random.'
      );
    }
    if (options.constraint !== undefined && typeof options.constraint !== 'function') {
      throw typeError(
        'study',
        '`constraint` must be a function of a configuration',
        show(options.constraint),
        'Pass for example ({ low, high }) => low < high.'
      );
    }
    if (typeof name !== 'string') {
      throw typeError(
        'study',
        '`name` must be a text',
        show(name),
        "Pass for example 'first search'."
      );
    }
    this.space = space;
    this.#constraint = options.constraint;
    this.sampler = sampler;
    this.pruner = options.pruner && checkPruner('study', options.pruner);
    this.direction = direction;
    this.seed = checkSeed('study', seed);
    this.name = name;
    this.#dimensions = dimensionsOf(space);
    this.#existing = existenceIn(space);
    this.#history = new SearchHistory(this.#dimensions, direction);
    this.#samplerSeed = hashSeed(seed, 'sampler');
  }

  /** All trials so far, by number. Plain records that never change in place. */
  get trials(): readonly Trial<ConfigOf<S>>[] {
    return [...this.#trials];
  }

  /** The complete trial with the best value, the earliest of equals; `undefined` while there is none. */
  get best(): Trial<ConfigOf<S>> | undefined {
    return this.#trials[this.#history.best];
  }

  /** What the sampler chose to do and why, as `samplers.auto()` says it; `undefined` for one that has no choice. */
  get reason(): string | undefined {
    return this.sampler.reason?.(this.#history);
  }

  /**
   * Makes the next trial, in state `running`. Tell what came of it with `tell`.
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
    const number = this.#trials.length;
    const { point, skipped } = askWithin(
      this.sampler,
      {
        number,
        seed: this.#samplerSeed,
        dimensions: this.#dimensions,
        history: this.#history,
        trials: this.#trials,
        existing: this.#existing,
        budget
      },
      at => this.#allowed(configAt(this.space, at)),
      this.#skipped
    );
    this.#skipped = skipped;
    if (!point) {
      return undefined;
    }
    const trial: Trial<ConfigOf<S>> = {
      number,
      state: 'running',
      config: configAt(this.space, point),
      value: null,
      reports: NONE,
      attributes: EMPTY,
      seed: hashSeed(this.seed, number),
      started: Date.now(),
      ended: null
    };
    this.#history.add(trial);
    return this.#keep(trial);
  }

  #allowed(config: ConfigOf<S>): boolean {
    return !this.#constraint || verdict('study, constraint', this.#constraint(config));
  }

  /**
   * Records what came of a trial. A value that is not a finite number, or an error, makes it a failed trial that
   * keeps the reason; `Pruned` makes it a pruned one. The search goes on in any case.
   * @param trial from `ask`, or its number
   * @param outcome the objective's value, `{ value, attributes }`, or what it threw
   * @returns the finished trial
   * @throws RangeError if there is no such trial or it has been told already.
   */
  async tell(trial: Trial | number, outcome: Outcome | Error): Promise<Trial<ConfigOf<S>>> {
    const running = this.#running('study.tell', trial);
    let change: Partial<Trial<ConfigOf<S>>>;
    if (outcome instanceof Pruned) {
      change = { state: 'pruned' };
    } else if (outcome instanceof Error) {
      change = { state: 'failed', error: outcome.message || outcome.name };
    } else {
      try {
        change = { state: 'complete', ...readOutcome(outcome) };
      } catch (error) {
        change = { state: 'failed', error: (error as Error).message };
      }
    }
    // A microsecond apart at least: the order in which trials ended can be read from them, and some samplers
    // learn in that order.
    this.#lastEnd = Math.max(Date.now(), this.#lastEnd + 0.001);
    const finished = this.#keep({ ...running, ...change, ended: this.#lastEnd });
    this.#history.finish(finished);
    return finished;
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
    const running = this.#running('study.report', trial);
    count('study.report', 'step', step, 0);
    if (typeof value !== 'number') {
      throw typeError(
        'study.report',
        '`value` must be a number',
        show(value),
        'Report for example the dev error after an epoch.'
      );
    }
    const entry = Object.freeze([step, value] as const);
    const kept = this.#keep({ ...running, reports: [...running.reports, entry] });
    if (this.pruner?.prune({ trial: kept, trials: this.#trials, study: this })) {
      throw new Pruned(`the ${this.pruner.name} pruner stopped it at step ${step}`);
    }
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
    await optimize(this, objective, options, (trial, step, value) =>
      this.#report(trial, step, value)
    );
    return this;
  }

  #running(where: string, trial: Trial | number): Trial<ConfigOf<S>> {
    const number = typeof trial === 'number' ? trial : trial?.number;
    const found = this.#trials[number];
    if (!found) {
      throw rangeError(
        where,
        `the trial must be one of this study's ${this.#trials.length}`,
        show(number),
        'Pass what `ask` returned.'
      );
    }
    if (found.state !== 'running') {
      throw rangeError(
        where,
        'the trial must still be running',
        `trial ${number}, which is ${found.state}`,
        'A result is told once; ask for another trial.'
      );
    }
    return found;
  }

  /** Records are frozen: what was handed out is what the study holds. */
  #keep(trial: Trial<ConfigOf<S>>): Trial<ConfigOf<S>> {
    [trial.attributes, trial.reports].forEach(Object.freeze);
    if (!Object.isFrozen(trial.config)) {
      freezeGroup(trial.config);
    }
    this.#trials[trial.number] = Object.freeze(trial);
    return trial;
  }

  /** Plain data: what the study is and all its trials. */
  toJSON(): object {
    const { name, direction, seed, space, trials } = this;
    return {
      name,
      direction,
      seed,
      sampler: this.sampler.name,
      pruner: this.pruner?.name,
      space,
      trials
    };
  }

  /** What a notebook shows of a study that is a cell's last expression. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const counts = (['complete', 'pruned', 'failed', 'running'] as const)
      .map(state => [this.#trials.filter(trial => trial.state === state).length, state] as const)
      .filter(([count]) => count > 0)
      .map(([count, state]) => `${count} ${state}`);
    const { best, reason } = this;
    const why = reason === undefined ? '' : `\n  ${reason}`;
    const found = best
      ? `\n  best ${best.value} in trial ${best.number}: ${JSON.stringify(best.config)}`
      : '';
    return `Study '${this.name}', ${this.sampler.name} search: ${counts.join(', ') || 'no trials yet'}${found}${why}`;
  }
}

/**
 * Begins a search for good hyperparameters.
 *
 * @param options the space, and how to search it
 * @returns a study without trials; `optimize` makes some, `ask` and `tell` one at a time
 * @throws RangeError if the space or a group in it is empty, a scale is none, a name has a dot, or an option is unknown.
 * @example
 * const search = study({
 *   space: { learningRate: scales.log(1e-4, 1), units: scales.integer(8, 64) },
 *   sampler: samplers.random(), seed: 1
 * });
 * @see lecture, "Tuning process".
 */
export function study<S extends Space>(options: StudyOptions<S>): Study<S> {
  return new Study(options);
}
