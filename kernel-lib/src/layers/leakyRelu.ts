import { knownOptions } from '../errors';
import { nonNegative } from '../numeric/options';
import type { LeakyReluPlan } from '../wasm/engine';

/** Options of `layers.leakyRelu`. */
export interface LeakyReluOptions {
  /** What negative scores are multiplied by, >= 0. Default: `0.01`. */
  slope?: number;
}

/**
 * ReLU that lets a little through below 0, so that no unit dies: `a = z` for z > 0, else `a = slope z`.
 * Shapes stay as they are.
 *
 * @throws RangeError if `slope` is not a finite number >= 0 or an option is unknown.
 * @example sequential([layers.dense(32), layers.leakyRelu(), layers.dense(10), layers.softmax()], { inputs: 64 })
 * @see Maas, Hannun and Ng 2013; default as PyTorch's `LeakyReLU`.
 */
export function leakyRelu(options: LeakyReluOptions = {}): LeakyReluPlan {
  knownOptions('layers.leakyRelu', options, ['slope']);
  const slope = nonNegative('layers.leakyRelu', 'slope', options.slope ?? 0.01);
  return { type: 'leakyRelu', slope };
}
