import { knownOptions } from '../errors';
import type { OptimizerPlan } from '../wasm/engine';
import { readRule, type RuleOptions } from './rule';

/** Options of `optimizers.gradientDescent`. */
export interface GradientDescentOptions extends RuleOptions {
  /** alpha, > 0. Default: `0.001`. */
  learningRate?: number;
}

/**
 * Mini-batch gradient descent: `w = w - alpha dw`.
 *
 * @throws RangeError if a constant is outside its domain or an option is unknown.
 * @example optimizers.gradientDescent({ learningRate: 0.1 })
 * @see lecture, "Fitting Batch Norm into a neural network"; default as PyTorch's `SGD`.
 */
export function gradientDescent(options: GradientDescentOptions = {}): OptimizerPlan {
  const where = 'optimizers.gradientDescent';
  knownOptions(where, options, ['learningRate', 'weightDecay']);
  return { type: 'gradientDescent', ...readRule(where, options, 1e-3) };
}
