import type { TanhPlan } from '../wasm/engine';

/**
 * The hyperbolic tangent, element by element: `a = tanh(z)`, in (-1, 1). Shapes stay as they are.
 *
 * @example sequential([layers.dense(32), layers.tanh(), layers.dense(10), layers.softmax()], { inputs: 64 })
 * @see LeCun, Bottou, Orr and Müller 1998; as PyTorch's `Tanh`.
 */
export function tanh(): TanhPlan {
  return { type: 'tanh' };
}
