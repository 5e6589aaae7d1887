/** How far a feature has shifted, in numbers and in words. */
import { chanceDistance, distances } from '../../numeric/distances';
import { moments } from '../../numeric/stats';
import { formatNumber } from '../text';

export interface Shift {
  /** Of the feature. */
  name: string;
  /** The finite numbers of both sets, rising. */
  sorted: readonly [Float64Array, Float64Array];
  /** Wasserstein's distance in pooled standard deviations; NaN without numbers, infinite for two different constants. */
  relative: number;
  /** In [0, 1]. */
  kolmogorovSmirnov: number;
  /** Cohen's word for `relative`. */
  word: string;
  /** Whether two samples of one distribution are as far apart in fewer than 5 of 100 cases. */
  beyondChance: boolean;
}

/** Cohen's (1988) words for distances in standard deviations. */
const WORDS: readonly [from: number, word: string][] = [
  [0.8, 'large'],
  [0.5, 'medium'],
  [0.2, 'small'],
  [0, 'hardly any']
];

export function measureShift(name: string, a: Float64Array, b: Float64Array): Shift {
  const sorted = [finiteSorted(a), finiteSorted(b)] as const;
  if (sorted.some(values => values.length === 0)) {
    const none = { relative: NaN, kolmogorovSmirnov: NaN, word: 'unknown', beyondChance: false };
    return { name, sorted, ...none };
  }
  const { wasserstein, kolmogorovSmirnov } = distances(...sorted);
  const [first, second] = sorted.map(values => moments(values).deviation);
  const pooled = Math.sqrt((first ** 2 + second ** 2) / 2);
  const relative = wasserstein === 0 ? 0 : wasserstein / pooled;
  return {
    name,
    sorted,
    relative,
    kolmogorovSmirnov,
    word: WORDS.find(([from]) => relative >= from)?.[1] ?? 'unknown',
    beyondChance: kolmogorovSmirnov > chanceDistance(sorted[0].length, sorted[1].length)
  };
}

function finiteSorted(values: Float64Array): Float64Array {
  return values.filter(Number.isFinite).sort();
}

/** What the distances of a feature say. */
export function meaning({ relative, kolmogorovSmirnov, word, beyondChance }: Shift): string {
  const points = formatNumber(Number((100 * kolmogorovSmirnov).toPrecision(2)));
  return (
    `values lie ${formatNumber(Number(relative.toPrecision(2)))} standard deviations apart on average (W1; ` +
    `${word === 'hardly any' ? 'hardly any shift' : `a ${word} shift`}), and the shares below a value differ by up to ` +
    `${points} percentage points (KS), ${
      beyondChance ? 'more than chance explains' : 'which chance explains'
    }.`
  );
}
