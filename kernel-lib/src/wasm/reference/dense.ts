import type { FloatArray } from '../engine';

/** z = x W + b: (rows, inputs) x (inputs, units) + (units) -> (rows, units). */
export function denseForward(
  x: FloatArray,
  weights: FloatArray,
  bias: FloatArray | undefined,
  rows: number,
  inputs: number,
  units: number,
  z: FloatArray
): void {
  for (let r = 0; r < rows; r++) {
    const row = r * units;
    for (let j = 0; j < units; j++) {
      z[row + j] = bias ? bias[j] : 0;
    }
    for (let k = 0; k < inputs; k++) {
      const value = x[r * inputs + k];
      // Images and ReLU outputs are full of zeros; each saves a row of products.
      if (value !== 0) {
        const w = k * units;
        for (let j = 0; j < units; j++) {
          z[row + j] += value * weights[w + j];
        }
      }
    }
  }
}

/** dW = x^T dz and db = column sums of dz: what the parameters have to give. */
export function denseGradients(
  x: FloatArray,
  dz: FloatArray,
  rows: number,
  inputs: number,
  units: number,
  dWeights: FloatArray,
  dBias: FloatArray | undefined
): void {
  dWeights.fill(0);
  dBias?.fill(0);
  for (let r = 0; r < rows; r++) {
    const row = r * units;
    for (let k = 0; k < inputs; k++) {
      const value = x[r * inputs + k];
      if (value !== 0) {
        const w = k * units;
        for (let j = 0; j < units; j++) {
          dWeights[w + j] += value * dz[row + j];
        }
      }
    }
    if (dBias) {
      for (let j = 0; j < units; j++) {
        dBias[j] += dz[row + j];
      }
    }
  }
}

/** dx = dz W^T: (rows, units) x (units, inputs) -> (rows, inputs). */
export function denseBackward(
  dz: FloatArray,
  weights: FloatArray,
  rows: number,
  inputs: number,
  units: number,
  dx: FloatArray
): void {
  for (let r = 0; r < rows; r++) {
    const row = r * units;
    for (let k = 0; k < inputs; k++) {
      const w = k * units;
      let sum = 0;
      for (let j = 0; j < units; j++) {
        sum += dz[row + j] * weights[w + j];
      }
      dx[r * inputs + k] = sum;
    }
  }
}

/** Shortens every column of W (inputs, units) that is longer than `limit` to that length, as `torch.renorm`. */
export function shortenColumns(
  weights: FloatArray,
  inputs: number,
  units: number,
  limit: number
): void {
  for (let j = 0; j < units; j++) {
    let squares = 0;
    for (let k = 0; k < inputs; k++) {
      squares += weights[k * units + j] ** 2;
    }
    const norm = Math.sqrt(squares);
    for (let k = 0; norm > limit && k < inputs; k++) {
      weights[k * units + j] *= limit / (norm + 1e-7);
    }
  }
}
