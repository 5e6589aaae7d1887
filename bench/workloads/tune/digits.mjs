// Searches of the digits network: the test error of the trial that is best on dev, ours beside Optuna's samplers.
// Trial k of a seed has the same split, weights and order of examples whoever asks.
import { createRequire } from 'node:module';
import { ONE_THREAD, startBridge } from './bridge.mjs';
import { AXES, errorsOf } from './digitsSpace.mjs';
import { kept } from './kept.mjs';
import { estimate } from './rows.mjs';
import { optunaRunner, tunelabRunner } from './runners.mjs';

const { hashSeed } = createRequire(import.meta.url)('tunelab/dist/numeric/rng');

/** One search: [trial, dev error, test error] at every improvement on dev; trials count from 1. */
async function search(runner, seed, budget) {
  const trace = [];
  let best = Infinity;
  await runner({ axes: AXES, seed, budget }, async (config, k) => {
    const { dev, test } = await errorsOf(config, { split: seed, seed: hashSeed(seed, k) });
    if (dev < best) {
      best = dev;
      trace.push([k + 1, dev, test]);
    }
    return dev;
  });
  return trace;
}

/** What was best on dev within `trials`. */
function chosen(trace, trials) {
  const [, dev, test] = trace.filter(([k]) => k <= trials).at(-1);
  return { dev, test };
}

/** Known searches hold as long as networks come out the same: this changes when the space or the engine does. */
async function fingerprint() {
  const config = { learningRate: 0.03, optimizer: 'momentum', beta: 0.95, layers: 2, log2Units1: 5, log2Units2: 4, batchNorm: true, batchSize: 32, weightDecay: 1e-4 }; // prettier-ignore
  const errors = [];
  for (const optimizer of ['momentum', 'rmsProp', 'adam']) {
    for (let seed = 0; seed < 3; seed++) {
      errors.push(await errorsOf({ ...config, optimizer }, { split: seed, seed }));
    }
  }
  return hashSeed(0, JSON.stringify([AXES, errors])).toString(16);
}

const seedsTo = count => Array.from({ length: count }, (_, i) => i + 1);

/** For each seed what each number of trials found; a sampler of ours may plan by the number, Optuna's are not told. */
async function ours(sampler, sizes, seeds) {
  const found = [];
  for (const seed of seedsTo(seeds)) {
    const of = {};
    for (const n of sizes) {
      of[n] = chosen(await search(tunelabRunner(sampler), seed, n), n);
    }
    found.push(of);
  }
  return found;
}

async function theirs(bridge, sampler, sizes, seeds, print) {
  const found = [];
  const budget = Math.max(...sizes);
  for (const seed of seedsTo(seeds)) {
    const { trace } = await kept(
      { problem: `digits ${print}`, algo: `optuna-${sampler}`, seed, budget },
      () => search(optunaRunner(bridge, sampler), seed, budget)
    );
    found.push(Object.fromEntries(sizes.map(n => [n, chosen(trace, n)])));
  }
  return found;
}

const UNITS = { test: 'test error', dev: 'dev error' };

const rowsFor = (sizes, of, valuesOf) =>
  sizes.flatMap(n =>
    Object.entries(UNITS).map(([part, unit]) => ({
      measure: 'digits',
      ...of,
      n,
      unit,
      ...estimate(valuesOf(n, part))
    }))
  );

/** @param optuna names of Optuna's samplers (samplers.py) */
export async function digits({ samplers, optuna, sizes, seeds }) {
  const bridge = startBridge('ask.py', ONE_THREAD);
  const [rows, peers] = [[], new Map()];
  try {
    const print = await fingerprint();
    for (const sampler of optuna) {
      console.log(`digits: optuna ${sampler}`);
      const found = await theirs(bridge, sampler, sizes, seeds, print);
      peers.set(sampler, found);
      const of = { sampler, runner: 'optuna' };
      rows.push(...rowsFor(sizes, of, (n, part) => found.map(one => one[n][part])));
    }
    for (const sampler of samplers) {
      console.log(`digits: ${sampler}`);
      const found = await ours(sampler, sizes, seeds);
      const of = { sampler, runner: 'tunelab' };
      rows.push(...rowsFor(sizes, of, (n, part) => found.map(one => one[n][part])));
      for (const [peer, other] of peers) {
        const pair = { sampler: `${sampler} - ${peer}`, runner: 'tunelab - optuna' };
        const differences = (n, part) => found.map((one, i) => one[n][part] - other[i][n][part]);
        rows.push(...rowsFor(sizes, pair, differences));
      }
    }
  } finally {
    bridge.end();
  }
  return rows;
}
