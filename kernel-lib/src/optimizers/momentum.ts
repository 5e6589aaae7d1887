import { knownOptions, rangeError } from '../errors';
import { flag, fraction } from '../numeric/options';
import type { OptimizerPlan } from '../wasm/engine';
import { readRule, type RuleOptions } from './rule';

/** Options of `optimizers.momentum`. */
export interface MomentumOptions extends RuleOptions {
  /** alpha, > 0. Default: `0.001`. */
  learningRate?: number;
  /** Weight of the past velocity, in [0, 1). Default: `0.9`. */
  beta?: number;
  /** What is taken off the new gradient's weight, in [0, 1). `0` is PyTorch's form; `beta` is the lecture's. Default: `0`. */
  dampening?: number;
  /** Nesterov's form, which goes along dw + beta v, where the velocity will have led. Needs dampening 0. Default: `false`. */
  nesterov?: boolean;
}

/**
 * Gradient descent with momentum: `v = beta v + (1 - dampening) dw`, `w = w - alpha v`, from v = 0; with `nesterov`
 * `w = w - alpha (dw + beta v)`. With `dampening: beta` this is the lecture's `v = beta v + (1 - beta) dw`, an
 * exponentially weighted average; it wants a learning rate 1 / (1 - beta) times as large.
 *
 * @throws RangeError if a constant is outside its domain, Nesterov's form is dampened, or an option is unknown.
 * @example optimizers.momentum({ learningRate: 0.1, beta: 0.9, dampening: 0.9 })
 * @see lecture, quiz question 8; Sutskever et al. 2013; defaults as PyTorch's `SGD(momentum=0.9)`, which however
 *   starts from v = dw also when dampened.
 */
export function momentum(options: MomentumOptions = {}): OptimizerPlan {
  const where = 'optimizers.momentum';
  const known = ['learningRate', 'beta', 'dampening', 'nesterov', 'weightDecay'];
  knownOptions(where, options, known);
  const dampening = fraction(where, 'dampening', options.dampening ?? 0);
  const nesterov = flag(where, 'nesterov', options.nesterov ?? false);
  if (nesterov && dampening !== 0) {
    throw rangeError(
      where,
      '`nesterov: true` needs `dampening: 0`',
      `dampening=${dampening}`,
      'Leave dampening out, or use plain momentum.'
    );
  }
  return {
    type: 'momentum',
    beta: fraction(where, 'beta', options.beta ?? 0.9),
    dampening,
    nesterov,
    ...readRule(where, options, 1e-3)
  };
}
