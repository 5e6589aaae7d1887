import { rangeError, show } from '../errors';

/** Where training is when a schedule is asked. */
export interface ScheduleContext {
  /** Passes over the training data done so far: 0 throughout the first. */
  readonly epoch: number;
  /** Mini-batches in an epoch. */
  readonly stepsPerEpoch: number;
  /** Steps that the whole training is going to make. */
  readonly steps: number;
}

/**
 * How the learning rate changes while training: a function of the step (from 0) that gives the factor by which the
 * optimizer's learning rate is multiplied, so that `alpha = alpha0 * schedule(step, context)`. 1 leaves it as it
 * is. This is the meaning of PyTorch's `LambdaLR`; any function of this form is a schedule.
 *
 * @example
 * const data = datasets.digits();
 * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
 * await fit(network, data.train, {
 *   optimizer: optimizers.adam(), epochs: 5, schedule: step => (step < 100 ? 1 : 0.1)
 * });
 * @see PyTorch's `LambdaLR`.
 */
export type Schedule = (step: number, context: ScheduleContext) => number;

/** What a schedule counts. */
export type ScheduleUnit = 'epoch' | 'step';

/** A schedule's clock: epochs done, or steps done. @throws RangeError for another unit. */
export function clock(where: string, unit: ScheduleUnit): (...at: Parameters<Schedule>) => number {
  if (unit !== 'epoch' && unit !== 'step') {
    throw rangeError(
      where,
      "`unit` must be 'epoch' or 'step'",
      `unit=${show(unit)}`,
      "Use 'step' to change the learning rate with every mini-batch."
    );
  }
  return unit === 'epoch' ? (_step, { epoch }) => epoch : step => step;
}
