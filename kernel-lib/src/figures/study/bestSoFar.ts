/** The best value so far, as curves: what a search had found after each of its trials. */
import type { Direction } from '../../trials/trial';
import type { Numbers } from '../scene/scene';

/** `values` in their order, each replaced by the best until then; NaN before the first that is finite. */
export function bestSoFar(values: Numbers, direction: Direction): Float64Array {
  const sign = direction === 'maximize' ? -1 : 1;
  let best = NaN;
  return Float64Array.from(values, value => {
    if (Number.isFinite(value) && !(sign * value >= sign * best)) {
      best = value;
    }
    return best;
  });
}

/**
 * The corners of the step line through (x, best so far): where the best changes, and where the curve ends. A line of
 * ten thousand trials has a few dozen.
 */
export function bestSoFarSteps(
  x: Numbers,
  values: Numbers,
  direction: Direction
): { x: number[]; y: number[] } {
  const best = bestSoFar(values, direction);
  const corners = { x: [] as number[], y: [] as number[] };
  for (let i = 0; i < best.length; i++) {
    const last = i === best.length - 1;
    if (!Number.isNaN(best[i]) && (last || i === 0 || best[i] !== best[i - 1])) {
      corners.x.push(x[i]);
      corners.y.push(best[i]);
    }
  }
  return corners;
}
