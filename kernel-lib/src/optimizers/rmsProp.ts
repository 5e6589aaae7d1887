import { knownOptions } from '../errors';
import { fraction, positive } from '../numeric/options';
import type { OptimizerPlan } from '../wasm/engine';
import { readRule, type RuleOptions } from './rule';

/** Options of `optimizers.rmsProp`. */
export interface RmsPropOptions extends RuleOptions {
  /** alpha, > 0. Default: `0.01`. */
  learningRate?: number;
  /** Weight of the past in the mean of squared gradients, in [0, 1). Default: `0.99`. */
  decay?: number;
  /** Added to the root, > 0. Default: `1e-8`. */
  epsilon?: number;
}

/**
 * RMSprop: steps in units of each gradient's usual size, `s = decay s + (1 - decay) dw²`,
 * `w = w - alpha dw / (√s + epsilon)`, from s = 0.
 *
 * @throws RangeError if a constant is outside its domain or an option is unknown.
 * @example optimizers.rmsProp({ learningRate: 0.001 })
 * @see Hinton's lecture 6e; defaults as PyTorch's `RMSprop`, whose `alpha` is `decay` here.
 */
export function rmsProp(options: RmsPropOptions = {}): OptimizerPlan {
  const where = 'optimizers.rmsProp';
  knownOptions(where, options, ['learningRate', 'decay', 'epsilon', 'weightDecay']);
  return {
    type: 'rmsProp',
    decay: fraction(where, 'decay', options.decay ?? 0.99),
    epsilon: positive(where, 'epsilon', options.epsilon ?? 1e-8),
    ...readRule(where, options, 1e-2)
  };
}
