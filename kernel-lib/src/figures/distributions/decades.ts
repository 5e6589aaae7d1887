/** The decades of a scale: the lecture's unit for learning rates and betas. */

export interface Decade {
  low: number;
  high: number;
}

/** The decades of a range, by value (`log`) or by distance from 1 (`oneMinusLog`), whichever are more. */
export function decadesOf(
  low: number,
  high: number
): { scale: 'log' | 'oneMinusLog'; decades: Decade[] } {
  const byValue = low > 0 ? Math.log10(high / low) : 0;
  const byDistance = high < 1 ? Math.log10((1 - low) / (1 - high)) : 0;
  const log = byValue >= byDistance;
  const edges = log
    ? byValue > 0
      ? powersBetween(low, high)
      : []
    : powersBetween(1 - high, 1 - low)
        .map(distance => Number((1 - distance).toPrecision(15)))
        .reverse();
  return {
    scale: log ? 'log' : 'oneMinusLog',
    decades: edges.slice(1).map((edge, i) => ({ low: edges[i], high: edge }))
  };
}

/** `low`, the powers of ten inside, and `high`; an end that lies next to a power stands for it. */
function powersBetween(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(low) + 1e-9) + 1;
  const last = Math.ceil(Math.log10(high) - 1e-9) - 1;
  const inner = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(`1e${first + i}`)
  );
  return [low, ...inner, high];
}
