import type { Axis } from './axis';
import { clampUnit, unitGrid } from './bounds';
import type { Scale } from './scale';

/** How a continuous scale bends: `position` grows with the value, `value` is its inverse. */
interface Bend {
  kind: 'linear' | 'log' | 'oneMinusLog';
  low: number;
  high: number;
  position(value: number): number;
  value(position: number): number;
}

/** A continuous scale from [low, high]: the unit interval is spread evenly over positions. */
export function continuousScale({ kind, low, high, position, value }: Bend): Scale<number> {
  const first = position(low);
  const width = position(high) - first;
  function fromUnit(u: number): number {
    // The ends are met exactly, whatever the roots and powers between them round to.
    const inside = value(first + clampUnit(u) * width);
    return Math.min(high, Math.max(low, inside));
  }
  return {
    kind,
    size: Infinity,
    fromUnit,
    toUnit: x => clampUnit((position(x) - first) / width),
    contains: x => typeof x === 'number' && x >= low && x <= high,
    grid: points => unitGrid(`scales.${kind}`, points).map(fromUnit),
    axis: (label): Axis => ({ label, scale: kind, range: [low, high] }),
    toNumber: x => x,
    toJSON: () => ({ kind, low, high })
  };
}
