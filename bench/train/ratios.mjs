// How much faster than the peers: in each round the best time of some runners by ours, median over the rounds.
import { digits, geometricMean, median } from '../statistics.mjs';
import { OURS, OWN_PLAIN } from './runners.mjs';

const fast = ({ runner, variant }) => runner === OURS && variant !== OWN_PLAIN;

/** Each ratio: whose best time, and ours; where ours has no 2 threads, 1 stands for them. */
const RATIOS = {
  'JAX, best of one core : tunelab, 1 thread': {
    theirs: ({ runner, threads }) => runner === 'JAX' && threads === 1,
    ours: entry => fast(entry) && entry.threads === 1
  },
  'PyTorch, best : tunelab, best of 1 and 2 threads': {
    theirs: ({ runner }) => runner === 'PyTorch',
    ours: fast
  },
  'JavaScript, fastest : tunelab plain': {
    theirs: ({ javaScript }) => javaScript === true,
    ours: ({ runner, variant }) => runner === OURS && variant === OWN_PLAIN
  }
};

/** The ratios of one workload; those without a peer that does the same work are missing. */
export function ratiosOf(workload, measured) {
  const best = (wanted, round) =>
    Math.min(
      ...measured
        .filter(({ entry, agrees }) => agrees && wanted(entry))
        .map(({ times }) => times[round])
    );
  return Object.entries(RATIOS).flatMap(([ratio, { theirs, ours }]) => {
    const all = measured[0].times
      .map((_, round) => best(theirs, round) / best(ours, round))
      .filter(Number.isFinite);
    return all.length === 0
      ? []
      : [
          {
            ratio,
            workload,
            median: digits(median(all)),
            lowest: digits(Math.min(...all)),
            highest: digits(Math.max(...all))
          }
        ];
  });
}

/** A row for each ratio with the geometric mean of its medians over the workloads. */
export function means(ratios) {
  return Object.keys(RATIOS).flatMap(ratio => {
    const medians = ratios.filter(row => row.ratio === ratio).map(row => row.median);
    return medians.length === 0
      ? []
      : [{ ratio, workload: 'geometric mean', median: digits(geometricMean(medians)) }];
  });
}
