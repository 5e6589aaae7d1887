import { nonNegative, positive } from '../numeric/options';

/** Options that every optimizer has. */
export interface RuleOptions {
  /** alpha, > 0. A schedule may change it from step to step. */
  learningRate?: number;
  /**
   * Times every learned number (biases, gamma and beta included), added to its gradient, >= 0: L2 regularization. It is
   * lambda / m in the lecture's J + lambda / (2 m) Σ w². Default: `0`.
   */
  weightDecay?: number;
}

/** @throws RangeError if `learningRate` is not > 0 or `weightDecay` is negative. */
export function readRule(
  where: string,
  options: RuleOptions,
  learningRate: number,
  weightDecay = 0
): Required<RuleOptions> {
  return {
    learningRate: positive(where, 'learningRate', options.learningRate ?? learningRate),
    weightDecay: nonNegative(where, 'weightDecay', options.weightDecay ?? weightDecay)
  };
}
