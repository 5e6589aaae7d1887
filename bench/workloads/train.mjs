// Milliseconds of a training step, beside the peers, on the workloads W1-W6; all in one run that takes turns.
// `npm run bench -- train W1 W5` measures some. BENCH_ROUNDS: turns of each runner (9). BENCH_RUNNERS=JAX,PyTorch: only these
// peers beside ours.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { digits, median, minimum } from '../statistics.mjs';
import { measure } from '../train/measure.mjs';
import { memory, overhead } from '../train/overhead.mjs';
import { WORKLOADS, writeProblem } from '../train/problems.mjs';
import { means, ratiosOf } from '../train/ratios.mjs';
import { canPin } from '../train/runner.mjs';
import { allRunners, OURS } from '../train/runners.mjs';

const rounds = Number(process.env.BENCH_ROUNDS ?? 9);
const peers = process.env.BENCH_RUNNERS?.split(',');

function chosen(names) {
  const unknown = names.filter(name => !Object.hasOwn(WORKLOADS, name));
  if (unknown.length > 0) {
    throw new Error(
      `train: workloads are ${Object.keys(WORKLOADS).join(', ')}, but ${unknown.join(', ')} came.`
    );
  }
  return names.length > 0 ? names : Object.keys(WORKLOADS);
}

const rowOf = (workload, { entry, times, loss, off, agrees }) => ({
  workload,
  runner: entry.runner,
  variant: entry.variant,
  threads: entry.threads,
  msMin: digits(minimum(times)),
  msMedian: digits(median(times)),
  loss: Number(loss.toPrecision(6)),
  difference: Number(off.toExponential(0)),
  sameWork: agrees
});

export async function run(names) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tunelab-bench-'));
  const [rows, ratios, leftOut] = [[], [], []];
  let ours;
  console.log(
    canPin ? 'One-thread runners are pinned to core 0.' : 'No taskset: nothing is pinned.'
  );
  try {
    const runners = allRunners(leftOut).filter(
      ({ runner }) => runner === OURS || !peers || peers.includes(runner)
    );
    for (const workload of chosen(names)) {
      const problem = writeProblem(folder, workload);
      const measured = await measure(problem, runners, rounds, (runner, reason) => {
        leftOut.push({ workload, runner, reason });
        console.log(`${workload}: left out: ${runner}: ${reason}`);
      });
      const here = measured.map(one => rowOf(workload, one));
      console.table(here);
      rows.push(...here);
      ratios.push(...ratiosOf(workload, measured));
    }
    const problemOf = name => writeProblem(folder, name);
    ours = { overhead: await overhead(problemOf), memory: await memory(problemOf) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  ratios.push(...means(ratios));
  console.table(ratios);
  console.table(ours.overhead);
  console.table(ours.memory);
  return { pinned: canPin, rounds, rows, ratios, ...ours, leftOut };
}
