import { knownOptions } from '../errors';
import { positive } from '../numeric/options';
import type { OptimizerPlan } from '../wasm/engine';

export interface GradientDescentOptions {
  /** alpha, > 0. Default: `0.001`. */
  learningRate?: number;
}

/**
 * Mini-batch gradient descent: `w = w - alpha dw`.
 *
 * @throws RangeError if `learningRate` is not > 0 or an option is unknown.
 * @example optimizers.gradientDescent({ learningRate: 0.1 })
 * Source: lecture, "Fitting Batch Norm into a neural network"; default as PyTorch's `SGD`.
 */
export function gradientDescent(options: GradientDescentOptions = {}): OptimizerPlan {
  const where = 'optimizers.gradientDescent';
  knownOptions(where, options, ['learningRate']);
  const learningRate = positive(where, 'learningRate', options.learningRate ?? 1e-3);
  return { type: 'gradientDescent', learningRate, weightDecay: 0 };
}
