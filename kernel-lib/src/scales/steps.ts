import { clampUnit, unitGrid } from './bounds';
import type { Scale } from './scale';

/** A scale of `size` numbers in order: number k is `value(k)`, and `index` its inverse for any number. */
interface Steps {
  kind: 'integer' | 'quantized';
  size: number;
  value(index: number): number;
  index(value: number): number;
  description: Omit<ReturnType<Scale<number>['toJSON']>, 'kind'>;
}

/** A scale of finitely many numbers with equal chances. */
export function stepScale({ kind, size, value, index, description }: Steps): Scale<number> {
  const low = value(0);
  const high = value(size - 1);
  return {
    kind,
    size,
    // Each number owns an equal share of the unit interval and stands for its middle.
    fromUnit: u => value(Math.min(size - 1, Math.floor(clampUnit(u) * size))),
    toUnit: x => (index(x) + 0.5) / size,
    contains: x => typeof x === 'number' && x >= low && x <= high && value(index(x)) === x,
    grid: points => [
      ...new Set(
        unitGrid(`scales.${kind}`, Math.min(points, size)).map(u =>
          value(Math.round(u * (size - 1)))
        )
      )
    ],
    axis: label => ({
      label,
      scale: 'linear',
      range: [low, high],
      ...(kind === 'integer' && { integer: true })
    }),
    toNumber: x => x,
    toJSON: () => ({ kind, ...description })
  };
}
