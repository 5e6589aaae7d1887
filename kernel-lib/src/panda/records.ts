import type { Chunk, Ended, RunEpoch, RunEvent, RunHistory, RunStart } from './format';

/** What a run has said so far. */
export interface Records {
  add(chunk: Chunk): void;
  end(ended: NonNullable<Ended>): void;
  history(): RunHistory;
}

/** A list of numbers that grows by doubling. */
function growing<
  A extends {
    length: number;
    set(from: A, at?: number): void;
    subarray(from: number, to: number): A;
    slice(from: number, to: number): A;
  }
>(make: (length: number) => A) {
  let all = make(1024);
  let length = 0;
  return {
    add(more: A): void {
      if (length + more.length > all.length) {
        const larger = make(2 * (length + more.length));
        larger.set(all.subarray(0, length));
        all = larger;
      }
      all.set(more, length);
      length += more.length;
    },
    copy: () => all.slice(0, length)
  };
}

export function createRecords(start: RunStart): Records {
  const losses = growing<Float32Array>(length => new Float32Array(length));
  const rates = growing<Float64Array>(length => new Float64Array(length));
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
