import { createRng, type Rng } from '../numeric/rng';
import type { FloatArray, Initialization, InitializationPlan } from './engine';

/** The plan behind a name. */
export function initializationOf(how: Initialization): InitializationPlan {
  if (typeof how !== 'string') {
    return how;
  }
  return how === 'fanIn' ? { type: how } : { type: how, distribution: 'normal' };
}

/** Variance of the weights into a layer whose numbers keep their size on the way through it. */
const VARIANCE = {
  he: (inputs: number) => 2 / inputs,
  xavier: (inputs: number, units: number) => 2 / (inputs + units),
  leCun: (inputs: number) => 1 / inputs
};

function drawing(plan: InitializationPlan, rng: Rng, inputs: number, units: number): () => number {
  const between = (low: number, high: number) => () => low + (high - low) * rng.uniform();
  switch (plan.type) {
    case 'fanIn': {
      const bound = 1 / Math.sqrt(inputs);
      return () => bound * (2 * rng.uniform() - 1);
    }
    case 'normal':
      return () => plan.mean + plan.deviation * rng.normal();
    case 'uniform':
      return between(plan.low, plan.high);
    case 'constant':
      return () => plan.value;
    default: {
      const variance = VARIANCE[plan.type](inputs, units);
      // A uniform distribution in ±b has variance b²/3.
      const bound = Math.sqrt(3 * variance);
      return plan.distribution === 'normal'
        ? () => rng.normal() * Math.sqrt(variance)
        : between(-bound, bound);
    }
  }
}

/**
 * Draws the first weights of a dense layer, (inputs, units), the same on every engine. Only `'fanIn'` draws the bias
 * as well, as PyTorch's `nn.Linear`; else it begins at 0.
 */
export function initializeDense(
  how: Initialization,
  seed: number,
  layer: number,
  inputs: number,
  weights: FloatArray,
  bias?: FloatArray
): void {
  const plan = initializationOf(how);
  const draw = drawing(plan, createRng(seed).fork(layer), inputs, weights.length / inputs);
  for (let i = 0; i < weights.length; i++) {
    weights[i] = draw();
  }
  for (let i = 0; bias && plan.type === 'fanIn' && i < bias.length; i++) {
    bias[i] = draw();
  }
}
