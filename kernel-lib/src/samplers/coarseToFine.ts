import { knownOptions, rangeError, show } from '../errors';
import { count } from '../numeric/options';
import type { SearchHistory } from './history';
import { indexAt } from './kernels';
import { perStudy, type AskContext, type Dimension, type Sampler } from './sampler';
import { spread } from './sobol';

/** Options of `samplers.coarseToFine`. */
export interface CoarseToFineOptions {
  /** How many rounds there are, the coarse one over the whole space included; a whole number >= 2. Default: `4`. */
  rounds?: number;
  /** How long a round's region is at most along each scale, as a share of the round's before; in (0, 1). Default: `0.5`. */
  shrink?: number;
  /** Around how many of the best trials a region lies, a whole number >= 1. Default: `3`. */
  best?: number;
  /** How many trials make a round. Default: the budget in equal parts; 10 for each hyperparameter where there is none. */
  trials?: number;
}

/** Where a round samples along one dimension: positions from `low` to `high`, or the values of a choice. */
interface Range {
  low: number;
  high: number;
  /** Indices of a choice's values that are left, the most promising first. */
  values?: number[];
}

const WHOLE: Range = { low: 0, high: 1 };

/**
 * Coarse to fine: samples the whole space, then the region of the best trials, and that more densely from round to
 * round. In round r (from 0) the region is at most `shrink`^r long on each scale: it spans the best trials with half
 * their spread again, where that is less, but not below half of that length. It never leaves the scale, and always
 * holds the best trial and, of whole numbers, its neighbours. A choice keeps `shrink`^r of its values, those of the
 * best trials first. What none of the best trials has (`scales.when`) keeps its whole scale. Points are those of a scrambled Sobol sequence, moved into the region.
 *
 * The region follows each result; a round waits until half of the trials that belong before it have a value, so
 * that nothing narrows where everything fails or still runs. Trials after the last round belong to it.
 *
 * @throws RangeError if `rounds`, `best` or `trials` is no such whole number, `shrink` is not between 0 and 1, or an
 *   option is unknown.
 * @example
 * const search = study({ space: { learningRate: scales.log(1e-4, 1) }, sampler: samplers.coarseToFine({ rounds: 3 }) });
 * await search.optimize(({ learningRate }) => Math.abs(Math.log10(learningRate) + 2), { trials: 12 });
 * search.reason // round and region, such as learningRate 0.006 to 0.02
 * @see lecture, "Tuning process": coarse to fine scheme.
 */
export function coarseToFine(options: CoarseToFineOptions = {}): Sampler {
  const where = 'samplers.coarseToFine';
  knownOptions(where, options, ['rounds', 'shrink', 'best', 'trials']);
  const rounds = count(where, 'rounds', options.rounds ?? 4, 2);
  const best = count(where, 'best', options.best ?? 3);
  const { shrink = 0.5, trials } = options;
  if (typeof shrink !== 'number' || !(shrink > 0 && shrink < 1)) {
    throw rangeError(
      where,
      '`0 < shrink < 1` must hold',
      `shrink=${show(shrink)}`,
      'It is the part of each scale that is left from round to round: 0.5 halves it.'
    );
  }
  if (trials !== undefined) {
    count(where, 'trials', trials);
  }
  const points = perStudy(({ dimensions, seed }) => spread(dimensions.length, seed));
  const reasons = new WeakMap<SearchHistory, string>();

  /** From 0: by the trial's number, but not before half of the results that belong before it are known. */
  function roundOf({ number, dimensions, budget }: AskContext, results: number): number {
    const length = trials ?? (budget ? Math.ceil(budget / rounds) : 10 * dimensions.length);
    return Math.min(rounds - 1, Math.floor(Math.min(number, 2 * results) / length));
  }

  return {
    name: 'coarse to fine',
    ask(context) {
      const { number, history, dimensions } = context;
      const results = history.finished.filter(one => !Number.isNaN(history.losses[one]));
      const round = roundOf(context, results.length);
      const ranges = dimensions.map(() => WHOLE);
      if (round > 0) {
        const leaders = firstOf(results, history.losses, best);
        const share = shrink ** round;
        dimensions.forEach((dimension, j) => {
          const having = (numbers: readonly number[]) => numbers.filter(one => history.has(one, j));
          ranges[j] =
            dimension.kind === 'choice'
              ? choicesLeft(history, j, having(results), share)
              : rangeAround(dimension, positionsOf(history, j, having(leaders)), share);
        });
      }
      const region = round === 0 ? 'the whole space' : wordsFor(dimensions, ranges);
      reasons.set(history, `coarse to fine: round ${round + 1} of ${rounds}, ${region}`);
      const point = points(context)(number);
      return dimensions.map((dimension, j) => within(dimension, ranges[j], point[j]));
    },
    reason: history => reasons.get(history)
  };
}

