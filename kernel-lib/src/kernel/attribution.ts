/** Which cell began the work that runs now: also in its timers, promises and callbacks. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { promisify } from 'node:util';

/** Follows owners through asynchronous work. */
export interface Attribution<Owner> {
  /** The owner of the running code; undefined in code that no owner is known to have begun. */
  current(): Owner | undefined;
  run<T>(owner: Owner, work: () => T): T;
}

/**
 * The best way this Node offers. With async context frames (Node 24; 22 with a flag) V8 itself keeps
 * the owner: exact, and without cost (a million `await`s: 59 and 58 ms). Older ones follow through
 * async hooks, which cost (58 and 142 ms), show in printed promises, and abort the process when V8
 * terminates an execution, as interrupts must. There, timers are followed by hand.
 */
export function createAttribution<Owner>(): Attribution<Owner> {
  return hasContextFrames() ? new FrameAttribution<Owner>() : new TimerAttribution<Owner>();
}

/** A function that runs work later as if the code that runs now had begun it. */
export function snapshot<Owner>(attribution: Attribution<Owner>): <T>(work: () => T) => T {
  const owner = attribution.current();
  return work => (owner === undefined ? work() : attribution.run(owner, work));
}

/** Async hooks leave symbols in promises, frames do not. */
function hasContextFrames(): boolean {
  const probe = new AsyncLocalStorage<boolean>();
  const traces = probe.run(true, () => Object.getOwnPropertySymbols(Promise.resolve()));
  probe.disable();
  return traces.length === 0;
}

class FrameAttribution<Owner> implements Attribution<Owner> {
  readonly #storage = new AsyncLocalStorage<Owner>();

  current(): Owner | undefined {
    return this.#storage.getStore();
  }

  run<T>(owner: Owner, work: () => T): T {
    return this.#storage.run(owner, work);
  }
}

type Callback = (...args: unknown[]) => unknown;
type Schedule = (callback: Callback, ...rest: unknown[]) => unknown;
const TIMERS = ['setTimeout', 'setInterval', 'setImmediate'] as const;

/**
 * A timer knows its owner, and so do the promises that go on when it fires, since they run before
 * the next turn of the event loop. Work that only files or the network drive has no owner here.
 */
export class TimerAttribution<Owner> implements Attribution<Owner> {
  #current: Owner | undefined;
  readonly #setImmediate = globalThis.setImmediate;

  constructor(timers = globalThis as unknown as Record<(typeof TIMERS)[number], Schedule>) {
    for (const name of TIMERS) {
      const schedule = timers[name];
      const followed: Schedule = (callback, ...rest) =>
        schedule(typeof callback === 'function' ? this.#follow(callback) : callback, ...rest);
      // `promisify(setTimeout)` finds its own version here.
      timers[name] = Object.assign(followed, { [promisify.custom]: waiting(followed, name) });
    }
  }

  current(): Owner | undefined {
    return this.#current;
  }

  run<T>(owner: Owner, work: () => T): T {
    this.#enter(owner);
    return work();
  }

  #follow(callback: Callback): Callback {
    const owner = this.#current;
    if (owner === undefined) {
      return callback;
    }
    const enter = (): void => this.#enter(owner);
    return function (this: unknown, ...args) {
      enter();
      return callback.apply(this, args);
    };
  }

  /** Until the next turn: what runs then says by itself whose it is, or nobody knows. */
  #enter(owner: Owner): void {
    this.#current = owner;
    this.#setImmediate(() => {
      if (this.#current === owner) {
        this.#current = undefined;
      }
    });
  }
}

function waiting(schedule: Schedule, name: (typeof TIMERS)[number]) {
  return (...args: unknown[]): Promise<unknown> =>
    new Promise(resolve => {
      const [delay, value] = name === 'setImmediate' ? [undefined, args[0]] : args;
      const done = (): void => resolve(value);
      schedule(done, ...(name === 'setImmediate' ? [] : [delay]));
    });
}
