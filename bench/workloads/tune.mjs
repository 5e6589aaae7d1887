// The search beside Optuna: what a trial costs, and what is found on COCO bbob. The first run installs the peers.
// BENCH_PARTS=overhead,quality, BENCH_SAMPLERS=tpe,cmaes, BENCH_INSTANCES=1,2, BENCH_DIMENSIONS=2,5, BENCH_SEEDS=3,
// BENCH_BUDGET=100 evaluations for each dimension. gaussianProcess takes an hour: name it with instance 1 and a budget of 20.
import { createRequire } from 'node:module';
import { BUDGETS, recordedPeers, runSampler, score } from './tune/bbob.mjs';
import { startCoco } from './tune/coco.mjs';
import { overhead } from './tune/overhead.mjs';
import { preparePeers } from './tune/peers.mjs';

const { samplers } = createRequire(import.meta.url)('tunelab');
const list = (name, byDefault) => (process.env[name] ?? byDefault).split(',');
const parts = list('BENCH_PARTS', 'overhead,quality');
const names = list(
  'BENCH_SAMPLERS',
  'random,latinHypercube,sobol,halton,tpe,cmaes,trustRegion,auto'
);
// Instances 1 and 2 are for developing. Judge with others, once, and with peers run on the same.
const instances = list('BENCH_INSTANCES', '1,2').map(Number);
const dimensions = list('BENCH_DIMENSIONS', '2,5').map(Number);
const seeds = Number(process.env.BENCH_SEEDS ?? 3);

const mean = values => values.reduce((a, b) => a + b, 0) / values.length;
const rounded = value => Number(value.toFixed(4));

/** Rows for one sampler in one dimension: each budget, and the mean over budgets with its standard error. */
function rowsOf(sampler, runner, dimension, runsBySeed) {
  // Some peers were too slow to be run as far as the others.
  const reached = Math.min(...runsBySeed.flat().filter(run => run.dimension === dimension).map(run => run.budget)); // prettier-ignore
  const budgets = BUDGETS.filter(budget => budget * dimension <= reached);
  const scores = runsBySeed.map(runs => budgets.map(budget => score(runs, dimension, budget)));
  const means = scores.map(mean);
  const overall = mean(means);
  const deviation = Math.sqrt(mean(means.map(value => (value - overall) ** 2)));
  const row = { measure: 'bbob', sampler, dimension, runner, unit: 'share of targets' };
  return [
    ...budgets.map((budget, i) => ({
      ...row,
      n: budget * dimension,
      value: rounded(mean(scores.map(of => of[i])))
    })),
    {
      ...row,
      n: `mean of ${budgets.join(', ')} D`,
      value: rounded(overall),
      // Of the mean over seeds; one recorded run shows none.
      error: seeds > 1 && means.length > 1 ? rounded(deviation / Math.sqrt(means.length - 1)) : null
    }
  ];
}

async function quality() {
  const rows = [];
  for (const [name, runs] of recordedPeers({ instances, dimensions })) {
    // A peer that was run on a part of the cases only cannot be compared.
    if (runs.length === 24 * instances.length * dimensions.length) {
      const [runner, ...sampler] = name.split('-');
      const label = sampler.join('-') || runner;
      dimensions.forEach(d => rows.push(...rowsOf(label, `${runner} (recorded)`, d, [runs])));
    }
  }
  const coco = startCoco();
  try {
    for (const name of names) {
      console.log(`quality: ${name}`);
      const bySeed = [];
      for (let seed = 1; seed <= seeds; seed++) {
        bySeed.push(
          await runSampler(coco, () => samplers[name](), { instances, dimensions, seed })
        );
      }
      dimensions.forEach(d => rows.push(...rowsOf(name, 'tunelab', d, bySeed)));
    }
  } finally {
    coco.end();
  }
  return rows.sort((a, b) => a.dimension - b.dimension);
}

export async function run() {
  preparePeers();
  const rows = [];
  if (parts.includes('overhead')) {
    rows.push(...(await overhead()));
  }
  if (parts.includes('quality')) {
    rows.push(...(await quality()));
  }
  return rows;
}
