import type { BatchResult, NetworkPlan, Targets } from '../engine';
import { labelSmoothingOf, lossOf } from '../plan';
import { countRight } from '../reference/losses';
import { floats, type Layout } from './memory';
import type { Context, SimdNode, SoftmaxNode, Source } from './nodes';

/** A loss on addresses. Its rows are independent of each other. */
export interface SimdLoss {
  /** Lays out what depends on the number of rows. */
  place(layout: Layout, rows: number): void;
  value(targets: Targets, rows: number): BatchResult;
  /** The gradient, into the `dOutput` of the scores where the last layer is part of the loss, else of the last layer. */
  backward(targets: Targets, rows: number): void;
}

/** @param last the last layer, which softmax's loss asks for its sums; @param scores what feeds it */
export function createLoss(
  plan: NetworkPlan,
  context: Context,
  last: SimdNode,
  scores: Source
): SimdLoss {
  switch (lossOf(plan)) {
    case 'crossEntropy':
      return crossEntropy(context, last as SoftmaxNode, scores, labelSmoothingOf(plan));
    case 'logistic':
      return numbersLoss(context, 'logisticLosses', 1, last, scores, scores);
    case 'meanSquaredError':
      return numbersLoss(context, 'squaredErrors', 2, last, last, last);
  }
}

function crossEntropy(
  { kernels, memory }: Context,
  last: SoftmaxNode,
  scores: Source,
  smoothing: number
): SimdLoss {
  const { units, stride } = last;
  let labelsAt = 0;
  let logs = 0;

  function read(labels: Targets, rows: number): void {
    new Int32Array(memory.buffer, labelsAt, rows).set(
      labels.length === rows ? labels : labels.subarray(0, rows)
    );
  }

  return {
    place(layout, rows) {
      labelsAt = layout.claim(rows);
      logs = layout.claim(rows);
    },
    value(labels, rows) {
      read(labels, rows);
      const { output } = scores;
      const [row, { sums, shifts }] = [stride * 4, last];
      const total = kernels.crossEntropies(
        rows, units, stride, output, row, sums, shifts, labelsAt, logs, smoothing
      ); // prettier-ignore
      const correct = kernels.rightRows(rows, units, stride, output, row, shifts, labelsAt);
      return { loss: total / rows, correct };
    },
    backward(labels, rows) {
      read(labels, rows);
      const [a, row] = [last.output, stride * 4];
      kernels.softmaxCrossEntropyBackward(
        rows,
        units,
        stride,
        a,
        row,
        labelsAt,
        scores.dOutput,
        1 / rows,
        smoothing
      );
    }
  };
}

/**
 * A mean over rows and units whose gradient is `factor` (a - target) / count.
 * @param from what the loss is found from; @param below where its gradient goes
 */
function numbersLoss(
  { kernels, memory }: Context,
  kernel: 'squaredErrors' | 'logisticLosses',
  factor: number,
  last: SimdNode,
  from: Source,
  below: Source
): SimdLoss {
  const { units, stride } = last;
  let targetsAt = 0;
  let sumsAt = 0;

  function read(targets: Targets, rows: number): void {
    const all = floats(memory, targetsAt, rows * stride);
    for (let r = 0; r < rows; r++) {
      for (let j = 0; j < units; j++) {
        all[r * stride + j] = targets[r * units + j];
      }
    }
  }

  return {
    place(layout, rows) {
      targetsAt = layout.claim(rows * stride);
      sumsAt = layout.claim(rows);
    },
    value(targets, rows) {
      read(targets, rows);
      kernels[kernel](rows, units, stride, stride * 4, from.output, targetsAt, sumsAt);
      const total = floats(memory, sumsAt, rows).reduce((sum, value) => sum + value, 0);
      const z = floats(memory, from.output, rows * stride);
      const correct = kernel === 'logisticLosses' ? countRight(z, targets, rows, units, stride) : 0;
      return { loss: total / (rows * units), correct };
    },
    backward(targets, rows) {
      read(targets, rows);
      const share = factor / (rows * units);
      kernels.differences(rows, stride, stride * 4, last.output, targetsAt, below.dOutput, share);
    }
  };
}
