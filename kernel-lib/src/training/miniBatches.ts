import type { Dataset } from '../datasets/dataset';
import type { Rng } from '../numeric/rng';
import type { FloatArray } from '../wasm/engine';

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

export interface MiniBatch {
  x: FloatArray;
  labels: Int32Array;
  rows: number;
}

/** Gathers the mini-batches of one epoch, in an order that `rng` decides; buffers are used again. */
export function createMiniBatches(
  data: Dataset,
  batchSize: number,
  lone: boolean,
  Floats: typeof Float32Array | typeof Float64Array
) {
  const { features, rows } = data;
  const bounds = batchBounds(rows, batchSize, lone);
  const largest = bounds.reduce((most, end, i) => Math.max(most, i ? end - bounds[i - 1] : 0), 0);
  const x: FloatArray = new Floats(largest * features);
  const labels = new Int32Array(largest);
  return {
    count: bounds.length - 1,
    *epoch(rng: Rng): Generator<MiniBatch> {
      const order = rng.permutation(rows);
      for (let b = 1; b < bounds.length; b++) {
        const [start, end] = [bounds[b - 1], bounds[b]];
        for (let i = start; i < end; i++) {
          const row = order[i];
          x.set(data.x.subarray(row * features, (row + 1) * features), (i - start) * features);
          labels[i - start] = data.y[row];
        }
        yield { x, labels, rows: end - start };
      }
    }
  };
}
