import { normalCdf, normalDensity } from '../../numeric/normal';
import type { ActivationPlan } from '../engine';

/** An activation of one number, and its derivative from z and a = value(z). */
export interface Activation {
  value(z: number): number;
  derivative(z: number, a: number): number;
}

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** 2 √(2/pi): GELU's tanh form is z sigmoid(k (z + 0.044715 z³)), since (1 + tanh u) / 2 = sigmoid(2u). */
const K = 2 * Math.sqrt(2 / Math.PI);
const geluTanhShare = (z: number) => sigmoid(K * (z + 0.044715 * z * z * z));

/** The functions of an activation layer. Derivatives at a kink are PyTorch's. NaN stays NaN. */
export function activationOf(plan: ActivationPlan): Activation {
  switch (plan.type) {
    case 'relu':
      return { value: z => (z <= 0 ? 0 : z), derivative: z => (z > 0 ? 1 : 0) };
    case 'leakyRelu': {
      const { slope } = plan;
      return { value: z => (z > 0 ? z : slope * z), derivative: z => (z > 0 ? 1 : slope) };
    }
    case 'elu': {
      const { alpha } = plan;
      return {
        value: z => (z > 0 ? z : alpha * Math.expm1(z)),
        derivative: (z, a) => (z > 0 ? 1 : a + alpha)
      };
    }
    case 'gelu':
      return plan.approximation === 'none'
        ? {
            value: z => z * normalCdf(z),
            derivative: z => normalCdf(z) + z * normalDensity(z)
          }
        : {
            value: z => z * geluTanhShare(z),
            derivative: z => {
              const s = geluTanhShare(z);
              return s + z * s * (1 - s) * K * (1 + 3 * 0.044715 * z * z);
            }
          };
    case 'tanh':
      return { value: Math.tanh, derivative: (_, a) => 1 - a * a };
    case 'sigmoid':
      return { value: sigmoid, derivative: (_, a) => a * (1 - a) };
  }
}
