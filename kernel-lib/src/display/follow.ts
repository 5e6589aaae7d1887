/** Figures of studies that go on: they follow their study until its search has ended. */
import { Figure } from '../figures/figure';
import { sourceOf, type FigureSource } from '../figures/source';
import { nextTurn, timers, type Timer } from '../host';
import { followed, type LiveEntry } from '../live/registry';
import { activityOf, type Activity } from '../trials/activity';
import { figureBundle, type BundleOptions } from './bundle';
import { openScreen, type Screen } from './screen';
import { studyCommands } from './studyCommands';

/** Milliseconds between two updates where no comm carries them. */
const INTERVAL = 500;

/** Figures that follow something: of more, the oldest stays as it is. A cell that is run again leaves one behind. */
const MOST_FOLLOWING = 40;
const following = new Set<Following>();

/**
 * Shows a figure of studies that may go on. While a search is under way, or before the first one, the figure follows it
 * to its end; later it stays as it is, and its reader can still have trials queued and noted.
 * @returns `undefined` for a figure that nothing can change
 */
export function showFollowing(
  figure: Figure,
  options: BundleOptions & { live?: boolean }
): Promise<void> | undefined {
  const source = options.live === false ? undefined : sourceOf(figure);
  const activities = source?.studies.flatMap(study => activityOf(study) ?? []) ?? [];
  const screen = source && activities.length > 0 ? openScreen() : undefined;
  if (!source || !screen) {
    return undefined;
  }
  const isSearching = activities.some(one => one.isSearching);
  const goesOn = options.live || isSearching || activities.every(one => one.searched === 0);
  const revision = () => activities.map(one => one.revision).join();
  const { studies } = source;
  const commands = studies.length === 1 ? studyCommands(studies[0]) : {};
  const entry = followed({ figure: () => source.make(), revision, commands });
  const withId = (one: Figure): Figure => (entry ? identified(one, entry) : one);
  if (!goesOn) {
    entry?.finish(studies.length === 1);
    return screen.show(figureBundle(studies.length === 1 ? withId(figure) : figure, options));
  }
  // Its picture takes a second, in which a search may begin: what draws in the page comes first.
  const shown = screen.show(withId(figure).toBundle());
  const whole = isSearching ? shown : screen.update(figureBundle(withId(figure), options));
  const one = new Following(source, activities, screen, entry, options, withId, revision);
  void whole.catch(() => undefined);
  one.begin(whole);
  return whole;
}

/** A figure that is kept up to date until its search has ended. */
class Following {
  #timer: Timer | undefined;
  #stopListening: (() => void)[] = [];
  #shown: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly source: FigureSource,
    private readonly activities: readonly Activity[],
    private readonly screen: Screen,
    private readonly entry: LiveEntry | undefined,
    private readonly options: BundleOptions,
    private readonly withId: (figure: Figure) => Figure,
    private readonly revision: () => string
  ) {}

  begin(shown: Promise<unknown>): void {
    this.#shown = shown.catch(() => undefined);
    this.#stopListening = this.activities.map(one => one.onEnd(() => this.#onEnd()));
    following.add(this);
    if (following.size > MOST_FOLLOWING) {
      [...following][0].leave();
    }
    if (!this.entry) {
      this.#updateOften();
    }
  }

  /** The figure stays as it is. */
  leave(): void {
    following.delete(this);
    timers().clearInterval(this.#timer!);
    this.#stopListening.forEach(stop => stop());
    this.entry?.finish(this.source.studies.length === 1);
  }

  #updateOften(): void {
    let last = this.revision();
    this.#timer = timers().setInterval(() => {
      const now = this.revision();
      if (now !== last) {
        last = now;
        void this.screen.update(this.source.make().toBundle()).catch(() => undefined);
      }
    }, INTERVAL);
    this.#timer.unref?.();
  }

  #onEnd(): void {
    if (this.activities.some(one => one.isSearching)) {
      return;
    }
    // Begun at once, so that the cell waits for it.
    void this.screen.update(this.#last()).catch(() => undefined);
  }

  async #last() {
    await this.#shown;
    // Searches in a row, as in a loop, are one.
    await nextTurn();
    await nextTurn();
    const figure = this.source.make();
    if (this.activities.some(one => one.isSearching) || !following.has(this)) {
      return this.withId(figure).toBundle();
    }
    this.leave();
    return figureBundle(
      this.source.studies.length === 1 ? this.withId(figure) : figure,
      this.options
    );
  }
}

function identified(figure: Figure, { id }: LiveEntry): Figure {
  return new Figure({ ...figure.payload, live: { id } } as Figure['payload']);
}
