// What `fit` and probes add to the bare steps, and the memory of many networks.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { digits, median, pairedRatio } from '../statistics.mjs';
import { startRunner } from './runner.mjs';
import { fastNode } from './runners.mjs';

const PAIRS = 30;
const NETWORKS = 1000;
const script = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  '..',
  'runners',
  'tunelab_fit.mjs'
);

/** How often the workload's examples stand in an epoch: as many rows as MNIST's train split, and as the digits. */
const TIMES = { W1: 48, W5: 1 };

/** What `fit` gets beside data and optimizer, and on which workloads. */
const MEASURES = {
  'fit : bare steps': { options: {}, workloads: ['W1', 'W5'] },
  'fit, probes of every layer each epoch : bare steps': {
    options: { probes: [{}] },
    workloads: ['W1']
  }
};

async function asked(problem, question) {
  const runner = startRunner({ command: fastNode(), args: [script], pinned: true });
  try {
    await runner.ask({ build: problem });
    return await runner.ask(question);
  } finally {
    await runner.stop();
  }
}

/** A row a measure: the mean of 30 paired ratios, and the upper bound of its 90 % interval. */
export async function overhead(problemOf) {
  const rows = [];
  for (const [measure, { options, workloads }] of Object.entries(MEASURES)) {
    for (const workload of workloads) {
      const { ratios } = await asked(problemOf(workload), {
        fit: { pairs: PAIRS, times: TIMES[workload], ...options }
      });
      const { ratio, upper90 } = pairedRatio(ratios);
      rows.push({
        measure,
        workload,
        ratio: Number(ratio.toFixed(3)),
        upper90: Number(upper90.toFixed(3)),
        median: Number(median(ratios).toFixed(3))
      });
    }
  }
  return rows;
}

/** Megabytes of a process before and after 1,000 networks of W5 were built, trained one epoch and dropped. */
export async function memory(problemOf) {
  const { before, after } = await asked(problemOf('W5'), { networks: NETWORKS });
  return ['resident', 'arrays and WebAssembly', 'heap'].map((kind, i) => ({
    measure: `MB before and after ${NETWORKS} networks of W5: ${kind}`,
    before: digits(before[i]),
    after: digits(after[i])
  }));
}
