import { rangeError } from '../errors';
import { nextTurn } from '../host';
import type { Network } from './network';

/** What a training tells of itself, so that others know whether it still lives. */
export interface Turn {
  /**
   * Waits for something outside of the training. Between two of these a training computes; a notebook's kernel may cut it
   * off there for good, and then not even its `finally` runs.
   * @param signal ends the waiting when aborted
   */
  wait(promise: PromiseLike<unknown>, signal?: AbortSignal): Promise<void>;
}

/** For each network in training, whether that training computes (`true`) or waits. */
const busy = new WeakMap<Network, { computes: boolean }>();

/** Resolves when the promise does or the signal is aborted; rejects if the promise does. */
function settledOrAborted(promise: PromiseLike<unknown>, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = () => {
      signal?.removeEventListener('abort', done);
      resolve();
    };
    signal?.addEventListener('abort', done);
    promise.then(done, error => {
      signal?.removeEventListener('abort', done);
      reject(error as Error);
    });
    if (signal?.aborted) {
      done();
    }
  });
}

/** @throws RangeError if another training of the network waits, and so is alive. */
export function refuseSecond(where: string, network: Network): void {
  if (busy.get(network)?.computes === false) {
    throw rangeError(
      where,
      'a network can be trained by one `fit` or `panda` at a time',
      `${where} while the first is running`,
      'Write `await` in front of the first, stop it, or build another network with `sequential`.'
    );
  }
}

/**
 * Runs one training of a network.
 * @throws RangeError if another one has not ended: they would mix their mini-batches.
 */
export async function whileTraining<T>(
  where: string,
  network: Network,
  run: (turn: Turn) => Promise<T>
): Promise<T> {
  if (busy.get(network)?.computes) {
    // Either this call comes out of a callback of the other one, or that was cut off while it computed: after a turn
    // of the event loop every training that lives is waiting.
    await nextTurn();
  }
  refuseSecond(where, network);
  const state = { computes: true };
  busy.set(network, state);
  try {
    return await run({
      async wait(promise, signal) {
        state.computes = false;
        await settledOrAborted(promise, signal);
        state.computes = true;
      }
    });
  } finally {
    busy.delete(network);
  }
}
