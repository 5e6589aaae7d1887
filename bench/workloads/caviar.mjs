// Many networks at once: 200 networks on digits with 2 workers beside 1, what the machine allows there (two processes that
// know nothing of each other beside one), trials a minute beside Optuna with PyTorch in as many processes, and what a trial
// costs beside its objective. The first run installs the peers (BENCH_PEERS_PYTHON names a Python that has them).
// BENCH_ROUNDS is how often each has its turn (3), BENCH_EPOCHS how long each network learns (50). Ratios are of minima.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import {
  caviar,
  datasets,
  evaluate,
  fit,
  layers,
  optimizers,
  samplers,
  scales,
  sequential,
  study
} from 'tunelab';
import { digits as rounded, minimum } from '../statistics.mjs';
import { preparePeers } from './tune/peers.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const NETWORKS = 200;
/** Of PyTorch's, which are slower; a minute's number follows. */
const PEER_NETWORKS = 20;
const EMPTY = 5000;
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);

const data = datasets.digits({ seed: 1 });
const settings = { units: 32, epochs: Number(process.env.BENCH_EPOCHS ?? 50), batchSize: 64 };

/** Seconds for so many networks. */
async function networks(workers) {
  const search = study({
    space: { learningRate: scales.log(1e-4, 1) },
    sampler: samplers.random(),
    seed: 1
  });
  const began = performance.now();
  await caviar(
    search,
    async (
      { learningRate },
      { seed, signal, context: { train, dev, units, epochs, batchSize } }
    ) => {
      const network = sequential(
        [
          layers.dense(units),
          layers.batchNorm(),
          layers.relu(),
          layers.dense(10),
          layers.softmax()
        ],
        { inputs: 64, seed }
      );
      const optimizer = optimizers.adam({ learningRate });
      await fit(network, train, { epochs, batchSize, optimizer, seed, signal });
      return evaluate(network, dev).error;
    },
    { trials: NETWORKS, workers, context: { ...data, ...settings } }
  );
  const seconds = (performance.now() - began) / 1000;
  if (search.trials.some(({ state }) => state !== 'complete')) {
    throw new Error('bench: a network failed');
  }
  return { seconds, errors: search.trials.map(({ value }) => value) };
}

/** Milliseconds for a trial whose objective does nothing, threads apart: of two numbers of trials. */
async function overhead(workers) {
  const time = async trials => {
    const search = study({ space: { x: scales.linear(0, 1) }, sampler: samplers.random() });
    const began = performance.now();
    await caviar(search, ({ x }) => x, { trials, workers });
    return performance.now() - began;
  };
  const [few, many] = [await time(workers), await time(EMPTY)];
  return (many - few) / (EMPTY - workers);
}

/** A process that answers lines, once it has said the first one. */
async function answering(command, args) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => (await lines.next()).value;
  await next();
  return { child, next };
}

/** Seconds for the networks in so many processes of their own, each with its part, when V8 has compiled all. */
async function machine(processes) {
  const script = path.join(here, 'caviar', 'alone.mjs');
  const args = [script, JSON.stringify(settings)];
  const runs = await Promise.all(
    Array.from({ length: processes }, () => answering(process.execPath, args))
  );
  const ask = count =>
    Promise.all(
      runs.map(({ child, next }) => {
        child.stdin.write(`${count}\n`);
        return next();
      })
    );
  await ask(10);
  const seconds = await ask(NETWORKS / processes);
  runs.forEach(({ child }) => child.stdin.end());
  return Math.max(...seconds.map(Number));
}

/** Seconds for PyTorch's networks by Optuna in so many processes on one journal, their start apart. */
async function peer(processes, folder) {
  const script = path.join(here, 'caviar', 'optuna_torch.py');
  const log = path.join(folder, `study ${Date.now()}.log`);
  const task = { ...settings, log, folder, trials: PEER_NETWORKS / processes };
  const runs = await Promise.all(
    Array.from({ length: processes }, () =>
      answering(preparePeers().python, [script, JSON.stringify(task)])
    )
  );
  const began = performance.now();
  runs.forEach(({ child }) => child.stdin.end('go\n'));
  const answers = await Promise.all(runs.map(({ next }) => next()));
  if (answers.some(answer => answer !== 'done')) {
    throw new Error(`bench: Optuna with PyTorch ended with ${answers.join(', ')}`);
  }
  return (performance.now() - began) / 1000;
}

export async function run() {
  preparePeers();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tunelab-bench-'));
  const times = {
    1: [],
    2: [],
    machine1: [],
    machine2: [],
    peer: [],
    overhead1: [],
    overhead2: []
  };
  try {
    for (const [part, { x, y }] of Object.entries(data)) {
      writeFileSync(path.join(folder, `${part}X.bin`), x);
      writeFileSync(path.join(folder, `${part}Y.bin`), y);
    }
    let errors;
    for (let round = 0; round < rounds; round++) {
      for (const workers of [1, 2]) {
        const made = await networks(workers);
        errors ??= made.errors.join();
        if (made.errors.join() !== errors) {
          throw new Error('bench: the networks were not the same');
        }
        times[workers].push(made.seconds);
      }
      times.machine1.push(await machine(1));
      times.machine2.push(await machine(2));
      times.peer.push(await peer(2, folder));
      times.overhead1.push(await overhead(1));
      times.overhead2.push(await overhead(2));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const [one, two] = [minimum(times[1]), minimum(times[2])];
  const [ours, theirs] = [(60 * NETWORKS) / two, (60 * PEER_NETWORKS) / minimum(times.peer)];
  return [
    row(`${NETWORKS} digits networks, 1 worker`, one, 's'),
    row(`${NETWORKS} digits networks, 2 workers`, two, 's'),
    row('2 workers over 1', one / two, 'times', '1.85'),
    row(
      '2 processes over 1, no caviar: what the machine allows',
      minimum(times.machine1) / minimum(times.machine2),
      'times'
    ),
    row('trials a minute, tunelab, 2 workers', ours, '1/min'),
    row('trials a minute, Optuna and PyTorch, 2 processes', theirs, '1/min'),
    row('tunelab over Optuna and PyTorch', ours / theirs, 'times', '5'),
    row('overhead of a trial, 1 worker', minimum(times.overhead1), 'ms', 'below 1'),
    row('overhead of a trial, 2 workers', minimum(times.overhead2), 'ms', 'below 1')
  ];
}

const row = (measure, value, unit, wanted = '') => ({
  measure,
  value: rounded(value),
  unit,
  wanted
});
