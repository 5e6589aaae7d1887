// Studies in a journal file beside Optuna's, in turns: what a trial costs that is durable once it is told, what four
// processes do on one file, and how long opening takes. BENCH_ROUNDS turns (5), BENCH_TRIALS trials a turn (2000).
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { digits } from '../statistics.mjs';
import { start } from './journal/processes.mjs';
import { preparePeers } from './tune/peers.mjs';

const { journal } = createRequire(import.meta.url)('tunelab');
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const TRIALS = Number(process.env.BENCH_TRIALS ?? 2000);
/** Trials of each process before the clock runs: enough for compiled code, as in a study of any length. */
const WARM = 200;
const STORED = 10_000;
const row = (measure, runner, value, unit) => ({ measure, runner, value: digits(value), unit });

/** Trials a second of so many processes on a new journal. */
async function speed(folder, runner, count, round) {
  const file = path.join(folder, `${runner} ${count} ${round}.log`);
  const workers = [];
  for (let i = 0; i < count; i++) {
    // The first one makes the study.
    workers.push(await start(runner, file, i));
  }
  const each = Math.round(TRIALS / count);
  await Promise.all(workers.map(worker => worker.ask(`trials ${WARM}`)));
  const began = performance.now();
  await Promise.all(workers.map(worker => worker.ask(`trials ${each}`)));
  const seconds = (performance.now() - began) / 1000;
  await Promise.all(workers.map(worker => worker.end()));
  rmSync(file);
  return (each * count) / seconds;
}

/** A journal of 10,000 trials, each operation a line as when it was asked for and told. */
async function store(file) {
  const storage = journal(file);
  const distribution = { kind: 'float', low: -5, high: 5, log: false, step: null };
  const name = 's';
  await storage.append([{ op: 'createStudy', name, directions: ['minimize'] }]);
  for (let trial = 0; trial < STORED; trial++) {
    const parameters = Array.from({ length: 5 }, (_, j) => ({
      op: 'parameter',
      trial,
      name: `x${j}`,
      value: ((trial * 7919 * (j + 1)) % 10007) / 1000.7 - 5,
      distribution
    }));
    const at = Date.now();
    const values = [parameters.reduce((sum, { value }) => sum + value ** 2, 0)];
    await storage.append(
      [
        { op: 'createTrial', study: 0, started: at },
        ...parameters,
        { op: 'state', trial, state: 'complete', values, ended: at }
      ],
      { durable: false }
    );
  }
  await storage.close();
  return statSync(file).size;
}

async function opening(folder) {
  const file = path.join(folder, 'stored.log');
  const size = await store(file);
  console.log(`opening ${STORED} trials, ${(size / 1e6).toFixed(1)} MB`);
  const best = { tunelab: Infinity, optuna: Infinity };
  for (let round = 0; round < ROUNDS; round++) {
    for (const runner of ['tunelab', 'optuna']) {
      const worker = await start(runner, '', 0);
      best[runner] = Math.min(best[runner], Number(await worker.ask(`open ${file}`)));
      await worker.end();
    }
  }
  return [
    row('open 10,000 trials', 'tunelab', best.tunelab, 'ms'),
    row('open 10,000 trials', 'optuna', best.optuna, 'ms'),
    row('open 10,000 trials', 'tunelab : optuna', best.tunelab / best.optuna, 'of the time')
  ];
}

export async function run() {
  preparePeers();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tunelab bench '));
  try {
    const cases = [1, 4].flatMap(count => ['tunelab', 'optuna'].map(runner => ({ runner, count, best: 0 }))); // prettier-ignore
    for (let round = 0; round < ROUNDS; round++) {
      console.log(`writing, turn ${round + 1} of ${ROUNDS}`);
      for (const each of cases) {
        const found = await speed(folder, each.runner, each.count, round);
        each.best = Math.max(each.best, found);
      }
    }
    const rows = cases.map(({ runner, count, best }) => row(`${count} processes`, runner, best, 'trials/s')); // prettier-ignore
    const [one, theirOne, four, theirFour] = cases.map(({ best }) => best);
    return [
      ...rows,
      row('1 processes', 'tunelab : optuna', one / theirOne, 'times'),
      row('4 processes', 'tunelab : optuna', four / theirFour, 'times'),
      row('4 processes', 'tunelab : tunelab with 1', four / one, 'times'),
      ...(await opening(folder))
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
