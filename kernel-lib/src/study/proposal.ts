import { hashSeed } from '../numeric/rng';
import type { AskContext, Dimension } from '../samplers/sampler';
import type { Trial } from '../trials/trial';
import type { ConfigOf, Space } from '../trials/view';
import type { Book } from './book';
import { askWithin, verdict } from './constraint';
import type { Beginning } from './ledger';
import type { StudySettings } from './settings';
import { configAt, existenceIn, isWhole } from './space';

const anywhere = () => true;

/** Says which trial a study begins next: the first that waits, or one at a point that the sampler chooses. */
export class Proposer<S extends Space> {
  readonly #settings: StudySettings<S>;
  readonly #dimensions: readonly Dimension[];
  readonly #existing: AskContext['existing'];
  readonly #book: Book<ConfigOf<S>>;
  readonly #samplerSeed: number;

  constructor(
    settings: StudySettings<S>,
    dimensions: readonly Dimension[],
    book: Book<ConfigOf<S>>
  ) {
    this.#settings = settings;
    this.#dimensions = dimensions;
    this.#existing = existenceIn(settings.space);
    this.#book = book;
    this.#samplerSeed = hashSeed(settings.seed, 'sampler');
  }

  /**
   * @param budget how many trials there will be in all, if that is known
   * @returns `undefined` if the sampler has nothing left to try
   * @throws Error if no configuration is found that fulfils the constraint.
   */
  next(budget: number | undefined): Beginning<ConfigOf<S>> | undefined {
    const { waiting, trials } = this.#book;
    if (waiting.size > 0) {
      const number = Math.min(...waiting);
      const fixed = trials[number].config as object;
      return isWhole(this.#settings.space, fixed)
        ? { number, config: configAt(this.#settings.space, [], fixed), place: undefined }
        : this.#ask(number, budget, fixed);
    }
    return this.#ask(trials.length, budget);
  }

  #ask(
    number: number,
    budget: number | undefined,
    fixed?: object
  ): Beginning<ConfigOf<S>> | undefined {
    const { space, sampler, constraint } = this.#settings;
    const book = this.#book;
    const { point, place } = askWithin(
      sampler,
      {
        number: book.place,
        seed: this.#samplerSeed,
        dimensions: this.#dimensions,
        history: book.history,
        trials: book.trials as readonly Trial[],
        existing: this.#existing,
        // A budget may have been named before trials came from elsewhere.
        budget: budget === undefined ? undefined : Math.max(1, budget - book.foreign)
      },
      constraint ? at => this.allows(configAt(space, at, fixed)) : anywhere
    );
    return point && { number, config: configAt(space, point, fixed), place };
  }

  /** Whether the constraint allows a configuration. */
  allows(config: ConfigOf<S>): boolean {
    const { constraint } = this.#settings;
    return !constraint || verdict('study, constraint', constraint(config));
  }
}
