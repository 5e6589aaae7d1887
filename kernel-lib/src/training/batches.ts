import type { Rng } from '../numeric/rng';
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
  shuffle(rng: Rng): void;
  /** Gathers mini-batch `b` of the epoch. */
  at(b: number): Batch;
  /** Lets the engine's copy of the examples go. */
  release(): void;
}

/** Rows of targets, gathered into arrays that are used again. */
function targetGatherer(
  { targets, width }: TrainingSet,
  largest: number
): (rows: Uint32Array) => Targets {
  const all =
    targets instanceof Int32Array ? new Int32Array(largest) : new Float32Array(largest * width);
  return rows => {
    if (width === 1) {
      for (let i = 0; i < rows.length; i++) {
        all[i] = targets[rows[i]];
      }
    } else {
      for (let i = 0; i < rows.length; i++) {
        all.set(targets.subarray(rows[i] * width, (rows[i] + 1) * width), i * width);
      }
    }
    return rows.length * width === all.length ? all : all.subarray(0, rows.length * width);
  };
}

/** Rows of features, gathered outside the engine. */
function inputGatherer(
  { x, features }: TrainingSet,
  largest: number,
  Floats: typeof Float32Array | typeof Float64Array
) {
  const all = new Floats(largest * features);
  return (rows: Uint32Array): FloatArray => {
    for (let i = 0; i < rows.length; i++) {
      all.set(x.subarray(rows[i] * features, (rows[i] + 1) * features), i * features);
    }
    return all.subarray(0, rows.length * features);
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
  const inside = program.gather && program.hold?.(set.x);
  const inputs = inside
    ? (rows: Uint32Array) => program.gather!(rows)
    : inputGatherer(set, largest, Floats);
  const targets = targetGatherer(set, largest);
  const batch: Batch = { x: set.x, targets: set.targets, rows: 0 };
  let order: Uint32Array = new Uint32Array(0);
  return {
    count: bounds.length - 1,
    shuffle(rng) {
      order = rng.permutation(set.rows);
    },
    at(b) {
      const rows = order.subarray(bounds[b], bounds[b + 1]);
      batch.x = inputs(rows);
      batch.targets = targets(rows);
      batch.rows = rows.length;
      return batch;
    },
    release() {
      program.hold?.(undefined);
    }
  };
}
