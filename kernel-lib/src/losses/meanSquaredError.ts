import type { Tensor } from '../numeric/tensor';
import { readPairs } from './pairs';

/**
 * Mean squared error over examples and outputs: `L = 1/n Σ (yHat - y)²`, in squared units of y.
 *
 * @param yHat predictions: a number, a vector, or (examples, outputs)
 * @param y the truth, of the same shape
 * @throws TypeError for anything but numbers; RangeError if shapes differ or a number is not finite.
 * @example meanSquaredError([1, 2], [1, 4]) // 2
 * @see as `torch.nn.MSELoss`.
 */
export function meanSquaredError(yHat: number | Tensor, y: number | Tensor): number {
  const [predicted, truth] = readPairs('meanSquaredError', yHat, y);
  return predicted.reduce((sum, value, i) => sum + (value - truth[i]) ** 2, 0) / truth.length;
}
