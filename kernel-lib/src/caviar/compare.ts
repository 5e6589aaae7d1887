import { knownOptions, rangeError, show } from '../errors';
import { digits } from '../datasets/digits';
import type { Dataset, Split } from '../datasets/dataset';
import { now } from '../host';
import { count, positive } from '../numeric/options';
import { checkSeed, hashSeed } from '../numeric/rng';
import { mean } from '../numeric/stats';
import * as inNode from '../panda/threads';
import { startProgress } from '../progress';
import { random } from '../samplers/random';
import { choice } from '../scales/choice';
import { log } from '../scales/log';
import type { Scale } from '../scales/scale';
import { study } from '../study/create';
import type { Trial } from '../trials/trial';
import { caviar } from './caviar';
import type { Executor } from './executor';
import { objective, type Day, type Task } from './strategies';

/** Options of `compare`. */
export interface CompareOptions {
  /** Core-minutes for each strategy: minutes of one core, > 0. Default: `0.05`, three seconds. */
  minutes?: number;
  /** The same as epochs of training, a whole number >= 10: what is to be repeated exactly names these. */
  epochs?: number;
  /** How many cores caviar has, a whole number >= 1. Default: `2`. */
  workers?: number;
  /** Epochs of each of caviar's models, a whole number >= 1. Default: `10`. */
  epochsEach?: number;
  /** With which learning rate the babysitter begins, in (0, 1]. Default: `0.001`, Adam's. */
  firstGuess?: number;
  /** Classes to learn: train to learn, dev to choose, test to report. Default: `datasets.digits()`. */
  data?: Split<Dataset>;
  /** Units of the hidden layer. Default: `32`. */
  units?: number;
  /** How often both are tried, with other seeds, a whole number >= 2. Default: `5`. */
  repeats?: number;
  /** Default: `0`. */
  seed?: number;
  /** Stops it when aborted. Default: the notebook cell's interrupt. */
  signal?: AbortSignal;
  /** Whether a notebook shows how far it is. Default: `true`. */
  progress?: boolean;
}

/** What one strategy found in one repeat. Errors are shares of examples. */
export interface Found {
  readonly devError: number;
  readonly testError: number;
  /** The one that was chosen; of a babysat model, that of the last day. */
  readonly learningRate: number;
}

/** What a strategy does with the budget, and what it found. */
export interface StrategyResult<F extends Found = Found> {
  readonly models: number;
  readonly epochsEach: number;
  readonly cores: number;
  /** What it takes by the clock, of the measured seconds of an epoch. */
  readonly wallMinutes: number;
  readonly repeats: readonly F[];
  /** Means over the repeats. */
  readonly devError: number;
  readonly testError: number;
}

/** What `compare` found. Plain data. */
export interface Comparison {
  readonly coreMinutes: number;
  /** Epochs for each strategy. */
  readonly epochs: number;
  readonly secondsPerEpoch: number;
  readonly seed: number;
  /** One model, looked at day by day. */
  readonly panda: StrategyResult<Found & { readonly days: readonly Day[] }>;
  /** Many models, each trained once, the best on dev chosen. */
  readonly caviar: StrategyResult;
  /** Mean of panda's test error less caviar's over the repeats, and its standard error. */
  readonly difference: { readonly mean: number; readonly standardError: number };
  /** Which found the better model; `'neither'` where the difference is less than two standard errors. */
  readonly better: 'panda' | 'caviar' | 'neither';
  /** All this in a sentence. */
  readonly answer: string;
}

const OPTIONS = [
  'minutes', 'epochs', 'workers', 'epochsEach', 'firstGuess', 'data', 'units', 'repeats', 'seed', 'signal', 'progress'
] as const; // prettier-ignore

/** How often the babysitter looks. */
const DAYS = 20;

/**
 * Panda or caviar? Gives both strategies the same core-minutes and reports what each did and found. Panda trains one
 * network: in the evening of each day its learning rate goes up by half if dev got better, otherwise the day is taken back
 * and the learning rate falls to 0.3 of itself. Caviar draws learning rates at random on the log scale from 10^-4 to 1,
 * trains a network with each and takes the best on dev. Both train with Adam and mini-batches of 64, both report the test
 * error of what they chose on dev.
 *
 * Core-minutes become epochs by a short measurement on this machine, so that a slower one does less: name `epochs` for
 * the same numbers everywhere. A babysitter that thinks would do better than this rule, a larger space would ask more of
 * caviar's sampler: this is an answer for one small network, with its uncertainty.
 *
 * @throws RangeError for an option outside of its domain, or a budget that is too small for one model of caviar's.
 * @example
 * const comparison = await compare({ epochs: 200, workers: 2 });
 * console.log(comparison.answer);
 * @see lecture, "Hyperparameters tuning in practice: Pandas vs. Caviar".
 */
export function compare(options: CompareOptions = {}): Promise<Comparison> {
  return compareBy(options);
}

