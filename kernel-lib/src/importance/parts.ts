import { typeError, show } from '../errors';
import { anySignal, currentKernel, nextTurn, SLICE } from '../host';
import { startProgress } from '../progress';

/** To be awaited after each part of a long computation. */
export type AfterPart = () => Promise<void>;

/**
 * Runs a computation of `total` parts, with a progress line (unless `progress` is false) and so that it can be
 * interrupted between them.
 *
 * @param unit what the line calls a part
 * @throws the signal's reason when it, or the signal of the notebook's cell, is aborted; TypeError if it is no signal.
 */
export async function inParts<T>(
  where: string,
  total: number,
  unit: string,
  { signal, progress: line }: { signal?: AbortSignal; progress?: boolean },
  work: (afterPart: AfterPart) => Promise<T>
): Promise<T> {
  if (signal !== undefined && typeof signal?.throwIfAborted !== 'function') {
    throw typeError(
      where,
      '`signal` must be an AbortSignal',
      show(signal),
      'Pass the `signal` of an AbortController, or leave it out.'
    );
  }
  const stop = anySignal(signal, currentKernel()?.signal);
  stop?.throwIfAborted();
  const progress = line === false ? undefined : startProgress();
  let done = 0;
  let slice = Date.now() + SLICE;
  try {
    return await work(async () => {
      progress?.update(++done, total, unit, '');
      if (Date.now() >= slice) {
        await nextTurn();
        slice = Date.now() + SLICE;
      }
      stop?.throwIfAborted();
    });
  } finally {
    progress?.end();
  }
}
