import type { FloatArray, OptimizerPlan } from '../engine';

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
  const alpha = plan.learningRate;
  if (plan.type === 'gradientDescent') {
    for (let i = 0; i < values.length; i++) {
      values[i] -= alpha * gradients[i];
    }
  } else if (plan.type === 'momentum') {
    const velocity = state.first;
    const fresh = 1 - plan.dampening;
    for (let i = 0; i < values.length; i++) {
      velocity[i] = plan.beta * velocity[i] + fresh * gradients[i];
      values[i] -= alpha * velocity[i];
    }
  } else if (plan.type === 'adam') {
    const { beta1, beta2, epsilon } = plan;
    const { first, second } = state;
    const correction1 = 1 - beta1 ** state.steps;
    const correction2 = 1 - beta2 ** state.steps;
    for (let i = 0; i < values.length; i++) {
      const g = gradients[i];
      first[i] = beta1 * first[i] + (1 - beta1) * g;
      second[i] = beta2 * second[i] + (1 - beta2) * g * g;
      values[i] -=
        (alpha * (first[i] / correction1)) / (Math.sqrt(second[i] / correction2) + epsilon);
    }
  }
}
