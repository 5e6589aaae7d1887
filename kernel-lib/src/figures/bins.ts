/** Bins for histograms: shared edges first, then counts, so that several sets can be compared. */
import type { Axis } from '../scales/axis';
import { position } from './positions';

/** More bins than this are narrower than a few pixels. */
export const MOST_DEFAULT_BINS = 200;

/** Values that have a place on `axis`, as positions in any order, and how many have none. */
export function positionsOf(
  axis: Axis,
  values: ArrayLike<number>
): { places: Float64Array; left: number } {
  const places = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    // Positions of linear axes are the values: the common case does without a call.
    const place = axis.scale === 'linear' ? values[i] : position(axis, values[i]);
    if (place !== null && Number.isFinite(place)) {
      places[count++] = place;
    }
  }
  return { places: places.subarray(0, count), left: values.length - count };
}

/** The value at a position: the inverse of `position`. */
export function valueAt(axis: Axis, place: number): number {
  return axis.scale === 'log'
    ? 10 ** place
    : axis.scale === 'oneMinusLog'
      ? -Math.expm1(-place * Math.LN10)
      : place;
}

/**
 * Freedman and Diaconis (1981): bins of width 2 IQR n^(-1/3), which neither hides the shape of the
 * data nor follows their noise. `sorted` rises.
 */
function defaultBins(sorted: Float64Array, low: number, high: number): number {
  const n = sorted.length;
  const iqr = sorted[Math.floor(0.75 * (n - 1))] - sorted[Math.floor(0.25 * (n - 1))];
  const width = (2 * iqr) / Math.cbrt(n);
  // Half of the values are equal: their spread says nothing, their number a little (Sturges).
  const bins = width > 0 ? Math.ceil((high - low) / width) : Math.ceil(Math.log2(n)) + 1;
  return Math.max(1, Math.min(MOST_DEFAULT_BINS, Number.isFinite(bins) ? bins : Infinity));
}

/** Bins: how many, between which positions, and their edges in the axis's own units. */
export interface Bins {
  low: number;
  high: number;
  edges: Float64Array;
}

/** Edges over all `places` (not empty), equally far apart on the axis. */
export function sharedBins(axis: Axis, places: Float64Array, wanted?: number): Bins {
  const sorted = Float64Array.from(places).sort();
  let low = sorted[0];
  let high = sorted[sorted.length - 1];
  let bins = wanted ?? defaultBins(sorted, low, high);
  // Beyond 2^53 there is nothing between whole numbers to stand around.
  const whole = axis.integer && high - low < Number.MAX_SAFE_INTEGER;
  if (whole || axis.scale === 'category') {
    // Every bin holds as many whole numbers as any other, and stands around them.
    const count = high - low + 1;
    const perBin = axis.scale === 'category' ? 1 : Math.max(1, Math.ceil(count / bins));
    if (axis.scale !== 'log' && axis.scale !== 'oneMinusLog') {
      bins = Math.ceil(count / perBin);
      low -= 0.5;
      high = low + bins * perBin;
    }
  }
  if (low === high) {
    // One value only: a bin around it, wide enough to differ from it in double precision.
    const half = Math.max(0.5, Math.abs(low) * 1e-6);
    [low, high] = [
      Math.max(low - half, -Number.MAX_VALUE),
      Math.min(high + half, Number.MAX_VALUE)
    ];
    bins = wanted ?? 1;
  }
  const span = high - low;
  const raw = Float64Array.from({ length: bins + 1 }, (_, i) => {
    // Weighted ends where the width would overflow.
    const between =
      span < Infinity ? low + (span * i) / bins : low * (1 - i / bins) + high * (i / bins);
    return valueAt(axis, i === bins ? high : between);
  });
  // Bins finer than double precision would have equal edges.
  const distinct = raw.every((edge, i) => i === 0 || edge > raw[i - 1]);
  if (distinct) {
    return { low, high, edges: raw };
  }
  return { low, high, edges: Float64Array.of(valueAt(axis, low), valueAt(axis, high)) };
}

/** How many of `places` lie in each bin; a value on an inner edge belongs to the bin above it. */
export function countInto(bins: Bins, places: Float64Array): Uint32Array {
  const count = bins.edges.length - 1;
  const counts = new Uint32Array(count);
  // Half of everything where the width would overflow.
  const scale = bins.high - bins.low < Infinity ? 1 : 0.5;
  const low = bins.low * scale;
  const span = bins.high * scale - low;
  for (const place of places) {
    const bin = Math.floor(((place * scale - low) / span) * count);
    counts[bin >= count ? count - 1 : bin < 0 ? 0 : bin] += 1;
  }
  return counts;
}
