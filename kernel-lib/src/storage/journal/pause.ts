import { nextTurn, timers } from '../../host';

/** So long, in milliseconds, it waits without timers, which wait for a millisecond at least. */
const SHORT = 20;
const NAP = 0.05;
/** Naps in a row, before others in this process have a turn. */
const NAPS = 10;
const LONGEST = 50;

let nap: Int32Array | undefined;

/**
 * A pause before the lock is tried again, longer the longer it was waited for. It ends with a look or ten in quick
 * succession: most locks are held for a fraction of a millisecond, and free for as long. Between those the thread
 * sleeps, which leaves the processor to whoever has the lock.
 * @param waited milliseconds so far
 * @param isFree whether the lock seems to be free; asking is cheaper than trying
 */
export async function pause(waited: number, isFree: () => boolean): Promise<void> {
  const part = 0.5 + Math.random();
  if (waited < SHORT) {
    await nextTurn();
  } else {
    const { setTimeout } = timers();
    await new Promise<void>(
      resolve => void setTimeout(resolve, part * Math.min(LONGEST, 1 + waited / 20))
    );
  }
  nap ??= new Int32Array(new SharedArrayBuffer(4));
  for (let i = 0; i < NAPS && !isFree(); i++) {
    Atomics.wait(nap, 0, 0, part * NAP);
  }
}
