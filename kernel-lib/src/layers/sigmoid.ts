import type { SigmoidPlan } from '../wasm/engine';

/**
 * The logistic function, element by element: `a = 1 / (1 + exp(-z))`, in (0, 1). Shapes stay as they are. As the last
 * layer it makes every output a probability of its own, trained with logistic loss, whose gradient with respect
 * to z is simply a - y.
 *
 * @example sequential([layers.dense(1), layers.sigmoid()], { inputs: 2 }) // logistic regression
 * @see lecture, "Softmax Regression", which generalizes logistic regression; as PyTorch's `Sigmoid`.
 */
export function sigmoid(): SigmoidPlan {
  return { type: 'sigmoid' };
}
