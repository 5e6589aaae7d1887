import { hashSeed, shuffled } from '../numeric/rng';
import type { FloatArray, Program, Targets } from '../wasm/engine';
import type { TrainingSet } from './trainingSet';

/**
 * Where each mini-batch of an epoch begins, and where the last one ends. A last batch of one row joins
 * the one before when `lone` is false: batch norm cannot learn from a single row.
 */
export function batchBounds(rows: number, batchSize: number, lone: boolean): number[] {
  const bounds = [0];
  while (bounds[bounds.length - 1] < rows) {
    bounds.push(Math.min(bounds[bounds.length - 1] + batchSize, rows));
  }
  if (!lone && bounds.length > 2 && bounds[bounds.length - 1] - bounds[bounds.length - 2] === 1) {
    bounds.splice(bounds.length - 2, 1);
  }
  return bounds;
}

/** A mini-batch as `step` takes it; the next one overwrites it. */
export interface Batch {
  x: FloatArray;
  targets: Targets;
  rows: number;
}

/** The mini-batches of an epoch, in an order that changes with each `shuffle`. */
export interface Batches {
  /** How many there are in an epoch. */
  readonly count: number;
  shuffle(seed: number, epoch: number): void;
  /** Gathers mini-batch `b` of the epoch. */
  at(b: number): Batch;
  /** Lets the engine's copy of the examples go. */
  release(): void;
}

/** The order of the examples in one epoch: what depends on the seed and the epoch alone. */
export const epochOrder = (rows: number, seed: number, epoch: number) =>
  shuffled(rows, hashSeed(seed, epoch));

type Gather<T> = (order: Uint32Array, start: number, end: number) => T;

/** Gathers targets into an array that is used again. */
function targetGatherer({ targets, width }: TrainingSet, largest: number): Gather<Targets> {
  const length = largest * width;
  const all = targets instanceof Int32Array ? new Int32Array(length) : new Float32Array(length);
  return (order, start, end) => {
    // One number a row is the common case, and then this loop is a part of small networks' time.
    for (let i = start; i < end && width === 1; i++) {
      all[i - start] = targets[order[i]];
    }
    for (let i = start; i < end && width > 1; i++) {
      all.set(targets.subarray(order[i] * width, (order[i] + 1) * width), (i - start) * width);
    }
    return end - start === largest ? all : all.subarray(0, (end - start) * width);
  };
}

/** Gathers features outside the engine, in its precision. */
function inputGatherer(
  { x, features }: TrainingSet,
  largest: number,
  Floats: typeof Float32Array | typeof Float64Array
): Gather<FloatArray> {
  const all = new Floats(largest * features);
  return (order, start, end) => {
    for (let i = start; i < end; i++) {
      const at = order[i] * features;
      all.set(x.subarray(at, at + features), (i - start) * features);
    }
    return all.subarray(0, (end - start) * features);
  };
}

/** Cuts a training set into mini-batches, with the examples in the engine's memory where it can hold them. */
export function createBatches(
  program: Program,
  set: TrainingSet,
  batchSize: number,
  lone: boolean,
  Floats: typeof Float32Array | typeof Float64Array
): Batches {
  const bounds = batchBounds(set.rows, batchSize, lone);
  const largest = bounds.reduce((most, end, i) => Math.max(most, i ? end - bounds[i - 1] : 0), 0);
  program.hold?.(set.x);
  const inputs: Gather<FloatArray> = program.gather ?? inputGatherer(set, largest, Floats);
  const targets = targetGatherer(set, largest);
  const batch: Batch = { x: set.x, targets: set.targets, rows: 0 };
  let order: Uint32Array = new Uint32Array(0);
  return {
    count: bounds.length - 1,
    shuffle(seed, epoch) {
      order = epochOrder(set.rows, seed, epoch);
    },
    at(b) {
      const [start, end] = [bounds[b], bounds[b + 1]];
      batch.x = inputs(order, start, end);
      batch.targets = targets(order, start, end);
      batch.rows = end - start;
      return batch;
    },
    release() {
      program.hold?.(undefined);
    }
  };
}