/** @param executorOf where trials run; default: threads */
export async function compareBy(
  options: CompareOptions,
  executorOf?: (task: Task) => Executor
): Promise<Comparison> {
  const where = 'compare';
  knownOptions(where, options, OPTIONS);
  const { minutes = 0.05, data = digits(), firstGuess = 0.001, signal, progress = true } = options;
  const whole = (
    name: 'workers' | 'epochsEach' | 'units' | 'repeats',
    byDefault: number,
    least = 1
  ) => count(where, name, options[name] ?? byDefault, least);
  const workers = whole('workers', 2);
  const epochsEach = whole('epochsEach', 10);
  const units = whole('units', 32);
  const repeats = whole('repeats', 5, 2);
  const seed = checkSeed(where, options.seed ?? 0);
  positive(where, 'minutes', minutes);
  if (!(positive(where, 'firstGuess', firstGuess) <= 1)) {
    throw rangeError(where, '`firstGuess` must be in (0, 1]', show(firstGuess), 'Try 0.001.');
  }
  const task = { data, units, day: 1 };
  const secondsPerEpoch = await measure(task);
  const epochs =
    options.epochs === undefined
      ? Math.floor((60 * minutes) / secondsPerEpoch)
      : count(where, 'epochs', options.epochs, 10);
  const models = Math.floor(epochs / epochsEach);
  if (models < 1) {
    throw rangeError(
      where,
      "the budget must do for one of caviar's models",
      `${epochs} epochs for models of ${epochsEach}`,
      'Give more `minutes`, or fewer `epochsEach`.'
    );
  }

  async function strategy(
    name: Task['strategy'],
    learningRate: Scale<number>,
    trials: number,
    length: number,
    repeat: number
  ): Promise<readonly Trial[]> {
    const context: Task = {
      ...task,
      strategy: name,
      epochs: length,
      day: Math.max(1, Math.round(epochs / DAYS))
    };
    const search = study({
      space: { learningRate },
      sampler: random(),
      seed: hashSeed(seed, `${name} ${repeat}`),
      name
    });
    const executor = executorOf?.(context);
    await caviar(search, inNode.workerFile?.('caviar/strategies.js'), {
      trials,
      workers: Math.min(workers, trials),
      context,
      progress: false,
      ...(signal && { signal }),
      ...(executor && { executor })
    });
    return search.trials as readonly Trial[];
  }

  const nursed: (Found & { days: readonly Day[] })[] = [];
  const chosen: Found[] = [];
  const line = progress ? startProgress() : undefined;
  const ran = (count: number): void => line?.update(count, 2 * repeats, 'run', '');
  try {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const [only] = await strategy('panda', choice([firstGuess]), 1, epochs, repeat);
      const { days } = done(only).attributes as { days: readonly Day[] };
      nursed.push({ ...foundBy(only), learningRate: days[days.length - 1].learningRate, days });
      ran(2 * repeat + 1);
      const many = await strategy('caviar', log(1e-4, 1), models, epochsEach, repeat);
      chosen.push(foundBy(many.reduce((a, b) => (done(b).value! < done(a).value! ? b : a))));
      ran(2 * repeat + 2);
    }
  } finally {
    line?.end();
  }
  const coreMinutes = (epochs * secondsPerEpoch) / 60;
  const panda = summed(nursed, {
    models: 1,
    epochsEach: epochs,
    cores: 1,
    wallMinutes: coreMinutes
  });
  const rounds = Math.ceil(models / workers);
  const many = summed(chosen, {
    models,
    epochsEach,
    cores: workers,
    wallMinutes: (rounds * epochsEach * secondsPerEpoch) / 60
  });
  const difference = meanOf(nursed.map(({ testError }, i) => testError - chosen[i].testError));
  const isClear = Math.abs(difference.mean) > 2 * difference.standardError;
  const better = isClear ? (difference.mean < 0 ? 'panda' : 'caviar') : 'neither';
  const all = {
    coreMinutes,
    epochs,
    secondsPerEpoch,
    seed,
    panda,
    caviar: many,
    difference,
    better
  } as const;
  return { ...all, answer: answerOf(all) };
}

/** Seconds of an epoch on this machine: the fastest of some. */
async function measure(task: Omit<Task, 'strategy' | 'epochs'>): Promise<number> {
  const tools = {
    signal: new AbortController().signal,
    report: () => undefined,
    seed: 0,
    trial: { number: 0 },
    context: { ...task, strategy: 'caviar', epochs: 4 } as const
  };
  const times: number[] = [];
  for (let i = 0; i < 4; i++) {
    const began = now();
    await objective({ learningRate: 0.001 }, tools);
    times.push((now() - began) / 1000 / tools.context.epochs);
  }
  return Math.min(...times);
}

function done(trial: Trial): Trial {
  if (trial.state !== 'complete') {
    throw new Error(`compare: a model could not be trained: ${trial.error ?? trial.state}`);
  }
  return trial;
}

function foundBy(trial: Trial): Found {
  const { value, attributes, config } = done(trial);
  const { learningRate } = config as { learningRate: number };
  return { devError: value!, testError: attributes.testError as number, learningRate };
}

function summed<F extends Found>(
  repeats: readonly F[],
  what: Pick<StrategyResult, 'models' | 'epochsEach' | 'cores' | 'wallMinutes'>
): StrategyResult<F> {
  return {
    ...what,
    repeats,
    devError: mean(repeats.map(({ devError }) => devError)),
    testError: mean(repeats.map(({ testError }) => testError))
  };
}

/** Mean and its standard error, of the deviation with n - 1. */
function meanOf(values: readonly number[]): { mean: number; standardError: number } {
  const center = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return { mean: center, standardError: Math.sqrt(squares / (values.length - 1) / values.length) };
}

function answerOf({
  coreMinutes,
  epochs,
  panda,
  caviar: many,
  difference,
  better
}: Omit<Comparison, 'answer'>): string {
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  const told =
    better === 'neither' ? 'neither is clearly better' : `${better} found the better model`;
  return (
    `With ${Number(coreMinutes.toPrecision(2))} core-minutes (${epochs} epochs) panda's one model has a test error of ` +
    `${percent(panda.testError)}, the best of caviar's ${many.models} one of ${percent(many.testError)}: ${told} ` +
    `(difference ${percent(difference.mean)}, standard error ${percent(difference.standardError)}). ` +
    `Caviar takes ${Number((many.wallMinutes / panda.wallMinutes).toPrecision(2))} of panda's time on ${many.cores} cores.`
  );
}
