/** Percentiles of samples, and of what a probe recorded of them. */
import { percentile } from '../../numeric/stats';
import type { Distribution } from '../../training/distribution';

/** Numbers seen at one time, all finite; or what a probe recorded of such. */
export type Sample = Float64Array | Distribution;

/** The percentiles that a `Distribution` holds, in order. */
const RECORDED = [0, 1, 5, 25, 50, 75, 95, 99, 100];

/**
 * Percentiles of a sample. Of numbers they are `numpy.percentile`'s; of a record those that it holds, and between
 * them straight lines through its other percentiles and the borders of its bins, which is right to a bin's width.
 * @param shares in percent, from 0 to 100
 * @returns NaN each if the sample is empty
 */
export function quantilesOf(sample: Sample, shares: readonly number[]): number[] {
  if (sample instanceof Float64Array) {
    return shares.map(share => percentile(sample, share));
  }
  if (!(sample.count > 0)) {
    return shares.map(() => NaN);
  }
  const points = knownPoints(sample);
  return shares.map(share => {
    const recorded = RECORDED.indexOf(share);
    return recorded >= 0 ? sample.percentiles[recorded] : between(points, share);
  });
}

interface Point {
  value: number;
  share: number;
}

/** Values below which a known share of the sample lies: both never fall from one to the next. */
function knownPoints({ count, percentiles, histogram }: Distribution): Point[] {
  const { low, high, counts } = histogram;
  const points = RECORDED.map((share, i) => ({ value: percentiles[i], share }));
  let below = 0;
  for (let bin = 0; bin < counts.length - 1; bin++) {
    below += counts[bin];
    const value = low + ((high - low) * (bin + 1)) / counts.length;
    points.push({ value, share: (100 * below) / count });
  }
  points.sort((a, b) => a.share - b.share || a.value - b.value);
  let highest = -Infinity;
  return points.map(({ value, share }) => {
    highest = Math.max(highest, value);
    return { value: highest, share };
  });
}

function between(points: readonly Point[], share: number): number {
  const above = Math.max(
    1,
    points.findIndex(point => point.share >= share)
  );
  const [a, b] = [points[above - 1], points[above]];
  const t = b.share > a.share ? (share - a.share) / (b.share - a.share) : 0;
  return a.value + t * (b.value - a.value);
}

/** How many finite numbers a sample holds. */
export const sizeOf = (sample: Sample): number =>
  sample instanceof Float64Array ? sample.length : sample.count;
