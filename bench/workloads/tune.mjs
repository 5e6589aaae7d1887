// The search beside Optuna and other peers, which the first run installs. Parts, by BENCH_PARTS=overhead,quality,…:
// overhead  what a trial costs; BENCH_ROUNDS=5
// quality   what is found on COCO bbob; BENCH_PEERS=fresh runs the peers on the same cases instead of reading recorded runs,
//           BENCH_FRESH=optuna-tpe,cobyqa these; BENCH_PEER_SEEDS=1
// robust    the same with noise, and with choices
// digits    a network's hyperparameters; BENCH_TRIALS=50,100, BENCH_DIGITS_SEEDS=20
// BENCH_SAMPLERS=tpe,cmaes chooses ours, BENCH_OPTUNA=tpe,gp Optuna's of the last two; for bbob BENCH_INSTANCES=1,2,
// BENCH_DIMENSIONS=2,5, BENCH_SEEDS=3, BENCH_BUDGET=100 evaluations for each dimension.
// gaussianProcess, and Optuna's gp more so, take hours on bbob: name them with one instance and a budget of 20.
import { digits } from './tune/digits.mjs';
import { overhead } from './tune/overhead.mjs';
import { preparePeers } from './tune/peers.mjs';
import { quality } from './tune/quality.mjs';
import { robust } from './tune/robust.mjs';

const { env } = process;
const list = (name, byDefault) => (env[name] ?? byDefault).split(',');
const numbers = (name, byDefault) => list(name, byDefault).map(Number);
const ours = byDefault => list('BENCH_SAMPLERS', byDefault);
const theirs = byDefault => list('BENCH_OPTUNA', byDefault);

// Instances 1 and 2 are for developing. Judge with others, once, and with peers run on the same.
const bbob = {
  instances: numbers('BENCH_INSTANCES', '1,2'),
  dimensions: numbers('BENCH_DIMENSIONS', '2,5'),
  seeds: Number(env.BENCH_SEEDS ?? 3)
};
const FRESH = 'optuna-random,optuna-sobol,optuna-tpe,optuna-cma,pycma-lq,cobyqa';

const PARTS = {
  overhead,
  quality: () =>
    quality({
      ...bbob,
      samplers: ours('random,latinHypercube,sobol,halton,tpe,cmaes,trustRegion,auto'),
      fresh: env.BENCH_PEERS === 'fresh' ? list('BENCH_FRESH', FRESH) : undefined,
      peerSeeds: Number(env.BENCH_PEER_SEEDS ?? 1)
    }),
  robust: () => robust({ ...bbob, samplers: ours('auto'), optuna: theirs('random,tpe,cma') }),
  digits: () =>
    digits({
      samplers: ours('random,tpe,gaussianProcess,auto'),
      optuna: theirs('random,tpe,tpeGroup,gp,cma'),
      sizes: numbers('BENCH_TRIALS', '50,100'),
      seeds: Number(env.BENCH_DIGITS_SEEDS ?? 20)
    })
};

export async function run() {
  const parts = list('BENCH_PARTS', Object.keys(PARTS).join());
  const unknown = parts.filter(part => !Object.hasOwn(PARTS, part));
  if (unknown.length > 0) {
    throw new Error(
      `tune: BENCH_PARTS are ${Object.keys(PARTS).join(', ')}, but ${unknown.join(', ')} came.`
    );
  }
  preparePeers();
  const rows = [];
  for (const part of parts) {
    rows.push(...(await PARTS[part]()));
  }
  return rows;
}
