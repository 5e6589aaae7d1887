import { knownOptions } from '../errors';
import { fraction, positive } from '../numeric/options';
import type { OptimizerPlan } from '../wasm/engine';

export interface MomentumOptions {
  /** alpha, > 0. Default: `0.001`. */
  learningRate?: number;
  /** Weight of the past velocity, in [0, 1). Default: `0.9`. */
  beta?: number;
  /** What is taken off the new gradient's weight, in [0, 1). `0` is PyTorch's form; `beta` is the lecture's. Default: `0`. */
  dampening?: number;
}

/**
 * Gradient descent with momentum: `v = beta v + (1 - dampening) dw`, `w = w - alpha v`, from v = 0.
 * With `dampening: beta` this is the lecture's `v = beta v + (1 - beta) dw`, an exponentially weighted
 * average; it wants a learning rate 1 / (1 - beta) times as large.
 *
 * @throws RangeError if a constant is outside its domain or an option is unknown.
 * @example optimizers.momentum({ learningRate: 0.1, beta: 0.9, dampening: 0.9 })
 * Source: lecture, quiz question 8; defaults as PyTorch's `SGD(momentum=0.9)`, which however starts from
 *   v = dw also when dampened.
 */
export function momentum(options: MomentumOptions = {}): OptimizerPlan {
  const where = 'optimizers.momentum';
  knownOptions(where, options, ['learningRate', 'beta', 'dampening']);
  return {
    type: 'momentum',
    learningRate: positive(where, 'learningRate', options.learningRate ?? 1e-3),
    beta: fraction(where, 'beta', options.beta ?? 0.9),
    dampening: fraction(where, 'dampening', options.dampening ?? 0),
    nesterov: false,
    weightDecay: 0
  };
}
