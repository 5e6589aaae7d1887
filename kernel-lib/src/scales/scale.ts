import type { Axis } from './axis';

/**
 * A hyperparameter's domain, and the way equal chances are spread over it: a map from the unit
 * interval, on which samplers work, to the hyperparameter's own units and back.
 */
export interface Scale<T> {
  /** Which scale this is, as its factory is called. */
  readonly kind:
    'linear' | 'log' | 'oneMinusLog' | 'integer' | 'quantized' | 'expression' | 'choice';
  /** The value at position `u` of [0, 1]. */
  fromUnit(u: number): T;
  /** The position of `value` in [0, 1]: `fromUnit(toUnit(value))` equals `value`. */
  toUnit(value: T): number;
  /** Whether `value` belongs to the domain. */
  contains(value: unknown): boolean;
  /** How many different values there are; `Infinity` on a continuous scale. */
  readonly size: number;
  /** `points` values, equally far apart on this scale, both ends included. */
  grid(points: number): T[];
  /** The axis on which a figure shows this hyperparameter. */
  axis(label: string): Axis;
  /** A number that stands for `value` on that axis: the value itself, or a category's index. */
  toNumber(value: T): number;
  /** Plain data from which the scale can be built again. */
  toJSON(): ScaleDescription;
}

/** What a scale is, as stored with a study. */
export interface ScaleDescription {
  kind: Scale<unknown>['kind'];
  low?: number;
  high?: number;
  /** Distance of neighbours; only with kind `quantized`. */
  step?: number;
  /** With kind `expression`: mathjs's text, its variable's range, and the inverse if one was given. */
  expression?: string;
  range?: Record<string, [number, number]>;
  inverse?: string;
  /** The condition under which it exists, as it was written; only with `scales.when`. */
  when?: string;
  choices?: (string | number | boolean | null)[];
}
