import { grown } from '../numeric/grown';
import type { Chunk, Ended, RunEpoch, RunEvent, RunHistory, RunStart } from './format';

/** What a run has said so far. */
export interface Records {
  add(chunk: Chunk): void;
  end(ended: NonNullable<Ended>): void;
  history(): RunHistory;
  /** Mini-batches so far, and the loss of the last one if there was any: without a copy of them all. */
  latest(): { steps: number; loss?: number };
}

/** A list of numbers that grows by doubling; `all` is its first room. */
function growing<A extends Float32Array | Float64Array>(all: A) {
  let length = 0;
  return {
    add(more: A): void {
      if (length + more.length > all.length) {
        all = grown(all, 2 * (length + more.length));
      }
      all.set(more, length);
      length += more.length;
    },
    copy: () => all.slice(0, length) as A,
    latest: () => ({ steps: length, ...(length > 0 && { loss: all[length - 1] }) })
  };
}

export function createRecords(start: RunStart): Records {
  const losses = growing<Float32Array>(new Float32Array(1024));
  const rates = growing<Float64Array>(new Float64Array(1024));
  const epochs: RunEpoch[] = [];
  const events: RunEvent[] = [];
  // Until it has ended by itself, whoever takes the history has as much as a stopped run.
  let ended: NonNullable<Ended> = 'stopped';
  return {
    add(chunk) {
      losses.add(chunk.losses);
      rates.add(chunk.learningRates);
      epochs.push(...chunk.epochs);
      events.push(...chunk.events);
    },
    end(why) {
      ended = why;
    },
    latest: () => losses.latest(),
    history: () => ({
      version: 1,
      epochs: [...epochs],
      stepLosses: losses.copy(),
      learningRates: rates.copy(),
      events: [...events],
      ended,
      start
    })
  };
}
