import { timers, type Timer } from '../host';
import { TimeUp } from './attempt';

/** The longest delay that timers take. */
const LONGEST = 2 ** 31 - 1;

/** A trial's signal, aborted by the search's or when its time is up. */
export interface Limit {
  signal: AbortSignal;
  /** Resolves with the error when the time is up; `undefined` without a limit. */
  late: Promise<Error> | undefined;
  /** To be called when the trial has ended. */
  clear(): void;
}

/** Limits a trial to so many seconds. */
export function limitOf(signal: AbortSignal, seconds: number | undefined): Limit {
  if (seconds === undefined) {
    return { signal, late: undefined, clear: () => undefined };
  }
  const controller = new AbortController();
  const forward = () => controller.abort(signal.reason);
  signal.addEventListener('abort', forward, { once: true });
  let timer: Timer | undefined;
  const late = new Promise<Error>(resolve => {
    timer = timers().setTimeout(
      () => {
        const error = new TimeUp(seconds);
        controller.abort(error);
        resolve(error);
      },
      Math.min(LONGEST, 1000 * seconds)
    );
  });
  return {
    signal: controller.signal,
    late,
    clear: () => {
      timers().clearTimeout(timer);
      signal.removeEventListener('abort', forward);
    }
  };
}
