import { createRng } from '../numeric/rng';
import type { FloatArray, Initialization } from './engine';

/**
 * Draws the first weights of a dense layer, the same on every engine. `'fanIn'`: uniform in ±1/√inputs, weights
 * and bias, as PyTorch's `nn.Linear`; `'he'`: normal with variance 2/inputs, bias 0.
 */
export function initializeDense(
  how: Initialization,
  seed: number,
  layer: number,
  inputs: number,
  weights: FloatArray,
  bias?: FloatArray
): void {
  const rng = createRng(seed).fork(layer);
  const bound = 1 / Math.sqrt(inputs);
  const draw =
    how === 'he'
      ? () => rng.normal() * Math.sqrt(2 / inputs)
      : () => bound * (2 * rng.uniform() - 1);
  for (let i = 0; i < weights.length; i++) {
    weights[i] = draw();
  }
  for (let i = 0; bias && how !== 'he' && i < bias.length; i++) {
    bias[i] = draw();
  }
}
