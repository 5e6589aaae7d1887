/** Several step functions of one argument at once: medians and quartiles of curves that best-so-fars are. */
import { percentile } from './stats';

/** y[i] from x[i] on, until the next x, the last one for ever; `before` below x[0]. x rises. */
export interface StepFunction {
  x: readonly number[];
  y: readonly number[];
  before: number;
}

/**
 * Percentiles of several step functions wherever one of them changes; rows as `x`, columns as `shares`. One that lies
 * between a finite and an infinite value is not finite.
 */
export function stepPercentiles(
  curves: readonly StepFunction[],
  shares: readonly number[]
): { x: number[]; rows: number[][] } {
  const x = [...new Set(curves.flatMap(curve => curve.x))].sort((a, b) => a - b);
  const next = curves.map(() => 0);
  const rows = x.map(at => {
    const values = curves.map((curve, i) => {
      while (next[i] < curve.x.length && curve.x[next[i]] <= at) {
        next[i]++;
      }
      return next[i] === 0 ? curve.before : curve.y[next[i] - 1];
    });
    return shares.map(share => percentileBeside(values, share));
  });
  return { x, rows };
}

/** As `percentile`, but exactly at a number it is that number, also where the next one is infinite. */
function percentileBeside(values: number[], share: number): number {
  const place = (share / 100) * (values.length - 1);
  return Number.isInteger(place) ? values.sort((a, b) => a - b)[place] : percentile(values, share);
}