/** The `most` trials with the lowest losses, the best first, the earlier of equals. */
function firstOf(results: readonly number[], losses: Float64Array, most: number): number[] {
  const first: number[] = [];
  for (const number of results) {
    let place = first.length;
    while (place > 0 && precedes(number, first[place - 1], losses)) {
      place--;
    }
    if (place < most) {
      first.splice(place, 0, number);
      first.length = Math.min(first.length, most);
    }
  }
  return first;
}

const precedes = (a: number, b: number, losses: Float64Array) =>
  losses[a] < losses[b] || (losses[a] === losses[b] && a < b);

/** Where trials lie along a dimension, all of which have it. */
function positionsOf({ points, dimensions }: SearchHistory, j: number, numbers: readonly number[]) {
  return numbers.map(number => points[number * dimensions.length + j]);
}

/** @param leaders positions of the best trials, the best first */
function rangeAround({ size }: Dimension, leaders: readonly number[], share: number): Range {
  if (leaders.length === 0) {
    return WHOLE;
  }
  const first = Math.min(...leaders);
  const last = Math.max(...leaders);
  const half = Math.min(share, Math.max(share / 2, 1.5 * (last - first))) / 2;
  // The middle of the best trials, but no farther than that from the best one.
  const middle = Math.min(leaders[0] + half, Math.max(leaders[0] - half, (first + last) / 2));
  // Of whole numbers the best one's neighbours stay.
  const low = Math.min(middle - half, leaders[0] - 1 / size);
  const high = Math.max(middle + half, leaders[0] + 1 / size);
  // Moved into the scale where that leaves it, rather than cut off.
  return low < 0
    ? { low: 0, high: Math.min(1, high - low) }
    : { low: Math.max(0, low - Math.max(0, high - 1)), high: Math.min(1, high) };
}

/** The values of the best trials first, then those that were never tried. */
function choicesLeft(
  history: SearchHistory,
  j: number,
  results: readonly number[],
  share: number
): Range {
  const { losses, dimensions } = history;
  const { size } = dimensions[j];
  const left = Math.ceil(size * share);
  const lowest = new Map<number, number>();
  positionsOf(history, j, results).forEach((position, i) => {
    const index = indexAt(position, size);
    lowest.set(index, Math.min(losses[results[i]], lowest.get(index) ?? Infinity));
  });
  const values = [...lowest.keys()].sort((a, b) => lowest.get(a)! - lowest.get(b)! || a - b);
  values.length = Math.min(values.length, left);
  for (let index = 0; values.length < left; index++) {
    if (!lowest.has(index)) {
      values.push(index);
    }
  }
  return { ...WHOLE, values };
}

/** The position in a range that stands where `u` stands in [0, 1]. */
function within({ kind, size }: Dimension, { low, high, values }: Range, u: number): number {
  if (kind === 'continuous') {
    return low + u * (high - low);
  }
  if (values) {
    return (values[indexAt(u, values.length)] + 0.5) / size;
  }
  // Each whole number in the range gets an equal part, also at its ends.
  const from = indexAt(low, size);
  return (from + indexAt(u, indexAt(high, size) - from + 1) + 0.5) / size;
}

const MOST_WORDS = 3;

/** A region in the hyperparameters' own units: `learningRate 0.001 to 0.03, activation relu or tanh`. */
function wordsFor(dimensions: readonly Dimension[], ranges: readonly Range[]): string {
  return dimensions
    .map((dimension, j) => {
      const { low, high, values } = ranges[j];
      const at = (u: number) => text(dimension.value(u));
      if (!values) {
        const [from, to] = [at(low), at(high)];
        return `${dimension.name} ${from === to ? from : `${from} to ${to}`}`;
      }
      const named = values.slice(0, MOST_WORDS).map(index => at((index + 0.5) / dimension.size));
      const more = values.length > MOST_WORDS ? [`${values.length - MOST_WORDS} more`] : [];
      return `${dimension.name} ${[...named, ...more].join(' or ')}`;
    })
    .join(', ');
}

/** Four digits; those near 1 keep what tells them apart. */
function text(value: unknown): string {
  if (typeof value !== 'number') {
    return String(value);
  }
  const rest = Number((1 - value).toPrecision(4));
  return String(
    value > 0.9 && value < 1 ? Number((1 - rest).toPrecision(12)) : Number(value.toPrecision(4))
  );
}
