import { knownOptions, rangeError, show, typeError } from '../errors';
import { count, positive } from '../numeric/options';
import { checkSeed } from '../numeric/rng';
import type { Schedule } from '../schedules/schedule';
import type { ClipLimits, OptimizerPlan } from '../wasm/engine';
import type { EarlyStoppingOptions } from './earlyStopping';
import type { EpochRecord, StepRecord } from './history';
import { checkBatchSize } from './miniBatches';
import { checkBatch, type Network } from './network';
import type { ProbeOptions } from './probes';
import { checkLearns, readTrainingSet, type TrainingData } from './trainingSet';

/** What one update needs to know. */
export interface UpdateOptions extends ClipLimits {
  /** The rule of the updates, from `optimizers.*`. */
  optimizer: OptimizerPlan;
}

/** Options of `fit`. */
export interface FitOptions extends UpdateOptions {
  /** Passes over the training data, a whole number >= 1. Default: `10`. */
  epochs?: number;
  /** Rows in a mini-batch, a whole number >= 1 (>= 2 with batch norm), at most all. Default: `64`, or all if there are fewer. */
  batchSize?: number;
  /** How the learning rate changes, from `schedules.*` or any function of the step. Default: it stays. */
  schedule?: Schedule;
  /** Examples to measure after each epoch. Default: none. */
  dev?: TrainingData;
  /** Seed of the order of examples. Default: `0`. */
  seed?: number;
  /** Ends training when it no longer improves. Default: it does not. */
  earlyStopping?: EarlyStoppingOptions;
  /** What to record of activations, gradients and weights while training. Default: nothing. */
  probes?: readonly ProbeOptions[];
  /**
   * What becomes of the network when the loss is no longer finite; an error is thrown either way. `'restore'` gives
   * it the parameters back that last had a finite loss, for a copy of them at each step. Default: `'throw'`.
   */
  onDivergence?: 'throw' | 'restore';
  /** Stops after the current mini-batch when aborted, as the interrupt of the notebook's cell does in any case. Default: none. */
  signal?: AbortSignal;
  /** Called after each mini-batch with its record, and waited for if it returns a promise. */
  onStep?: (record: StepRecord) => unknown;
  /** Called after each epoch with its record, and waited for if it returns a promise. */
  onEpoch?: (record: EpochRecord) => unknown;
  /** Shows a line with epoch, loss, rate and remaining time when training lasts. Default: `true`. */
  progress?: boolean;
}

const UPDATE_OPTIONS = ['optimizer', 'clipNorm', 'clipValue'] as const;
const OPTIONS = [
  ...UPDATE_OPTIONS,
  'epochs',
  'batchSize',
  'schedule',
  'dev',
  'seed',
  'earlyStopping',
  'probes',
  'onDivergence',
  'signal',
  'onStep',
  'onEpoch',
  'progress'
] as const;

/** Every rule; the compiler asks for each one. */
const RULES: Readonly<Record<OptimizerPlan['type'], true>> = {
  gradientDescent: true,
  momentum: true,
  rmsProp: true,
  adam: true,
  adamW: true
};

/** @throws RangeError unless `optimizer` comes from `optimizers.*`. */
export function checkOptimizer(where: string, optimizer: OptimizerPlan): OptimizerPlan {
  if (!Object.hasOwn(RULES, optimizer?.type ?? '')) {
    throw rangeError(
      where,
      '`optimizer` must come from `optimizers.*`',
      show(optimizer),
      'Pass optimizer: optimizers.adam({ learningRate: 0.001 }).'
    );
  }
  return optimizer;
}

/** Reads optimizer and limits. @throws RangeError if one of them is missing or out of range. */
export function checkUpdate(where: string, options: UpdateOptions) {
  const { optimizer, clipNorm, clipValue } = options ?? {};
  checkOptimizer(where, optimizer);
  if (clipNorm === undefined && clipValue === undefined) {
    return { optimizer, limits: undefined };
  }
  const limits: ClipLimits = {
    ...(clipNorm !== undefined && { clipNorm: positive(where, 'clipNorm', clipNorm) }),
    ...(clipValue !== undefined && { clipValue: positive(where, 'clipValue', clipValue) })
  };
  return { optimizer, limits };
}

function checkFunction(where: string, name: string, value: unknown, advice: string): void {
  if (value !== undefined && typeof value !== 'function') {
    throw typeError(where, `\`${name}\` must be a function`, show(value), advice);
  }
}

/** Checks everything before the first step, so that no wrong option costs an epoch; `where` is who asks. */
export function prepareFit(
  network: Network,
  data: TrainingData,
  options: FitOptions,
  where = 'fit'
) {
  knownOptions(where, options, OPTIONS);
  checkLearns(where, network);
  checkFunction(where, 'onEpoch', options.onEpoch, 'Pass record => console.log(record.loss).');
  checkFunction(where, 'onStep', options.onStep, 'Pass record => console.log(record.loss).');
  checkFunction(
    where,
    'schedule',
    options.schedule,
    'Pass schedules.cosine() or step => 0.99 ** step.'
  );
  if (!['throw', 'restore'].includes(options.onDivergence ?? 'throw')) {
    throw rangeError(
      where,
      "`onDivergence` must be 'throw' or 'restore'",
      show(options.onDivergence),
      "Use 'restore' to keep the last finite state."
    );
  }
  const { optimizer, limits } = checkUpdate(where, options);
  const train = readTrainingSet(where, network, data);
  const dev = options.dev && readTrainingSet(`${where} (dev)`, network, options.dev);
  const batchSize = checkBatchSize(where, options.batchSize, train.rows);
  checkBatch(where, network, batchSize);
  return {
    train,
    dev,
    optimizer,
    limits,
    batchSize,
    epochs: count(where, 'epochs', options.epochs ?? 10),
    seed: checkSeed(where, options.seed ?? 0)
  };
}

/** The schedule's learning rate for a step. @throws RangeError unless it is a finite number >= 0. */
export function scheduledRate(base: number, factor: unknown, step: number): number {
  const rate = base * (factor as number);
  if (typeof factor !== 'number' || !(rate >= 0 && rate < Infinity)) {
    throw rangeError(
      'fit (schedule)',
      'a schedule must give a finite factor >= 0',
      `${show(factor)} for step ${step}`,
      'It gets the step, from 0, and { epoch, stepsPerEpoch, steps }; 1 leaves the learning rate as it is.'
    );
  }
  return rate;
}
