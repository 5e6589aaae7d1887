import { knownOptions, rangeError, show } from '../errors';
import { count, fraction, nonNegative, positive } from '../numeric/options';
import type { Schedule } from '../schedules/schedule';
import { checkOptimizer, prepareFit, scheduledRate, type FitOptions } from '../training/fitOptions';
import { checkBatchSize } from '../training/miniBatches';
import { checkBatch, hasBatchNorm, programOf, type Network } from '../training/network';
import type { TrainingData, TrainingSet } from '../training/trainingSet';
import { digest } from './digest';
import type { Changes, RunStart } from './format';
import { batchesIn } from './loop';
import { CONSTANTS } from './settings';

/** What `panda` shares with `fit`, and what is its own. */
export interface PandaOptions extends Pick<
  FitOptions,
  | 'optimizer'
  | 'clipNorm'
  | 'clipValue'
  | 'epochs'
  | 'batchSize'
  | 'schedule'
  | 'dev'
  | 'seed'
  | 'signal'
> {
  /**
   * What happens when the loss is no longer finite: the network goes back to the beginning of the epoch, and the run
   * ends (`'stop'`) or waits for another learning rate and `resume()` (`'pause'`). Default: `'stop'`.
   */
  onDivergence?: 'stop' | 'pause';
  /** Name of the run, in its figure's title: 1 to 100 characters. Default: `'Training run'`. */
  name?: string;
  /** Shows the live curve in the running cell. Default: `true`. */
  figure?: boolean;
  /** The compiled thread, for those who bundle. Default: the one beside the library. */
  workerFile?: string;
}

const OWN = ['name', 'onDivergence', 'figure', 'workerFile'];
const SHARED = [
  'optimizer',
  'clipNorm',
  'clipValue',
  'epochs',
  'batchSize',
  'schedule',
  'dev',
  'seed',
  'signal'
];

/** Steps of a run with a schedule: 80 MB of factors. */
const LONGEST = 1e7;

/** Every factor of a schedule: a function cannot cross to another thread. */
function factorsOf(schedule: Schedule, base: number, epochs: number, stepsPerEpoch: number) {
  const steps = epochs * stepsPerEpoch;
  if (steps > LONGEST) {
    throw rangeError(
      'panda',
      `a run with a schedule must have at most ${LONGEST} steps, whose factors are computed before it starts`,
      `${epochs} epochs of ${stepsPerEpoch} mini-batches: their factors would need ${((8 * steps) / 2 ** 30).toPrecision(3)} GiB`,
      'Use fewer epochs, or leave the schedule out and change the rate with run.set({ learningRate }).'
    );
  }
  return Float64Array.from({ length: steps }, (_, step) => {
    const factor = schedule(step, {
      epoch: Math.floor(step / stepsPerEpoch),
      stepsPerEpoch,
      steps
    });
    scheduledRate(base, factor, step);
    return factor;
  });
}

/** What a run needs besides its network. */
export interface Prepared {
  start: RunStart;
  train: TrainingSet;
  dev?: TrainingSet;
  signal?: AbortSignal;
  figure: boolean;
  workerFile?: string;
}

/** Longest name of a run or a snapshot. */
const LONGEST_NAME = 100;

/** @throws RangeError for an empty or long name, and for `'start'`, which is the beginning. */
export function checkName(where: string, name: unknown): string {
  if (typeof name !== 'string' || name === '' || name === 'start' || name.length > LONGEST_NAME) {
    throw rangeError(
      where,
      `a name must be a text of 1 to ${LONGEST_NAME} characters, and not 'start', which is the beginning`,
      show(name),
      "Pass for example 'before decay', or nothing."
    );
  }
  return name;
}

/** Checks everything before the thread starts. */
export function preparePanda(
  network: Network,
  data: TrainingData,
  options: PandaOptions
): Prepared {
  const program = programOf(network);
  knownOptions('panda', options ?? {}, [...SHARED, ...OWN]);
  const { name, onDivergence = 'stop', figure, workerFile, signal, ...shared } = options;
  if (onDivergence !== 'stop' && onDivergence !== 'pause') {
    throw rangeError(
      'panda',
      "`onDivergence` must be 'stop' or 'pause'",
      show(onDivergence),
      "Use 'pause' to lower the learning rate and resume."
    );
  }
  const { train, dev, optimizer, limits, batchSize, epochs, seed } = prepareFit(
    network,
    data,
    shared,
    'panda'
  );
  const { layers, inputs, precision, engine, seed: networkSeed } = network;
  const perEpoch = batchesIn(train.rows, batchSize, !hasBatchNorm(network));
  const { schedule } = options;
  const start: RunStart = {
    name: name === undefined ? 'Training run' : checkName('panda', name),
    layers,
    inputs,
    precision,
    engine,
    networkSeed,
    state: program.saveState(),
    settings: { optimizer, batchSize, epochs, ...limits },
    seed,
    ...(schedule && {
      factors: factorsOf(schedule, optimizer.learningRate, epochs, perEpoch)
    }),
    onDivergence,
    train: digest(train),
    ...(dev && { dev: digest(dev) })
  };
  return { start, train, dev: dev as TrainingSet | undefined, signal, figure: figure ?? true, workerFile }; // prettier-ignore
}

const CHANGES = [
  'learningRate',
  'weightDecay',
  ...CONSTANTS,
  'optimizer',
  'clipNorm',
  'clipValue',
  'batchSize',
  'epochs'
];

/** @throws RangeError for an unknown change, or one outside its domain. */
export function checkChanges(
  where: string,
  network: Network,
  rows: number,
  changes: Changes
): Changes {
  knownOptions(where, changes, CHANGES);
  if (typeof changes !== 'object' || Object.keys(changes).length === 0) {
    throw rangeError(
      where,
      'there must be something to change',
      show(changes),
      'Pass for example { learningRate: 0.0003 }.'
    );
  }
  const { learningRate, weightDecay, optimizer, batchSize, epochs } = changes;
  if (learningRate !== undefined) {
    positive(where, 'learningRate', learningRate);
  }
  if (weightDecay !== undefined) {
    nonNegative(where, 'weightDecay', weightDecay);
  }
  for (const name of CONSTANTS) {
    if (changes[name] !== undefined) {
      fraction(where, name, changes[name]);
    }
  }
  if (optimizer !== undefined) {
    checkOptimizer(where, optimizer);
  }
  for (const name of ['clipNorm', 'clipValue'] as const) {
    const limit = changes[name];
    if (limit !== undefined && limit !== null) {
      positive(where, name, limit);
    }
  }
  if (batchSize !== undefined) {
    checkBatch(where, network, checkBatchSize(where, batchSize, rows));
  }
  if (epochs !== undefined) {
    count(where, 'epochs', epochs);
  }
  return { ...changes };
}
