import type { ReluPlan } from '../wasm/engine';

/**
 * The rectified linear activation, element by element: `a = max(0, z)`. Shapes stay as they are.
 * Its derivative at 0 is taken as 0, as in PyTorch.
 *
 * @example sequential([layers.dense(32), layers.relu(), layers.dense(10), layers.softmax()], { inputs: 64 })
 * @see Nair and Hinton 2010; as PyTorch's `ReLU`.
 */
export function relu(): ReluPlan {
  return { type: 'relu' };
}
