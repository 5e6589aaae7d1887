// Search quality on COCO's bbob: ours beside peers, recorded ones or, with BENCH_PEERS=fresh, run now on the same cases.
import { readFileSync } from 'node:fs';
import { casesOf, peerSeed, plain, problemOf, search } from './bbob.mjs';
import { ONE_THREAD, startBridge } from './bridge.mjs';
import { startCoco } from './coco.mjs';
import { kept } from './kept.mjs';
import { rowsOf } from './rows.mjs';
import { optunaRunner, tunelabRunner } from './runners.mjs';

/** The recorded runs of peers on these cases, by name; only peers that were run on all of them. */
function recordedPeers(cases) {
  const wanted = new Map(cases.map(one => [problemOf(one), one]));
  const byName = new Map();
  const file = new URL('../../data/bbob-peers.jsonl', import.meta.url);
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const { problem, algo, budget, trace } = JSON.parse(line);
    if (wanted.has(problem)) {
      const run = { dimension: wanted.get(problem).dimension, budget, trace };
      byName.set(algo, [...(byName.get(algo) ?? []), run]);
    }
  }
  return [...byName]
    .filter(([, runs]) => runs.length === cases.length)
    .map(([algo, runs]) => ({ algo, runner: 'recorded', runsBySeed: [runs] }));
}

/** Runs of peers by name, such as `optuna-tpe`, `pycma-lq` or `cobyqa`; what was run before is not run again. */
async function freshPeers(coco, names, cases, seeds) {
  const optuna = startBridge('ask.py', ONE_THREAD);
  const solvers = startBridge('solvers.py', ONE_THREAD);
  function run(algo, one, seed) {
    const [, sampler] = algo.match(/^optuna-(.+)$/) ?? [];
    if (sampler) {
      return search(coco, optunaRunner(optuna, sampler), one, seed, plain(one));
    }
    const { fun, ...rest } = one;
    return solvers.ask({ solver: algo, function: fun, seed, ...rest });
  }
  try {
    const peers = [];
    for (const algo of names) {
      console.log(`quality: ${algo}`);
      const runsBySeed = [];
      for (let seed = 1; seed <= seeds; seed++) {
        runsBySeed.push(
          await Promise.all(
            cases.map(async one => {
              const of = {
                problem: problemOf(one),
                algo,
                seed: peerSeed(one, seed),
                budget: one.budget
              };
              const record = await kept(of, () => run(algo, one, of.seed));
              return { ...record, dimension: one.dimension };
            })
          )
        );
      }
      peers.push({ algo, runner: 'fresh', runsBySeed });
    }
    return peers;
  } finally {
    optuna.end();
    solvers.end();
  }
}

/** @param fresh names of peers to be run; `undefined` for the recorded ones */
export async function quality({ samplers, instances, dimensions, seeds, fresh, peerSeeds }) {
  const cases = casesOf({ instances, dimensions });
  const coco = startCoco();
  const rows = [];
  try {
    const peers = fresh ? await freshPeers(coco, fresh, cases, peerSeeds) : recordedPeers(cases);
    if (peers.length === 0) {
      console.log(
        'quality: no peer is recorded on all of these cases; BENCH_PEERS=fresh runs them'
      );
    }
    for (const { algo, runner, runsBySeed } of peers) {
      const [library, ...rest] = algo.split('-');
      const of = {
        measure: 'bbob',
        sampler: rest.join('-') || library,
        runner: `${library} (${runner})`
      };
      dimensions.forEach(d => rows.push(...rowsOf(of, d, runsBySeed)));
    }
    for (const sampler of samplers) {
      console.log(`quality: ${sampler}`);
      const runsBySeed = [];
      for (let seed = 1; seed <= seeds; seed++) {
        // All 24 functions at once, so that each message to COCO carries many points.
        const runs = cases.map(async one => ({
          ...one,
          trace: await search(coco, tunelabRunner(sampler), one, seed, plain(one))
        }));
        runsBySeed.push(await Promise.all(runs));
      }
      const of = { measure: 'bbob', sampler, runner: 'tunelab' };
      dimensions.forEach(d => rows.push(...rowsOf(of, d, runsBySeed)));
    }
  } finally {
    coco.end();
  }
  return rows.sort((a, b) => a.dimension - b.dimension);
}
