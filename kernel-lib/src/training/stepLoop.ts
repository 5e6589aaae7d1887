import { grown } from '../numeric/grown';
import type { ClipLimits, OptimizerPlan, Program } from '../wasm/engine';
import type { Batches } from './batches';
import { createKeeper } from './divergence';
import { shareOf } from './evaluate';
import { scheduledRate, type FitOptions } from './fitOptions';
import type { StepRecord } from './history';
import { countStep, type Network } from './network';
import type { Probe, ProbeRecord } from './probes';

/** What the steps of a training need and what they leave behind. */
export interface StepLoop {
  /** Whole steps so far. */
  steps: number;
  /** Sums over the rows of the running epoch. */
  loss: number;
  correct: number;
  /** Of the steps so far, with room for more. */
  stepLosses: Float32Array;
  learningRates: Float64Array;
  readonly probed: ProbeRecord[];
  /** alpha of the latest step. */
  readonly learningRate: number;
  begin(epoch: number): void;
  /**
   * Makes steps until the epoch is done, or time is up, or there is something to wait for: a promise of `onStep`. This
   * is a function without `await`, because V8 gives up its optimized code at each of those.
   */
  run(until: number): 'done' | 'time' | PromiseLike<unknown>;
}

/** Thrown out of the loop; `fit` adds the history. */
export class LossNotFinite extends Error {
  readonly loss: number;
  /** Puts back what had the last finite loss; missing when that was not asked for. */
  readonly restore?: () => void;

  constructor(loss: number, restore?: () => void) {
    super('the loss is not finite');
    this.loss = loss;
    this.restore = restore;
  }
}

/** Thrown out of the loop when the signal was aborted. */
export class Aborted extends Error {}

/** What a callback gave back, if it is to be waited for. */
export const isPromise = (answer: unknown): answer is PromiseLike<unknown> =>
  typeof (answer as PromiseLike<unknown> | undefined)?.then === 'function';

/** Steps that records have room for at first: whoever trains until stopped asks for more epochs than memory could hold. */
const ROOM = 65_536;

/** Doubles the room for records. */
function grow(loop: Pick<StepLoop, 'stepLosses' | 'learningRates'>): void {
  loop.stepLosses = grown(loop.stepLosses, 2 * loop.stepLosses.length);
  loop.learningRates = grown(loop.learningRates, 2 * loop.learningRates.length);
}

/** The rule that all steps follow. */
interface Rule {
  optimizer: OptimizerPlan;
  limits: ClipLimits | undefined;
  probes: readonly Probe[];
  signal: AbortSignal | undefined;
  epochs: number;
  seed: number;
}

/** The inner loop of `fit`. */
export function createStepLoop(
  network: Network,
  program: Program,
  batches: Batches,
  { optimizer, limits, probes, signal, epochs, seed }: Rule,
  { schedule, onStep, onDivergence }: FitOptions
): StepLoop {
  const total = epochs * batches.count;
  const plan: OptimizerPlan & { learningRate: number } = { ...optimizer };
  const keeper = onDivergence === 'restore' ? createKeeper(program) : undefined;
  let epoch = 0;
  let next = 0;

  function step(loop: StepLoop): unknown {
    if (schedule) {
      const at = { epoch: epoch - 1, stepsPerEpoch: batches.count, steps: total };
      const factor = schedule(loop.steps, at);
      plan.learningRate = scheduledRate(optimizer.learningRate, factor, loop.steps);
    }
    keeper?.before();
    const { x, targets, rows } = batches.at(next);
    const { loss, correct } = program.step(x, targets, rows, plan, limits);
    countStep(network);
    if (!Number.isFinite(loss)) {
      throw new LossNotFinite(loss, keeper?.restore);
    }
    keeper?.good();
    if (loop.steps === loop.stepLosses.length) {
      grow(loop);
    }
    loop.stepLosses[loop.steps] = loss;
    loop.learningRates[loop.steps] = plan.learningRate;
    loop.steps++;
    loop.loss += loss * rows;
    loop.correct += correct;
    next++;
    for (let i = 0; i < probes.length; i++) {
      if (probes[i].isDue(loop.steps, next === batches.count)) {
        loop.probed.push(...probes[i].look(loop.steps, epoch));
      }
    }
    return onStep?.(recordOf(loop.steps, loss, correct, rows));
  }

  const recordOf = (at: number, loss: number, correct: number, rows: number): StepRecord => ({
    step: at,
    epoch,
    loss,
    accuracy: shareOf(network, correct, rows),
    rows,
    learningRate: plan.learningRate
  });

  return {
    steps: 0,
    loss: 0,
    correct: 0,
    stepLosses: new Float32Array(Math.min(total, ROOM)),
    learningRates: new Float64Array(Math.min(total, ROOM)),
    probed: [],
    get learningRate() {
      return plan.learningRate;
    },
    begin(number) {
      epoch = number;
      [next, this.loss, this.correct] = [0, 0, 0];
      batches.shuffle(seed, epoch);
    },
    run(until) {
      while (next < batches.count) {
        if (signal?.aborted) {
          throw new Aborted();
        }
        const answer = step(this);
        if (isPromise(answer)) {
          return answer;
        }
        if (Date.now() > until) {
          return 'time';
        }
      }
      return 'done';
    }
  };
}
