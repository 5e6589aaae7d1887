import { knownOptions } from '../errors';
import { positive } from '../numeric/options';
import type { EluPlan } from '../wasm/engine';

/** Options of `layers.elu`. */
export interface EluOptions {
  /** Where it ends far below 0: at -alpha; > 0. Default: `1`. */
  alpha?: number;
}

/**
 * Exponential linear activation: `a = z` for z > 0, else `a = alpha (exp(z) - 1)`. Smooth at 0 for alpha = 1.
 * Shapes stay as they are.
 *
 * @throws RangeError if `alpha` is not a finite number > 0 or an option is unknown.
 * @example sequential([layers.dense(32), layers.elu(), layers.dense(10), layers.softmax()], { inputs: 64 })
 * @see Clevert, Unterthiner and Hochreiter 2016; default as PyTorch's `ELU`.
 */
export function elu(options: EluOptions = {}): EluPlan {
  knownOptions('layers.elu', options, ['alpha']);
  return { type: 'elu', alpha: positive('layers.elu', 'alpha', options.alpha ?? 1) };
}
