import type { BatchResult, FloatArray, Targets } from '../engine';

/**
 * a = exp(z - max z) / sum exp(z - max z), row by row. Method: with the row maximum subtracted every
 * exponent is <= 0 and none overflows; the quotient equals the definition.
 */
export function softmaxRows(z: FloatArray, rows: number, units: number, a: FloatArray): void {
  for (let r = 0; r < rows; r++) {
    const start = r * units;
    let max = -Infinity;
    for (let j = 0; j < units; j++) {
      max = Math.max(max, z[start + j]);
    }
    let sum = 0;
    for (let j = 0; j < units; j++) {
      const e = Math.exp(z[start + j] - max);
      a[start + j] = e;
      sum += e;
    }
    for (let j = 0; j < units; j++) {
      a[start + j] /= sum;
    }
  }
}

/**
 * Mean of -Σ_j y_j log a_j over the rows, where y is 1 - smoothing at the label plus smoothing / units everywhere. Found
 * from z as log(sum exp(z - max)) - Σ_j y_j (z_j - max), so that a probability that rounds to 0 still has a finite
 * loss.
 */
export function softmaxCrossEntropy(
  z: FloatArray,
  labels: Targets,
  rows: number,
  units: number,
  smoothing: number
): BatchResult {
  let loss = 0;
  let correct = 0;
  for (let r = 0; r < rows; r++) {
    const start = r * units;
    let best = 0;
    for (let j = 1; j < units; j++) {
      if (z[start + j] > z[start + best]) {
        best = j;
      }
    }
    const max = z[start + best];
    let sum = 0;
    let scores = 0;
    for (let j = 0; j < units; j++) {
      sum += Math.exp(z[start + j] - max);
      scores += z[start + j] - max;
    }
    loss += Math.log(sum) - (1 - smoothing) * (z[start + labels[r]] - max);
    loss -= (smoothing / units) * scores;
    correct += best === labels[r] ? 1 : 0;
  }
  return { loss: loss / rows, correct };
}

/** dz = (a - y) / rows, with y as above: softmax and cross-entropy together. */
export function softmaxCrossEntropyBackward(
  a: FloatArray,
  labels: Targets,
  rows: number,
  units: number,
  smoothing: number,
  dz: FloatArray
): void {
  for (let i = 0; i < rows * units; i++) {
    dz[i] = (a[i] - smoothing / units) / rows;
  }
  for (let r = 0; r < rows; r++) {
    dz[r * units + labels[r]] -= (1 - smoothing) / rows;
  }
}
