import type { BatchResult, FloatArray, NetworkPlan, Targets } from '../engine';
import { labelSmoothingOf, lossOf } from '../plan';
import { softmaxCrossEntropy, softmaxCrossEntropyBackward } from './softmax';

/**
 * A loss from the scores z that feed the last layer and its output a, both (rows, units). `backward` writes the
 * gradient with respect to z where the last layer is part of the loss (softmax, sigmoid), else with respect to a.
 */
export interface LossFunctions {
  value(z: FloatArray, a: FloatArray, targets: Targets, rows: number, units: number): BatchResult;
  backward(a: FloatArray, targets: Targets, rows: number, units: number, d: FloatArray): void;
}

/** d = factor (a - target): the gradient of both losses of numbers. */
function differences(
  a: FloatArray,
  targets: Targets,
  count: number,
  factor: number,
  d: FloatArray
) {
  for (let i = 0; i < count; i++) {
    d[i] = factor * (a[i] - targets[i]);
  }
}

/**
 * Mean of -t log a - (1 - t) log(1 - a) over rows and units, a = sigmoid(z), found from the scores as
 * max(z, 0) - z t + log(1 + exp(-|z|)), which no score makes infinite.
 */
function logisticLoss(z: FloatArray, targets: Targets, rows: number, units: number): BatchResult {
  let loss = 0;
  for (let i = 0; i < rows * units; i++) {
    loss += Math.max(z[i], 0) - z[i] * targets[i] + Math.log1p(Math.exp(-Math.abs(z[i])));
  }
  return { loss: loss / (rows * units), correct: countRight(z, targets, rows, units, units) };
}

/** Rows of which every score is positive where the target is above 1/2, and only there. */
export function countRight(
  z: FloatArray,
  targets: Targets,
  rows: number,
  units: number,
  stride: number
): number {
  let right = 0;
  for (let r = 0; r < rows; r++) {
    let j = 0;
    while (j < units && z[r * stride + j] > 0 === targets[r * units + j] > 0.5) {
      j++;
    }
    right += j === units ? 1 : 0;
  }
  return right;
}

/** Mean of (a - target)² over rows and units, as `torch.nn.MSELoss`. */
function meanSquaredError(a: FloatArray, targets: Targets, rows: number, units: number) {
  let loss = 0;
  for (let i = 0; i < rows * units; i++) {
    loss += (a[i] - targets[i]) ** 2;
  }
  return { loss: loss / (rows * units), correct: 0 };
}

export function lossFunctions(plan: NetworkPlan): LossFunctions {
  const smoothing = labelSmoothingOf(plan);
  switch (lossOf(plan)) {
    case 'crossEntropy':
      return {
        value: (z, _, labels, rows, units) =>
          softmaxCrossEntropy(z, labels, rows, units, smoothing),
        backward: (a, labels, rows, units, d) =>
          softmaxCrossEntropyBackward(a, labels, rows, units, smoothing, d)
      };
    case 'logistic':
      return {
        value: (z, _, targets, rows, units) => logisticLoss(z, targets, rows, units),
        backward: (a, targets, rows, units, d) =>
          differences(a, targets, rows * units, 1 / (rows * units), d)
      };
    case 'meanSquaredError':
      return {
        value: (_, a, targets, rows, units) => meanSquaredError(a, targets, rows, units),
        backward: (a, targets, rows, units, d) =>
          differences(a, targets, rows * units, 2 / (rows * units), d)
      };
  }
}
