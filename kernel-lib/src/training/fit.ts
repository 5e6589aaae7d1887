import { anySignal, currentKernel, nextTurn, SLICE } from '../host';
import { startProgress } from '../progress';
import { createBatches } from './batches';
import { diverged } from './divergence';
import { createEarlyStopping } from './earlyStopping';
import { evaluateSet, shareOf } from './evaluate';
import { prepareFit, type FitOptions } from './fitOptions';
import { TrainingStopped, type EpochRecord, type History } from './history';
import { floatsOf } from './inputs';
import { hasBatchNorm, programOf, type Network } from './network';
import { createProbes } from './probes';
import { Aborted, createStepLoop, isPromise, LossNotFinite } from './stepLoop';
import type { TrainingData } from './trainingSet';
import { whileTraining, type Turn } from './turns';

/**
 * Trains a network by mini-batches: in each epoch the examples are shuffled and cut into batches, and each
 * batch makes one step: forward, loss, backward, update.
 *
 * The last layer decides what is made small: cross-entropy after softmax, the logistic loss after sigmoid, mean
 * squared error after any other. A last mini-batch of a single row joins the one before if the network has batch norm.
 *
 * Signals and a notebook's interrupt are heard between two steps. Code that computes for longer than that without a pause,
 * a single step of a very large network above all, may be cut off by the kernel in the middle of an update: take smaller
 * mini-batches where steps last longer than about 50 ms, or `panda`, whose thread is never cut off.
 *
 * @param network from `sequential`; changed in place
 * @param data training examples: a dataset, regression data, or `{ x, y }`
 * @returns loss and accuracy of every epoch (in nats, and as a share of rows), loss and learning rate of every step,
 *   and what the probes saw
 * @throws RangeError for options or data that do not fit; TrainingStopped if `signal` is aborted: the
 *   network is then as after its last whole step, and the error carries the history so far; TrainingDiverged if the
 *   loss is no longer finite, naming step and layer; whatever a callback throws, after a whole step.
 * @example
 * const data = datasets.digits();
 * const network = sequential(
 *   [layers.dense(32), layers.batchNorm(), layers.relu(), layers.dense(10), layers.softmax()],
 *   { inputs: 64 }
 * );
 * const history = await fit(network, data.train, {
 *   epochs: 20, batchSize: 64, optimizer: optimizers.adam({ learningRate: 0.003 }), dev: data.dev
 * });
 * @see lecture, "Fitting Batch Norm into a neural network": for t = 1 … mini-batches.
 */
export async function fit(
  network: Network,
  data: TrainingData,
  options: FitOptions
): Promise<History> {
  programOf(network);
  const prepared = prepareFit(network, data, options);
  return whileTraining('fit', network, turn => train(network, prepared, options, turn));
}

async function train(
  network: Network,
  { train, dev, epochs, batchSize, seed, optimizer, limits }: ReturnType<typeof prepareFit>,
  options: FitOptions,
  turn: Turn
): Promise<History> {
  const program = programOf(network);
  const probes = createProbes(network, options.probes);
  const stopping =
    options.earlyStopping && createEarlyStopping(options.earlyStopping, program, Boolean(dev));
  const signal = anySignal(options.signal, currentKernel()?.signal);
  const lone = !hasBatchNorm(network);
  const batches = createBatches(program, train, batchSize, lone, floatsOf(network));
  const rule = { optimizer, limits, probes, signal, epochs, seed };
  const loop = createStepLoop(network, program, batches, rule, options);

  const records: EpochRecord[] = [];
  const history = (ended: History['ended']): History => ({
    epochs: records,
    stepLosses: loop.stepLosses.slice(0, loop.steps),
    learningRates: loop.learningRates.slice(0, loop.steps),
    probes: loop.probed,
    ...(stopping && { bestEpoch: stopping.bestEpoch }),
    ended
  });

  const progress = options.progress === false ? undefined : startProgress();
  const started = Date.now();
  let slice = started + SLICE;
  function tell(epoch: number, loss: number): void {
    if (!progress) {
      return;
    }
    const rate = (loop.steps * batchSize) / Math.max(1e-3, (Date.now() - started) / 1000);
    const note = `epoch ${epoch} of ${epochs}, loss ${loss.toPrecision(3)}, ${rate.toPrecision(3)} examples/s`;
    progress.update(loop.steps, epochs * batches.count, 'step', note);
  }

  let epoch = 0;
  try {
    while (epoch < epochs) {
      loop.begin(++epoch);
      for (let state = loop.run(slice); state !== 'done'; state = loop.run(slice)) {
        if (state === 'time') {
          tell(epoch, loop.stepLosses[loop.steps - 1]);
          await turn.wait(nextTurn());
          slice = Date.now() + SLICE;
        } else {
          await turn.wait(state, signal);
        }
      }
      const record: EpochRecord = {
        epoch,
        loss: loop.loss / train.rows,
        accuracy: shareOf(network, loop.correct, train.rows),
        learningRate: loop.learningRate
      };
      if (dev) {
        const { loss: devLoss, accuracy: devAccuracy } = evaluateSet(network, dev);
        Object.assign(record, { devLoss, devAccuracy });
      }
      records.push(record);
      const answer = options.onEpoch?.(record);
      if (isPromise(answer)) {
        await turn.wait(answer, signal);
      }
      tell(epoch, record.loss);
      if (stopping?.after(record)) {
        stopping.end();
        return history('early');
      }
    }
    stopping?.end();
  } catch (error) {
    if (error instanceof Aborted) {
      throw new TrainingStopped(history('stopped'), signal?.reason);
    }
    if (error instanceof LossNotFinite) {
      const at = { step: loop.steps + 1, epoch, learningRate: loop.learningRate };
      throw diverged(network, program, train, { ...at, ...error }, history('diverged'));
    }
    throw error;
  } finally {
    batches.release();
    progress?.end();
  }
  return history('complete');
}
