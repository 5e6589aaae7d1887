import { rangeError, show } from '../errors';
import { clampUnit } from './bounds';
import type { Scale } from './scale';

/**
 * One of the given values, with equal chances and no order between them.
 *
 * @param choices at least one string, number, boolean or null, all different
 * @throws RangeError if there is none, two are equal, or one is of another kind or NaN.
 * @example scales.choice(['relu', 'tanh']) // config.activation is 'relu' | 'tanh'
 */
export function choice<const T extends string | number | boolean | null>(
  choices: readonly T[]
): Scale<T> {
  const where = 'scales.choice';
  if (!Array.isArray(choices) || choices.length === 0) {
    throw rangeError(
      where,
      'choices must be an array of at least one value',
      show(choices),
      "Pass an array such as ['a', 'b']."
    );
  }
  const wrong = choices.find(
    value =>
      (typeof value === 'number' && !Number.isFinite(value)) ||
      (value !== null && !['string', 'number', 'boolean'].includes(typeof value))
  );
  if (wrong !== undefined || choices.includes(undefined as never)) {
    throw rangeError(
      where,
      'choices are strings, finite numbers, booleans or null',
      show(wrong),
      'Give each object a name, and look it up in the objective.'
    );
  }
  if (new Set(choices).size !== choices.length) {
    throw rangeError(
      where,
      'choices must differ',
      show(choices),
      'Remove the one that stands twice.'
    );
  }
  const values: readonly T[] = [...choices];
  const size = values.length;
  const indices = new Map<unknown, number>(values.map((value, index) => [value, index]));
  const indexOf = (value: unknown) => indices.get(value) ?? -1;
  return {
    kind: 'choice',
    size,
    fromUnit: u => values[Math.min(size - 1, Math.floor(clampUnit(u) * size))],
    toUnit: value => (indexOf(value) + 0.5) / size,
    contains: value => indices.has(value),
    // A choice has no steps between its values: a grid takes all of them.
    grid: () => [...values],
    axis: label => ({ label, scale: 'category', categories: values.map(String) }),
    toNumber: indexOf,
    toJSON: () => ({ kind: 'choice', choices: [...values] })
  };
}
