/** What goes on with a study, for those who follow it: nobody asks the study again and again for its trials. */
import { timers } from '../host';
import type { StudyView } from './view';

/** Milliseconds after an interrupt in which a search can say itself that it has ended. */
const GRACE = 1000;

/** One study's doings. */
export class Activity {
  /** Another number after each change of a trial. */
  revision = 0;
  /** How many searches have ended. */
  searched = 0;
  readonly #searches = new Set<AbortController>();
  readonly #listeners = new Set<() => void>();

  /** Whether a search is under way. */
  get isSearching(): boolean {
    return this.#searches.size > 0;
  }

  /**
   * A search begins. It should end when the signal is aborted; call `end` when it has ended.
   * @param stopped what else ends it: one that an interrupt tears out of a computation cannot call `end`
   */
  begin(stopped?: AbortSignal): { signal: AbortSignal; end: () => void } {
    const controller = new AbortController();
    this.#searches.add(controller);
    const later = () => void timers().setTimeout(end, GRACE).unref?.();
    const end = () => {
      stopped?.removeEventListener('abort', later);
      if (this.#searches.delete(controller)) {
        this.searched++;
        [...this.#listeners].forEach(listener => listener());
      }
    };
    stopped?.addEventListener('abort', later);
    return { signal: controller.signal, end };
  }

  /** Ends all searches that are under way. @returns how many there were */
  stop(reason: Error): number {
    const running = [...this.#searches];
    running.forEach(controller => controller.abort(reason));
    return running.length;
  }

  /** Calls `listener` whenever a search ends, until what is returned is called. */
  onEnd(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

const activities = new WeakMap<StudyView, Activity>();
let hear: (study: StudyView) => void = () => undefined;

/** What goes on with a study, of which account is kept from now on. */
export function accountFor(study: StudyView): Activity {
  const known = activities.get(study);
  const activity = known ?? new Activity();
  activities.set(study, activity);
  if (!known) {
    hear(study);
  }
  return activity;
}

/** From now on calls `listener` with each new study, while it is still being made. */
export function onStudy(listener: (study: StudyView) => void): void {
  hear = listener;
}

/** What goes on with a study; `undefined` for stored results, with which nothing can. */
export const activityOf = (study: StudyView): Activity | undefined => activities.get(study);
