import type { ClipLimits, OptimizerPlan } from '../engine';
import { clipFactor } from '../plan';
import type { Kernels } from './kernels';

/** Where all learned numbers lie, their gradients, and what optimizers remember of earlier steps. */
export interface LearnedArrays {
  values: number;
  gradients: number;
  first: number;
  second: number;
}

/**
 * Moves `n` learned numbers, a multiple of 4, by the rule of `plan`.
 * @param steps updates by this rule, this one included
 */
export function updateLearned(
  kernels: Kernels,
  plan: OptimizerPlan,
  steps: number,
  n: number,
  { values, gradients, first, second }: LearnedArrays
): void {
  const { learningRate: alpha, weightDecay } = plan;
  switch (plan.type) {
    case 'gradientDescent':
      kernels.gradientDescent(n, alpha, weightDecay, values, gradients);
      break;
    case 'momentum': {
      const { beta, dampening, nesterov } = plan;
      const fresh = 1 - dampening;
      kernels.momentum(n, alpha, beta, fresh, nesterov, weightDecay, values, gradients, first);
      break;
    }
    case 'rmsProp': {
      const { decay, epsilon } = plan;
      kernels.rmsProp(n, alpha, decay, epsilon, weightDecay, values, gradients, first);
      break;
    }
    case 'adam':
    case 'adamW': {
      const { beta1, beta2, epsilon } = plan;
      const decoupled = plan.type === 'adamW';
      const rate = alpha / (1 - beta1 ** steps);
      const root = 1 / Math.sqrt(1 - beta2 ** steps);
      kernels.adam(
        n,
        rate,
        beta1,
        beta2,
        epsilon,
        root,
        decoupled ? 0 : weightDecay,
        decoupled ? 1 - alpha * weightDecay : 1,
        values,
        gradients,
        first,
        second
      );
    }
  }
}

/** Bounds `n` gradients, a multiple of 4: each number first, then their norm. */
export function clipLearned(
  kernels: Kernels,
  { clipNorm, clipValue }: ClipLimits,
  n: number,
  gradients: number
): void {
  if (clipValue !== undefined) {
    kernels.clampEach(n, clipValue, gradients);
  }
  if (clipNorm !== undefined) {
    kernels.scale(n, clipFactor(clipNorm, kernels.squaredNorm(n, gradients)), gradients);
  }
}
