import { rangeError, show, typeError } from '../errors';
import type { Scale } from './scale';

/** A scale of a hyperparameter that exists only in some configurations; elsewhere its value is `undefined`. */
export interface Conditional<T, Config = never> extends Scale<T | undefined> {
  /** Whether it exists, given the hyperparameters that stand above it in the space. */
  condition(config: Config): boolean;
}

/**
 * A hyperparameter that exists only where a condition holds, such as the units of a layer. Where it does not, the
 * configuration leaves it out: its value is `undefined`.
 *
 * @param condition tells from the hyperparameters above this one in the space; one that does not exist itself
 *   is `undefined` there
 * @param scale its scale where it exists
 * @throws RangeError if `scale` is none, TypeError if `condition` is no function; `study` throws if the condition
 *   reads a hyperparameter that does not stand above.
 * @example
 * const space = {
 *   layers: scales.integer(1, 2),
 *   units1: scales.integer(8, 64),
 *   units2: scales.when(({ layers }: { layers: number }) => layers >= 2, scales.integer(8, 64))
 * }; // config.units2 is number | undefined
 */
export function when<T, Config>(
  condition: (config: Config) => boolean,
  scale: Scale<T>
): Conditional<T, Config> {
  const where = 'scales.when';
  if (typeof condition !== 'function') {
    throw typeError(
      where,
      'the condition must be a function of a configuration',
      show(condition),
      'Pass for example ({ layers }: { layers: number }) => layers >= 2.'
    );
  }
  if (typeof scale?.fromUnit !== 'function') {
    throw rangeError(
      where,
      'the second argument must be a scale from `scales.*`',
      show(scale),
      'Pass for example scales.integer(8, 64).'
    );
  }
  // In a list, JSON writes null for what does not exist.
  const missing = (value: unknown): value is undefined =>
    value === undefined || (value === null && !scale.contains(null));
  return {
    ...scale,
    condition,
    // What does not exist has no position: the middle, where it draws samplers to neither side.
    toUnit: value => (missing(value) ? 0.5 : scale.toUnit(value)),
    contains: value => missing(value) || scale.contains(value),
    toNumber: value => (missing(value) ? NaN : scale.toNumber(value)),
    toJSON: () => ({ ...scale.toJSON(), when: String(condition) })
  };
}
