import { knownOptions } from '../errors';
import { fraction, positive } from '../numeric/options';
import type { OptimizerPlan } from '../wasm/engine';
import { readRule, type RuleOptions } from './rule';

/** Options of `optimizers.adam`. */
export interface AdamOptions extends RuleOptions {
  /** alpha, > 0. Default: `0.001`. */
  learningRate?: number;
  /** Weight of the past in the mean of gradients, in [0, 1). Default: `0.9`. */
  beta1?: number;
  /** Weight of the past in the mean of squared gradients, in [0, 1). Default: `0.999`. */
  beta2?: number;
  /** Added to the root, > 0. Default: `1e-8`. */
  epsilon?: number;
}

/**
 * Adam: momentum and RMSprop together, both corrected for their start from 0. At step t:
 *
 *     m = beta1 m + (1 - beta1) dw,  v = beta2 v + (1 - beta2) dw²
 *     w = w - alpha (m / (1 - beta1^t)) / (√(v / (1 - beta2^t)) + epsilon)
 *
 * @throws RangeError if a constant is outside its domain or an option is unknown.
 * @example optimizers.adam({ learningRate: 0.003 })
 * @see Kingma and Ba 2015, algorithm 1; defaults as PyTorch's `Adam`.
 */
export function adam(options: AdamOptions = {}): OptimizerPlan {
  const where = 'optimizers.adam';
  return {
    type: 'adam',
    ...readMoments(where, options),
    ...readRule(where, options, 1e-3)
  };
}

/** Constants of both forms of Adam. @throws RangeError if one is outside its domain or an option is unknown. */
export function readMoments(where: string, options: AdamOptions) {
  knownOptions(where, options, ['learningRate', 'beta1', 'beta2', 'epsilon', 'weightDecay']);
  return {
    beta1: fraction(where, 'beta1', options.beta1 ?? 0.9),
    beta2: fraction(where, 'beta2', options.beta2 ?? 0.999),
    epsilon: positive(where, 'epsilon', options.epsilon ?? 1e-8)
  };
}
