import { createRng } from 'tunelab/dist/numeric/rng';
import { basePayloads } from './bases';
import { judge } from './judge';
import { mutate } from './mutate';

/** What became of `count` payloads; `failure` says how to make the first that was not handled well once more. */
export interface Outcome {
  drawn: number;
  refused: number;
  /** The longest, in milliseconds. */
  slowest: number;
  failure?: string;
}

/** Judges `count` payloads changed from all valid ones in turn. */
export function fuzz(count: number, seed: number): Outcome {
  const bases = basePayloads();
  const outcome: Outcome = { drawn: 0, refused: 0, slowest: 0 };
  const root = createRng(seed);
  for (let i = 0; i < count; i++) {
    const [name, json] = bases[i % bases.length];
    const payload = mutate(root.fork(i), json);
    const started = performance.now();
    try {
      outcome[judge(payload)] += 1;
    } catch (error) {
      const { stack, message } = error as Error;
      return { ...outcome, failure: `seed ${seed}, payload ${i} (${name}): ${stack ?? message}` };
    }
    outcome.slowest = Math.max(outcome.slowest, performance.now() - started);
  }
  return outcome;
}
