// Search quality on COCO bbob: which share of 51 targets a sampler reaches on 24 functions, beside recorded peers.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const { scales, study } = createRequire(import.meta.url)('tunelab');
const FUNCTIONS = Array.from({ length: 24 }, (_, i) => i + 1);
// In evaluations for each dimension. Smaller ones are read from the runs of the largest.
const FULL = Number(process.env.BENCH_BUDGET ?? 100);
export const BUDGETS = [10, 20, 50, 100].filter(budget => budget <= FULL);
const TARGETS = Array.from({ length: 51 }, (_, i) => 10 ** (2 - i / 5));

/** One search: its trace, as [evaluation, best regret] pairs at every improvement. */
async function search(coco, create, { fun, instance, dimension, seed }) {
  const names = Array.from({ length: dimension }, (_, j) => `x${j}`);
  const space = Object.fromEntries(names.map(name => [name, scales.linear(-5, 5)]));
  const found = study({ space, sampler: create(), seed });
  const budget = FULL * dimension;
  const trace = [];
  let best = Infinity;
  for (let k = 1; k <= budget; k++) {
    const trial = await found.ask({ budget });
    const x = names.map(name => trial.config[name]);
    const regret = await coco.regret(fun, instance, dimension, x);
    await found.tell(trial, regret);
    if (regret < best) {
      best = regret;
      trace.push([k, regret]);
    }
  }
  return trace;
}

/** Share of targets reached within `evaluations`. */
export function solved(trace, evaluations) {
  let best = Infinity;
  for (const [k, regret] of trace) {
    best = k <= evaluations ? regret : best;
  }
  return TARGETS.filter(target => best <= target).length / TARGETS.length;
}

/** All 24 functions at once, so that each message to COCO carries many points. */
export async function runSampler(coco, create, { instances, dimensions, seed }) {
  const cases = dimensions.flatMap(dimension =>
    instances.flatMap(instance => FUNCTIONS.map(fun => ({ fun, instance, dimension, seed })))
  );
  return Promise.all(
    cases.map(async one => ({
      ...one,
      budget: FULL * one.dimension,
      trace: await search(coco, create, one)
    }))
  );
}

/** The recorded runs of peers on these cases, by name; only peers that were run on all of them. */
export function recordedPeers({ instances, dimensions }) {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const file = path.join(here, '..', '..', 'data', 'bbob-peers.jsonl');
  const byName = new Map();
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const { problem, algo, budget, trace } = JSON.parse(line);
    const [fun, instance, dimension] = problem.match(/\d+/g).map(Number);
    if (instances.includes(instance) && dimensions.includes(dimension)) {
      byName.set(algo, [...(byName.get(algo) ?? []), { fun, instance, dimension, budget, trace }]);
    }
  }
  return byName;
}

/** Mean share of solved (function, target) pairs over all runs in a dimension. */
export function score(runs, dimension, budget) {
  const shares = runs
    .filter(run => run.dimension === dimension)
    .map(run => solved(run.trace, budget * dimension));
  return shares.reduce((a, b) => a + b, 0) / shares.length;
}
