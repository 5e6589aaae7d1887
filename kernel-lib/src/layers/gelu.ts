import { knownOptions, rangeError, show } from '../errors';
import type { GeluPlan } from '../wasm/engine';

/** Options of `layers.gelu`. */
export interface GeluOptions {
  /** `'none'` computes the definition, `'tanh'` the older approximation of it. Default: `'none'`. */
  approximation?: 'none' | 'tanh';
}

/**
 * Gaussian error linear activation: `a = z Φ(z) = z (1 + erf(z / √2)) / 2`, z times the share of the standard normal
 * distribution below it. `approximation: 'tanh'` is `z (1 + tanh(√(2/π) (z + 0.044715 z³))) / 2`, which differs by at
 * most 0.0005. Shapes stay as they are.
 *
 * @throws RangeError for another approximation or an unknown option.
 * @example sequential([layers.dense(32), layers.gelu(), layers.dense(10), layers.softmax()], { inputs: 64 })
 * @see Hendrycks and Gimpel 2016; default as PyTorch's `GELU`.
 */
export function gelu(options: GeluOptions = {}): GeluPlan {
  knownOptions('layers.gelu', options, ['approximation']);
  const { approximation = 'none' } = options;
  if (approximation !== 'none' && approximation !== 'tanh') {
    throw rangeError(
      'layers.gelu',
      "`approximation` must be 'none' or 'tanh'",
      show(approximation),
      "Leave it out unless a model was trained with 'tanh'."
    );
  }
  return { type: 'gelu', approximation };
}
