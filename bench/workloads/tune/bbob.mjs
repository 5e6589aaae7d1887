// Searches of COCO's bbob functions, and their score: which share of 51 targets is reached.
const FUNCTIONS = Array.from({ length: 24 }, (_, i) => i + 1);
// In evaluations for each dimension. Smaller ones are read from the runs of the largest.
const FULL = Number(process.env.BENCH_BUDGET ?? 100);
export const BUDGETS = [10, 20, 50, 100].filter(budget => budget <= FULL);
const TARGETS = Array.from({ length: 51 }, (_, i) => 10 ** (2 - i / 5));

/** All cases: instances, dimensions and functions, with the budget in evaluations. */
export const casesOf = ({ instances, dimensions, budget = FULL }) =>
  dimensions.flatMap(dimension =>
    instances.flatMap(instance =>
      FUNCTIONS.map(fun => ({ fun, instance, dimension, budget: budget * dimension }))
    )
  );

const padded = (value, length) => String(value).padStart(length, '0');

/** COCO's own name of a case. */
export const problemOf = ({ fun, instance, dimension }) =>
  `bbob_f${padded(fun, 3)}_i${padded(instance, 2)}_d${padded(dimension, 2)}`;

/** The seed of a peer's first run of a case; later ones are a million apart. */
export const peerSeed = ({ fun, instance, dimension }, seed) =>
  10000 * dimension + 100 * instance + fun + 1_000_000 * (seed - 1);

export const names = dimension => Array.from({ length: dimension }, (_, j) => `x${j}`);

/** The plain problem: -5 to 5 on linear scales, and the regret as it is. */
export const plain = ({ dimension }) => ({
  axes: names(dimension).map(name => ({ name, kind: 'linear', low: -5, high: 5 })),
  seen: regret => regret
});

/**
 * One search: its trace, as [evaluation, best regret] pairs at every improvement.
 * @param variant `axes` to search, and what the sampler has `seen` of the regret at an evaluation; the trace has the regret
 */
export async function search(coco, runner, { fun, instance, dimension, budget }, seed, variant) {
  const trace = [];
  let best = Infinity;
  await runner({ axes: variant.axes, seed, budget }, async (config, k) => {
    const x = names(dimension).map(name => config[name]);
    const regret = await coco.regret(fun, instance, dimension, x);
    if (regret < best) {
      best = regret;
      trace.push([k + 1, regret]);
    }
    return variant.seen(regret, k);
  });
  return trace;
}

/** The best regret within `evaluations`. */
export function reached(trace, evaluations) {
  let best = Infinity;
  for (const [k, regret] of trace) {
    best = k <= evaluations ? regret : best;
  }
  return best;
}

/** Mean share of solved (function, target) pairs over all runs in a dimension. */
export function score(runs, dimension, budget) {
  const shares = runs
    .filter(run => run.dimension === dimension)
    .map(run => reached(run.trace, budget * dimension))
    .map(best => TARGETS.filter(target => best <= target).length / TARGETS.length);
  return shares.reduce((a, b) => a + b, 0) / shares.length;
}
