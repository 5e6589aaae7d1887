/** `setImmediate` for code that V8 may terminate. */
import { promisify } from 'node:util';

type Callback = (...args: unknown[]) => void;

/**
 * Makes immediates survive an interrupt. Node works through their list with a `finally` after each;
 * a terminated callback skips it, and unless it was the first of its list Node then fails in it for
 * ever. A tick begins after that `finally` and before the next immediate, so that callbacks in ticks
 * leave the list whole.
 */
export function protectImmediates(): void {
  const original = globalThis.setImmediate;
  const schedule = (callback: Callback, ...args: unknown[]): NodeJS.Immediate => {
    // Node's own check of the argument gives the error that readers know.
    return typeof callback === 'function'
      ? original(() => process.nextTick(callback, ...args))
      : original(callback as Callback);
  };
  globalThis.setImmediate = Object.assign(schedule, {
    [promisify.custom]: (original as { [promisify.custom]?: unknown })[promisify.custom]
  }) as unknown as typeof original;
}
