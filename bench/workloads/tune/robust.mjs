// COCO's bbob made more like trainings: with noise, and with half of the dimensions as choices. Ours and Optuna's samplers
// see the same noise at the same trial; what counts is the regret without it of the points that were tried.
import { createRequire } from 'node:module';
import { casesOf, names, peerSeed, plain, problemOf, search } from './bbob.mjs';
import { ONE_THREAD, startBridge } from './bridge.mjs';
import { startCoco } from './coco.mjs';
import { kept } from './kept.mjs';
import { differenceOf, rowsOf } from './rows.mjs';
import { optunaRunner, tunelabRunner } from './runners.mjs';

const require = createRequire(import.meta.url);
const { createRng, hashSeed } = require('tunelab/dist/numeric/rng');

const POINTS = 1000;

/** The range of a function: how far the 90th percentile of the values at 1,000 random points lies above the optimum. */
async function rangeOf(coco, one) {
  const rng = createRng(hashSeed(0, problemOf(one)));
  const points = Array.from({ length: POINTS }, () =>
    names(one.dimension).map(() => 10 * rng.uniform() - 5)
  );
  const regrets = await Promise.all(
    points.map(x => coco.regret(one.fun, one.instance, one.dimension, x))
  );
  return regrets.sort((a, b) => a - b)[0.9 * POINTS - 1];
}

/** Normal noise with a deviation of a share of the range, another at each trial of each seed. */
const noisy = share => async (coco, one, seed) => {
  const rng = createRng(hashSeed(seed, `noise ${problemOf(one)}`));
  const deviation = share * (await rangeOf(coco, one));
  const { axes } = plain(one);
  return { axes, seen: (regret, k) => regret + deviation * rng.fork(k).normal() };
};

/**
 * Every other dimension, the second first, as a choice of 5, 6 or 7 evenly spaced values between -5 and 5, one of which
 * is the optimum's: all targets can be reached.
 */
async function halfCategorical(coco, one) {
  const optimum = await coco.optimum(one.fun, one.instance, one.dimension);
  const axes = plain(one).axes.map((axis, j) => {
    if (j % 2 === 0) {
      return axis;
    }
    const count = 5 + ((j >> 1) % 3);
    const step = 10 / count;
    const place = Math.min(count - 1, Math.max(0, Math.floor((optimum[j] + 5) / step)));
    const values = Array.from({ length: count }, (_, k) => optimum[j] + (k - place) * step);
    return { name: axis.name, kind: 'choice', values };
  });
  return { axes, seen: regret => regret };
}

const VARIANTS = {
  'noise 1 %': noisy(0.01),
  'noise 10 %': noisy(0.1),
  'half categorical': halfCategorical
};
// In evaluations for each dimension: Optuna's Gaussian process takes a second and more for a trial beyond.
const SHORT = { gp: 20 };

/** Runs of one sampler on a variant, for each seed. */
async function runsOf(coco, cases, seeds, one) {
  const runsBySeed = [];
  for (let seed = 1; seed <= seeds; seed++) {
    runsBySeed.push(
      await Promise.all(cases.map(async of => ({ ...of, trace: await one(of, seed) })))
    );
  }
  return runsBySeed;
}

/** @param optuna names of Optuna's samplers (samplers.py) */
export async function robust({ samplers, optuna, instances, dimensions, seeds }) {
  const coco = startCoco();
  const bridge = startBridge('ask.py', ONE_THREAD);
  const rows = [];
  try {
    for (const [measure, variant] of Object.entries(VARIANTS)) {
      const theirs = new Map();
      for (const sampler of optuna) {
        console.log(`${measure}: optuna ${sampler}`);
        const cases = casesOf({ instances, dimensions, budget: SHORT[sampler] });
        const runs = await runsOf(coco, cases, seeds, async (of, seed) => {
          const problem = `${problemOf(of)}, ${measure}`;
          const key = {
            problem,
            algo: `optuna-${sampler}`,
            seed: peerSeed(of, seed),
            budget: of.budget
          };
          const record = await kept(key, async () =>
            search(coco, optunaRunner(bridge, sampler), of, key.seed, await variant(coco, of, seed))
          );
          return record.trace;
        });
        theirs.set(sampler, runs);
        const of = { measure, sampler, runner: 'optuna' };
        dimensions.forEach(d => rows.push(...rowsOf(of, d, runs)));
      }
      for (const sampler of samplers) {
        console.log(`${measure}: ${sampler}`);
        const cases = casesOf({ instances, dimensions });
        const runs = await runsOf(coco, cases, seeds, async (of, seed) =>
          search(coco, tunelabRunner(sampler), of, seed, await variant(coco, of, seed))
        );
        const of = { measure, sampler, runner: 'tunelab' };
        for (const d of dimensions) {
          rows.push(...rowsOf(of, d, runs));
          for (const [peer, runsOfPeer] of theirs) {
            const pair = { measure, sampler: `${sampler} - ${peer}`, runner: 'tunelab - optuna' };
            rows.push(differenceOf(pair, d, runs, runsOfPeer));
          }
        }
      }
    }
  } finally {
    coco.end();
    bridge.end();
  }
  return rows.sort((a, b) => a.dimension - b.dimension);
}
