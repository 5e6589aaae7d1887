import { currentKernel, nextTurn } from '../host';
import { startProgress } from '../progress';
import { createBatches } from './batches';
import { createKeeper, diverged } from './divergence';
import { createEarlyStopping } from './earlyStopping';
import { evaluateSet, shareOf } from './evaluate';
import { prepareFit, scheduledRate, type FitOptions } from './fitOptions';
import { TrainingStopped, type EpochRecord, type History } from './history';
import { floatsOf } from './inputs';
import { countStep, hasBatchNorm, programOf, whileTraining, type Network } from './network';
import { createProbes, type ProbeRecord } from './probes';
import type { TrainingData } from './trainingSet';

/** Milliseconds of work between two looks at the event loop: interrupts and messages get through. */
const SLICE = 30;

/**
 * Trains a network by mini-batches: in each epoch the examples are shuffled and cut into batches, and each
 * batch makes one step: forward, loss, backward, update.
 *
 * The last layer decides what is made small: cross-entropy after softmax, the logistic loss after sigmoid, mean
 * squared error after any other. A last mini-batch of a single row joins the one before if the network has batch norm.
 *
 * @param network from `sequential`; changed in place
 * @param data training examples: a dataset, regression data, or `{ x, y }`
 * @returns loss and accuracy of every epoch (in nats, and as a share of rows), loss and learning rate of every step,
 *   and what the probes saw
 * @throws RangeError for options or data that do not fit; TrainingStopped if `signal` is aborted: the
 *   network is then as after its last whole step, and the error carries the history so far; TrainingDiverged if the
 *   loss is no longer finite, naming step and layer; whatever a callback throws, after a whole step.
 * @example
 * const history = await fit(network, data.train, {
 *   epochs: 20, batchSize: 64, optimizer: optimizers.adam({ learningRate: 0.003 }), dev: data.dev
 * });
 * Source: lecture, "Fitting Batch Norm into a neural network": for t = 1 … mini-batches.
 */
export async function fit(
  network: Network,
  data: TrainingData,
  options: FitOptions
): Promise<History> {
  programOf(network);
  const prepared = prepareFit(network, data, options);
  return whileTraining(network, () => train(network, prepared, options));
}

async function train(
  network: Network,
  { train, dev, epochs, batchSize, seed, optimizer, limits }: ReturnType<typeof prepareFit>,
  options: FitOptions
): Promise<History> {
  const program = programOf(network);
  const { schedule, onStep } = options;
  const probes = createProbes(network, options.probes);
  const stopping =
    options.earlyStopping && createEarlyStopping(options.earlyStopping, program, Boolean(dev));
  const keeper = options.onDivergence === 'restore' ? createKeeper(program) : undefined;
  const signal = options.signal ?? currentKernel()?.signal;
  const floats = floatsOf(network);
  const batches = createBatches(program, train, batchSize, !hasBatchNorm(network), floats);
  const total = epochs * batches.count;

  const records: EpochRecord[] = [];
  const probed: ProbeRecord[] = [];
  const stepLosses = new Float32Array(total);
  const learningRates = new Float64Array(total);
  const plan = { ...optimizer };
  let steps = 0;
  const history = (ended: History['ended']): History => ({
    epochs: records,
    stepLosses: stepLosses.slice(0, steps),
    learningRates: learningRates.slice(0, steps),
    probes: probed,
    ...(stopping && { bestEpoch: stopping.bestEpoch }),
    ended
  });

  const progress = options.progress === false ? undefined : startProgress();
  const started = Date.now();
  let lastTurn = started;
  function tell(epoch: number, loss: number): void {
    const rate = (steps * batchSize) / Math.max(1e-3, (Date.now() - started) / 1000);
    const note = `epoch ${epoch} of ${epochs}, loss ${loss.toPrecision(3)}, ${rate.toPrecision(3)} examples/s`;
    progress?.update(steps, total, 'step', note);
  }

  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      let loss = 0;
      let correct = 0;
      batches.shuffle(seed, epoch);
      for (let b = 0; b < batches.count; b++) {
        if (Date.now() - lastTurn > SLICE) {
          tell(epoch, stepLosses[Math.max(0, steps - 1)]);
          await nextTurn();
          lastTurn = Date.now();
        }
        if (signal?.aborted) {
          throw new TrainingStopped(history('stopped'), signal.reason);
        }
        if (schedule) {
          const at = { epoch: epoch - 1, stepsPerEpoch: batches.count, steps: total };
          const rate = scheduledRate(optimizer.learningRate, schedule(steps, at), steps);
          (plan as { learningRate: number }).learningRate = rate;
        }
        keeper?.before();
        const batch = batches.at(b);
        const result = program.step(batch.x, batch.targets, batch.rows, plan, limits);
        countStep(network);
        if (!Number.isFinite(result.loss)) {
          const { learningRate } = plan;
          const at = { step: steps + 1, epoch, loss: result.loss, learningRate };
          const error = diverged(
            network,
            program,
            { ...at, restored: Boolean(keeper) },
            history('diverged')
          );
          keeper?.restore();
          throw error;
        }
        keeper?.good();
        stepLosses[steps] = result.loss;
        learningRates[steps] = plan.learningRate;
        steps++;
        loss += result.loss * batch.rows;
        correct += result.correct;
        for (const probe of probes) {
          if (probe.isDue(steps, b === batches.count - 1)) {
            probed.push(...probe.look(steps, epoch));
          }
        }
        if (onStep) {
          const accuracy = shareOf(network, result.correct, batch.rows);
          const { learningRate } = plan;
          const answer = onStep({
            step: steps,
            epoch,
            loss: result.loss,
            accuracy,
            rows: batch.rows,
            learningRate
          });
          // A turn a step would cost more than the step: only a promise is waited for.
          if (isPromise(answer)) {
            await answer;
          }
        }
      }
      const record: EpochRecord = {
        epoch,
        loss: loss / train.rows,
        accuracy: shareOf(network, correct, train.rows),
        learningRate: plan.learningRate
      };
      if (dev) {
        const { loss: devLoss, accuracy: devAccuracy } = evaluateSet(network, dev);
        Object.assign(record, { devLoss, devAccuracy });
      }
      records.push(record);
      await options.onEpoch?.(record);
      tell(epoch, record.loss);
      if (stopping?.after(record)) {
        stopping.end();
        return history('early');
      }
    }
    stopping?.end();
  } finally {
    batches.release();
    progress?.end();
  }
  return history('complete');
}

const isPromise = (answer: unknown): answer is PromiseLike<unknown> =>
  typeof (answer as PromiseLike<unknown>)?.then === 'function';
