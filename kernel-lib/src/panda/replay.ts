import { rangeError, show, typeError } from '../errors';
import { nextTurn, SLICE } from '../host';
import { programOf, restoreSteps, sequential, type Network } from '../training/network';
import { readTrainingSet, type TrainingData, type TrainingSet } from '../training/trainingSet';
import type { Variant } from '../wasm/engine';
import { digest } from './digest';
import type { Command, RunHistory } from './format';
import { createLoop } from './loop';
import { createRecords } from './records';

/** Options of `replay`. */
export interface ReplayOptions {
  /** The dev examples of the run, if it had any. */
  dev?: TrainingData;
  /** Stops after the current mini-batch when aborted. Default: nothing stops it. */
  signal?: AbortSignal;
}

function checkData(name: string, set: TrainingSet | undefined, expected: string | undefined): void {
  const got = set && digest(set);
  if (got !== expected) {
    throw rangeError(
      'replay',
      `the ${name} examples must be those of the run (${expected ?? 'none'})`,
      got ?? 'none',
      'Load the same data, with the same seed of the split, in the same order.'
    );
  }
}

/**
 * Repeats a run of `panda` from its history: the same weights at the beginning, the same mini-batches, and every change
 * at the step where it was made. The result has the same bits.
 *
 * @param history of a run that has ended
 * @param data its training examples
 * @returns the network as the run left it, and the history
 * @throws RangeError if the data are not the run's, or this machine lacks the engine that computed it.
 * @example
 * const data = datasets.digits();
 * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
 * const run = panda(network, data.train, { optimizer: optimizers.adam(), dev: data.dev });
 * const again = await replay(await run.done, data.train, { dev: data.dev });
 * @see lecture, "Hyperparameters tuning in practice: Pandas vs. Caviar".
 */
export async function replay(
  history: RunHistory,
  data: TrainingData,
  options: ReplayOptions = {}
): Promise<{ network: Network; history: RunHistory }> {
  const { start, events, version } = history ?? {};
  if (version !== 1 || !start || !Array.isArray(events)) {
    throw typeError(
      'replay',
      'a history of version 1 is needed, as `await run.done` gives it',
      show(history),
      'Pass what a run of `panda` left behind.'
    );
  }
  const { layers, inputs, precision, networkSeed, engine } = start;
  const network = sequential(layers, {
    inputs,
    precision,
    seed: networkSeed,
    variant: engine as Variant
  });
  const train = readTrainingSet('replay', network, data);
  const dev = options.dev && readTrainingSet('replay (dev)', network, options.dev);
  checkData('training', train, start.train);
  checkData('dev', dev, start.dev);
  const loop = createLoop(start, train, dev);
  const records = createRecords(start);
  const script = events.filter(({ kind }) => kind !== 'warning');
  let next = 0;
  let turned = Date.now();
  while (!loop.ended) {
    const event = script[next];
    if (event && event.tick === loop.tick) {
      next++;
      loop.apply(event as unknown as Command);
    } else if (loop.tick >= history.stepLosses.length) {
      // The history was taken while the run was going on.
      break;
    } else {
      loop.advance();
    }
    if (Date.now() - turned > SLICE) {
      await nextTurn();
      turned = Date.now();
      options.signal?.throwIfAborted();
    }
  }
  records.add(loop.take());
  records.end(loop.ended ?? 'stopped');
  programOf(network).restoreState(loop.state());
  restoreSteps(network, loop.step);
  return { network, history: records.history() };
}
