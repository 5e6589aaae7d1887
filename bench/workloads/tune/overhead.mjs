// What a trial costs beside the objective: ask, 5 floats, tell, in memory; tunelab and Optuna take turns.
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { minimum } from '../../statistics.mjs';
import { startBridge } from './bridge.mjs';

const { samplers, scales, study } = createRequire(import.meta.url)('tunelab');
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const NAMES = Array.from({ length: 5 }, (_, j) => `x${j}`);
const space = Object.fromEntries(NAMES.map(name => [name, scales.linear(-5, 5)]));
// At which sizes of a study, and how many trials a round: enough to measure, few enough to wait for.
const CASES = {
  random: { peer: 'random', sizes: [1000, 10000], count: 200 },
  tpe: { peer: 'tpe', sizes: [1000, 10000], count: 30 },
  cmaes: { peer: 'cma', sizes: [1000, 10000], count: 50 },
  gaussianProcess: { peer: 'gp', sizes: [100, 300], count: 5 }
};

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

async function step(found) {
  const trial = await found.ask();
  const loss = NAMES.reduce((sum, name, j) => sum + (trial.config[name] - 0.5 * j) ** 2, 0);
  await found.tell(trial, loss);
}

async function filled(sampler, n) {
  const found = study({ space, sampler: samplers[sampler]() });
  for (let i = 0; i < n; i++) {
    await step(found);
  }
  return found;
}

const row = (measure, sampler, n, runner, value, unit) => ({ measure, sampler, n, runner, value: Number(value.toPrecision(4)), unit }); // prettier-ignore

async function memory(optuna) {
  const n = 10000;
  collect();
  const before = process.memoryUsage();
  const held = await filled('random', n);
  collect();
  const after = process.memoryUsage();
  const grown = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  const theirs = await optuna.ask({ sampler: 'memory', n });
  return [
    row('memory', 'random', n, 'tunelab', grown / held.trials.length, 'bytes/trial'),
    row('memory', 'random', n, 'optuna', theirs, 'bytes/trial')
  ];
}

export async function overhead() {
  const rows = [];
  const optuna = startBridge('overhead.py');
  try {
    // Before anything else is there that could be collected meanwhile.
    rows.push(...(await memory(optuna)));
    for (const [sampler, { peer, sizes, count }] of Object.entries(CASES)) {
      for (const n of sizes) {
        console.log(`overhead: ${sampler}, ${n} trials`);
        const found = await filled(sampler, n);
        const taken = { tunelab: [], optuna: [] };
        await optuna.ask({ sampler: peer, n, count: 1 });
        for (let round = 0; round < ROUNDS; round++) {
          taken.optuna.push(await optuna.ask({ sampler: peer, n, count }));
          const start = performance.now();
          for (let i = 0; i < count; i++) {
            await step(found);
          }
          taken.tunelab.push((performance.now() - start) / count);
        }
        const [ours, theirs] = [minimum(taken.tunelab), minimum(taken.optuna)];
        rows.push(row('overhead', sampler, n, 'tunelab', ours, 'ms/trial'));
        rows.push(row('overhead', sampler, n, 'optuna', theirs, 'ms/trial'));
        rows.push(row('overhead', sampler, n, 'optuna : tunelab', theirs / ours, 'times'));
      }
    }
  } finally {
    optuna.end();
  }
  return rows;
}
