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
  /** Value of each percentile in `PERCENTILES`. */
  percentiles: number[];
  /** Equal bins from `low` to `high`, the smallest and the largest number. */
  histogram: { low: number; high: number; counts: number[] };
}

/** The percentiles that a distribution records: extremes, tails, quartiles, median. */
export const PERCENTILES: readonly number[] = [0, 1, 5, 25, 50, 75, 95, 99, 100];

/** Moves the numbers so that each of the sorted places `ks` holds what it would hold if all were sorted. */
function selectPlaces(values: FloatArray, low: number, high: number, ks: readonly number[]): void {
  if (ks.length === 0 || low >= high) {
    return;
  }
  const pivot = values[(low + high) >>> 1];
  let [i, j] = [low, high];
  while (i <= j) {
    while (values[i] < pivot) {
      i++;
    }
    while (values[j] > pivot) {
      j--;
    }
    if (i <= j) {
      const held = values[i];
      values[i++] = values[j];
      values[j--] = held;
    }
  }
  selectPlaces(values, low, j, ks.filter(k => k <= j)); // prettier-ignore
  selectPlaces(values, i, high, ks.filter(k => k >= i)); // prettier-ignore
}

/** Percentiles with straight lines between neighbours, as numpy's; reorders `values`. */
function percentilesOf(values: FloatArray): number[] {
  const places = PERCENTILES.map(p => (p / 100) * (values.length - 1));
  selectPlaces(values, 0, values.length - 1, [
    ...new Set(places.flatMap(place => [Math.floor(place), Math.ceil(place)]))
  ]);
  return places.map(place => {
    const [below, above] = [values[Math.floor(place)], values[Math.ceil(place)]];
    return below + (place - Math.floor(place)) * (above - below);
  });
}

function histogramOf(values: FloatArray, low: number, high: number, bins: number): number[] {
  const counts = new Int32Array(bins);
  // Numbers so close that their distance is 0 or its inverse infinite share the first bin.
  const scale = high > low && Number.isFinite(bins / (high - low)) ? bins / (high - low) : 0;
  for (let i = 0; i < values.length; i++) {
    const bin = Math.trunc((values[i] - low) * scale);
    counts[bin < bins ? bin : bins - 1]++;
  }
  return Array.from(counts);
}

/** Describes numbers by moments, percentiles and a histogram, in time proportional to their number. */
export function describe(numbers: FloatArray, bins: number): Distribution {
  let [sum, zeros, finite] = [0, 0, 0];
  const values = numbers.slice();
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i];
    // A number minus itself is 0 unless it is not finite.
    if (value - value === 0) {
      values[finite++] = value;
      sum += value;
      zeros += value === 0 ? 1 : 0;
    }
  }
  const own = values.subarray(0, finite);
  const mean = sum / finite;
  let squares = 0;
  for (let i = 0; i < finite; i++) {
    squares += (own[i] - mean) ** 2;
  }
  const percentiles = finite > 0 ? percentilesOf(own) : PERCENTILES.map(() => NaN);
  const [low, high] = [percentiles[0], percentiles[PERCENTILES.length - 1]];
  return {
    count: finite,
    notFinite: numbers.length - finite,
    zeros: zeros / finite,
    mean,
    deviation: Math.sqrt(squares / finite),
    percentiles,
    histogram: { low, high, counts: histogramOf(own, low, high, bins) }
  };
}
