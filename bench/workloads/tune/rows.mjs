// The tables of searches on bbob.
import { deviation, mean } from '../../statistics.mjs';
import { BUDGETS, score } from './bbob.mjs';

const rounded = value => Number(value.toFixed(4));

/** A mean over seeds with its standard error, `null` where there is one seed. */
export const estimate = values => ({
  value: rounded(mean(values)),
  error: values.length > 1 ? rounded(deviation(values) / Math.sqrt(values.length)) : null
});

/** Which budgets all runs reached: some peers are too slow to be run as far as the others. */
function budgetsOf(runs, dimension) {
  const least = Math.min(...runs.filter(run => run.dimension === dimension).map(run => run.budget));
  return BUDGETS.filter(budget => budget * dimension <= least);
}

const scoresOf = (runsBySeed, dimension, budgets) =>
  runsBySeed.map(runs => budgets.map(budget => score(runs, dimension, budget)));

const meanOf = budgets => `mean of ${budgets.join(', ')} D`;
const UNIT = 'share of targets';

/**
 * Rows for one sampler in one dimension: each budget, and the mean over budgets.
 * @param of `measure`, `sampler`, `runner`
 * @param runsBySeed for each seed its runs: `dimension`, `budget`, `trace`
 */
export function rowsOf(of, dimension, runsBySeed) {
  const budgets = budgetsOf(runsBySeed.flat(), dimension);
  const scores = scoresOf(runsBySeed, dimension, budgets);
  const row = { ...of, dimension, unit: UNIT };
  return [
    ...budgets.map((budget, i) => ({
      ...row,
      n: budget * dimension,
      ...estimate(scores.map(ofSeed => ofSeed[i]))
    })),
    { ...row, n: meanOf(budgets), ...estimate(scores.map(mean)) }
  ];
}

/** By how much `ours` solves more than `theirs` in the mean over the budgets of both, seed by seed. */
export function differenceOf(of, dimension, ours, theirs) {
  const budgets = budgetsOf([...ours, ...theirs].flat(), dimension);
  const [a, b] = [ours, theirs].map(runs => scoresOf(runs, dimension, budgets).map(mean));
  const differences = a.map((value, i) => value - b[i]);
  return { ...of, dimension, unit: UNIT, n: meanOf(budgets), ...estimate(differences) };
}
