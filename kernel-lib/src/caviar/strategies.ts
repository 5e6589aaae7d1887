/**
 * What `compare` has its workers do: one model nursed day by day, or one of many trained once. The file is the module
 * of both objectives.
 */
import type { Dataset, Split } from '../datasets/dataset';
import * as layers from '../layers/catalogue';
import { adam } from '../optimizers/adam';
import type { ObjectiveTools, Outcome } from '../study/objective';
import { TrainingDiverged } from '../training/divergence';
import { evaluate } from '../training/evaluate';
import { fit } from '../training/fit';
import { programOf, restoreSteps, sequential, type Network } from '../training/network';

/** What the workers are given. */
export interface Task {
  strategy: 'panda' | 'caviar';
  data: Split<Dataset>;
  units: number;
  /** Of each model. */
  epochs: number;
  /** After how many epochs the babysitter looks. */
  day: number;
}

/** A day of a babysat model. */
export interface Day {
  /** Epochs done in the evening, those included that were given up. */
  readonly epochs: number;
  readonly learningRate: number;
  readonly devLoss: number;
  readonly devError: number;
  /** What the babysitter did in the evening: go on faster, or go back to the morning and slower. */
  readonly decision: 'faster' | 'back and slower';
}

/** After a good day, and after a bad one. */
const FASTER = 1.5;
const SLOWER = 0.3;

export function objective(
  config: { learningRate: number },
  tools: ObjectiveTools<Task>
): Promise<Outcome> {
  return tools.context.strategy === 'panda' ? babysit(config, tools) : trainOnce(config, tools);
}

const networkOf = ({ data, units }: Task, seed: number): Network =>
  sequential(
    [layers.dense(units), layers.relu(), layers.dense(data.train.classes), layers.softmax()],
    {
      inputs: data.train.features,
      seed
    }
  );

type Config = { learningRate: number };

async function train(
  network: Network,
  { learningRate }: Config,
  { context, signal }: ObjectiveTools<Task>,
  epochs: number,
  seed: number
): Promise<{ loss: number; error: number }> {
  try {
    const optimizer = adam({ learningRate });
    await fit(network, context.data.train, {
      epochs,
      batchSize: 64,
      optimizer,
      seed,
      signal,
      progress: false
    });
  } catch (error) {
    if (!(error instanceof TrainingDiverged)) {
      throw error;
    }
    return { loss: Infinity, error: 1 };
  }
  return evaluate(network, context.data.dev);
}

async function trainOnce(config: Config, tools: ObjectiveTools<Task>): Promise<Outcome> {
  const { context, seed } = tools;
  const network = networkOf(context, seed);
  const { error } = await train(network, config, tools, context.epochs, seed);
  return { value: error, attributes: { testError: evaluate(network, context.data.test).error } };
}

/** Trains day by day: a day after which dev is better is followed by a faster one, any other is taken back. */
async function babysit({ learningRate }: Config, tools: ObjectiveTools<Task>): Promise<Outcome> {
  const { context, seed } = tools;
  const network = networkOf(context, seed);
  const program = programOf(network);
  const days: Day[] = [];
  let best: { loss: number; error: number } = evaluate(network, context.data.dev);
  for (let done = 0; done < context.epochs;) {
    const morning = { state: program.saveState(), steps: network.steps };
    const length = Math.min(context.day, context.epochs - done);
    const evening = await train(network, { learningRate }, tools, length, seed + days.length);
    done += length;
    const good = evening.loss < best.loss;
    days.push({
      epochs: done,
      learningRate,
      devLoss: evening.loss,
      devError: evening.error,
      decision: good ? 'faster' : 'back and slower'
    });
    if (good) {
      best = evening;
    } else {
      program.restoreState(morning.state);
      restoreSteps(network, morning.steps);
    }
    learningRate *= good ? FASTER : SLOWER;
  }
  const testError = evaluate(network, context.data.test).error;
  return { value: best.error, attributes: { testError, days } };
}
