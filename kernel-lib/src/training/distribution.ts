import type { FloatArray } from '../wasm/engine';

/** How many numbers lie where. Plain data. */
export interface Distribution {
  /** Finite numbers; the rest of this record speaks of them alone. */
  count: number;
  /** Numbers that are NaN or infinite. */
  notFinite: number;
  /** Share that is exactly 0: units of ReLU that are off. */
  zeros: number;
  mean: number;
  /** Standard deviation, biased. */
  deviation: number;
  /** Value at 0, 1, 5, 25, 50, 75, 95, 99 and 100 percent; of more than 1,024 numbers to a 4096th of their range. */
  percentiles: number[];
  /** Equal bins from `low` to `high`, the smallest and the largest number. */
  histogram: { low: number; high: number; counts: number[] };
}

/** The percentiles that a distribution records: extremes, tails, quartiles, median. */
export const PERCENTILES: readonly number[] = [0, 1, 5, 25, 50, 75, 95, 99, 100];

/** Percentiles of more numbers than this come from a fine histogram: to a 4096th of their range. */
const MOST_SORTED = 1024;
const FINE = 4096;

/** Percentiles with straight lines between neighbours, as numpy's. */
function exactPercentiles(values: FloatArray): number[] {
  const sorted = values.slice().sort();
  return PERCENTILES.map(p => {
    const place = (p / 100) * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return below + (place - Math.floor(place)) * (above - below);
  });
}

/** Percentiles where the counts of a histogram reach them, each bin evenly filled. */
function countedPercentiles(counts: Int32Array, low: number, high: number, n: number): number[] {
  let bin = 0;
  let below = 0;
  return PERCENTILES.map(p => {
    const wanted = (p / 100) * n;
    while (bin < counts.length - 1 && below + counts[bin] < wanted) {
      below += counts[bin++];
    }
    const inside = counts[bin] > 0 ? (wanted - below) / counts[bin] : 0;
    return low + ((bin + Math.min(1, Math.max(0, inside))) / counts.length) * (high - low);
  });
}

function histogramOf(values: FloatArray, low: number, high: number, bins: number): Int32Array {
  const counts = new Int32Array(bins);
  // Numbers so close that their distance is 0 or its inverse infinite share the first bin.
  const scale = high > low && Number.isFinite(bins / (high - low)) ? bins / (high - low) : 0;
  for (let i = 0; i < values.length; i++) {
    const bin = Math.trunc((values[i] - low) * scale);
    counts[bin < bins ? bin : bins - 1]++;
  }
  return counts;
}

/** Describes numbers by moments, percentiles and a histogram, in two sweeps for many of them. */
export function describe(numbers: FloatArray, bins: number): Distribution {
  let [sum, squares, zeros, finite] = [0, 0, 0, 0];
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i];
    // A number minus itself is 0 unless it is not finite.
    if (value - value === 0) {
      finite++;
      sum += value;
      squares += value * value;
      zeros += value === 0 ? 1 : 0;
      low = value < low ? value : low;
      high = value > high ? value : high;
    }
  }
  const own = finite === numbers.length ? numbers : numbers.filter(Number.isFinite);
  const mean = sum / finite;
  const nothing = finite === 0;
  const fine = finite > MOST_SORTED ? histogramOf(own, low, high, bins * Math.ceil(FINE / bins)) : undefined; // prettier-ignore
  return {
    count: finite,
    notFinite: numbers.length - finite,
    zeros: zeros / finite,
    mean,
    deviation: Math.sqrt(Math.max(0, squares / finite - mean * mean)),
    percentiles: nothing
      ? PERCENTILES.map(() => NaN)
      : fine
        ? countedPercentiles(fine, low, high, finite)
        : exactPercentiles(own),
    histogram: {
      low: nothing ? NaN : low,
      high: nothing ? NaN : high,
      counts: Array.from(fine ? merged(fine, bins) : histogramOf(own, low, high, bins))
    }
  };
}

/** Sums of neighbouring bins, so that `bins` are left. */
function merged(counts: Int32Array, bins: number): Int32Array {
  const each = counts.length / bins;
  const result = new Int32Array(bins);
  counts.forEach((count, i) => (result[Math.floor(i / each)] += count));
  return result;
}
