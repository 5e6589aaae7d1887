import type { FloatArray } from 'tunelab/dist/wasm/engine';

/** The slope of `lossNow` along each of `values`, which are put back: (f(v + h) - f(v - h)) / 2h. */
export function centralDifferences(values: FloatArray, lossNow: () => number): number[] {
  const step = 1e-5;
  return Array.from(values, (value, i) => {
    values[i] = value + step;
    const above = lossNow();
    values[i] = value - step;
    const below = lossNow();
    values[i] = value;
    return (above - below) / (2 * step);
  });
}
