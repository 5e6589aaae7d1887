import type { OptimizerPlan } from '../wasm/engine';
import { readMoments, type AdamOptions } from './adam';
import { readRule } from './rule';

/** Options of `optimizers.adamW`. */
export interface AdamWOptions extends AdamOptions {
  /** Share of every learned number that is taken off it, times alpha, in each step, >= 0. Default: `0.01`. */
  weightDecay?: number;
}

/**
 * Adam with decoupled weight decay: `w = w - alpha weightDecay w` first, then Adam's step from the gradient alone, so
 * that the decay is not divided by the gradient's usual size.
 *
 * @throws RangeError if a constant is outside its domain or an option is unknown.
 * @example optimizers.adamW({ learningRate: 0.003, weightDecay: 0.05 })
 * @see Loshchilov and Hutter 2019; defaults as PyTorch's `AdamW`.
 */
export function adamW(options: AdamWOptions = {}): OptimizerPlan {
  const where = 'optimizers.adamW';
  return {
    type: 'adamW',
    ...readMoments(where, options),
    ...readRule(where, options, 1e-3, 1e-2)
  };
}
