/** Points of a raw curve: more than a screen shows would only cost. */
const MOST_POINTS = 800;

/** A curve over mini-batches, counted from 1. */
export interface Thinned {
  x: Int32Array;
  y: Float64Array;
}

/** How many neighbours share a point. */
const widthFor = (length: number): number => Math.max(1, Math.ceil(length / MOST_POINTS));

/** Means of neighbouring mini-batches, few enough to draw. */
export function thinnedMeans(losses: ArrayLike<number>): Thinned {
  const all = Float64Array.from(losses);
  return thinned(all.length, (from, to) => {
    const part = all.subarray(from, to);
    return part.reduce((sum, loss) => sum + loss, 0) / part.length;
  });
}

/** The last of neighbouring values: enough of a curve that is smooth already. */
export function thinnedLasts(values: ArrayLike<number>): Thinned {
  return thinned(values.length, (_, to) => values[to - 1]);
}

function thinned(length: number, valueOf: (from: number, to: number) => number): Thinned {
  const width = widthFor(length);
  const count = Math.ceil(length / width);
  const x = new Int32Array(count);
  const y = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    x[i] = Math.min(length, (i + 1) * width);
    y[i] = valueOf(i * width, x[i]);
  }
  return { x, y };
}
