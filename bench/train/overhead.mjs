// What `fit` and probes add to the bare steps, and the memory of many networks.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { digits, median, pairedRatio } from '../statistics.mjs';
import { WORKLOADS } from './problems.mjs';
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

/**
 * What `fit` gets beside data and optimizer, on which workloads, and how often their examples stand in an epoch. W1 as it is,
 * 1,024 rows, and with as many rows as MNIST, 154 MB: there rows in random order come from memory more slowly than the
 * bare steps' rows side by side.
 */
const MEASURES = [
  { measure: 'fit : bare steps', workload: 'W1', times: 1 },
  { measure: 'fit : bare steps', workload: 'W1', times: 48 },
  { measure: 'fit : bare steps', workload: 'W5', times: 1 },
  {
    measure: 'fit, probes of every layer each epoch : bare steps',
    workload: 'W1',
    times: 48,
    probes: [{}]
  }
];

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
  for (const { measure, workload, ...options } of MEASURES) {
    const problem = problemOf(workload);
    const { ratios } = await asked(problem, { fit: { pairs: PAIRS, ...options } });
    const { ratio, upper90 } = pairedRatio(ratios);
    const { rows: batch, batches } = WORKLOADS[workload];
    rows.push({
      measure,
      workload,
      examples: options.times * batch * batches,
      ratio: Number(ratio.toFixed(3)),
      upper90: Number(upper90.toFixed(3)),
      median: Number(median(ratios).toFixed(3))
    });
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
