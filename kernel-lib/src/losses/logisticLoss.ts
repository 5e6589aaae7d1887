import { rangeError, show } from '../errors';
import type { Tensor } from '../numeric/tensor';
import { readPairs } from './pairs';

/**
 * Logistic loss, the cross-entropy of two classes, in nats, as the mean over examples and outputs:
 * `L = -y log(yHat) - (1 - y) log(1 - yHat)`.
 *
 * @param yHat probabilities of class 1: a number, a vector, or (examples, outputs)
 * @param y the truth, of the same shape: 0, 1, or a probability
 * @returns the loss; `Infinity` if something that happened was given the probability 0
 * @throws TypeError for anything but numbers; RangeError if shapes differ or a number is outside [0, 1].
 * @example logisticLoss([0.9, 0.2], [1, 0]) // (-log(0.9) - log(0.8)) / 2 = 0.164…
 * @see as `torch.nn.BCELoss`, without its limit of 100 on each term.
 */
export function logisticLoss(yHat: number | Tensor, y: number | Tensor): number {
  const [predicted, truth] = readPairs('logisticLoss', yHat, y);
  for (const values of [predicted, truth]) {
    const outside = values.find(p => p < 0 || p > 1);
    if (outside !== undefined) {
      throw rangeError(
        'logisticLoss',
        'probabilities lie in [0, 1]',
        show(outside),
        'Pass the output of sigmoid, not its scores, and 0 or 1 for the truth.'
      );
    }
  }
  // 0 log 0 counts as 0, its limit.
  const term = (share: number, p: number) => (share === 0 ? 0 : share * Math.log(p));
  return (
    -predicted.reduce((sum, p, i) => sum + term(truth[i], p) + term(1 - truth[i], 1 - p), 0) /
    truth.length
  );
}
