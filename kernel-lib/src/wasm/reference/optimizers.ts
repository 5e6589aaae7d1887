import type { ClipLimits, FloatArray, OptimizerPlan } from '../engine';
import { clipFactor } from '../plan';

/** What an optimizer remembers of earlier steps; all parameters lie in one array. */
export interface OptimizerState {
  steps: number;
  first: FloatArray;
  second: FloatArray;
}

/** Moves all parameters one step against the gradient, by the rule of `plan`. */
export function updateParameters(
  plan: OptimizerPlan,
  state: OptimizerState,
  values: FloatArray,
  gradients: FloatArray
): void {
  state.steps++;
  const { learningRate: alpha, weightDecay } = plan;
  const { first, second } = state;
  const gradient = (i: number) => gradients[i] + weightDecay * values[i];
  switch (plan.type) {
    case 'gradientDescent':
      for (let i = 0; i < values.length; i++) {
        values[i] -= alpha * gradient(i);
      }
      break;
    case 'momentum': {
      const { beta, dampening, nesterov } = plan;
      for (let i = 0; i < values.length; i++) {
        const g = gradient(i);
        first[i] = beta * first[i] + (1 - dampening) * g;
        values[i] -= alpha * (nesterov ? g + beta * first[i] : first[i]);
      }
      break;
    }
    case 'rmsProp': {
      const { decay, epsilon } = plan;
      for (let i = 0; i < values.length; i++) {
        const g = gradient(i);
        first[i] = decay * first[i] + (1 - decay) * g * g;
        values[i] -= (alpha * g) / (Math.sqrt(first[i]) + epsilon);
      }
      break;
    }
    case 'adam':
    case 'adamW': {
      const { beta1, beta2, epsilon } = plan;
      const decoupled = plan.type === 'adamW';
      const keep = decoupled ? 1 - alpha * weightDecay : 1;
      const correction1 = 1 - beta1 ** state.steps;
      const correction2 = 1 - beta2 ** state.steps;
      for (let i = 0; i < values.length; i++) {
        const g = decoupled ? gradients[i] : gradient(i);
        first[i] = beta1 * first[i] + (1 - beta1) * g;
        second[i] = beta2 * second[i] + (1 - beta2) * g * g;
        const step = first[i] / correction1 / (Math.sqrt(second[i] / correction2) + epsilon);
        values[i] = keep * values[i] - alpha * step;
      }
    }
  }
}

/** Bounds all gradients: each number first, then their norm. */
export function clipGradients({ clipNorm, clipValue }: ClipLimits, gradients: FloatArray): void {
  if (clipValue !== undefined) {
    for (let i = 0; i < gradients.length; i++) {
      gradients[i] = Math.max(-clipValue, Math.min(clipValue, gradients[i]));
    }
  }
  if (clipNorm !== undefined) {
    let squares = 0;
    for (let i = 0; i < gradients.length; i++) {
      squares += gradients[i] ** 2;
    }
    const factor = clipFactor(clipNorm, squares);
    for (let i = 0; i < gradients.length; i++) {
      gradients[i] *= factor;
    }
  }
}
