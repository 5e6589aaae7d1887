import type { FloatArray } from '../engine';

/** Mean and biased variance of every column of z (rows, units), in double precision. */
export function batchMoments(
  z: FloatArray,
  rows: number,
  units: number,
  mean: Float64Array,
  variance: Float64Array
): void {
  mean.fill(0);
  variance.fill(0);
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < units; j++) {
      mean[j] += z[r * units + j];
    }
  }
  for (let j = 0; j < units; j++) {
    mean[j] /= rows;
  }
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < units; j++) {
      const d = z[r * units + j] - mean[j];
      variance[j] += d * d;
    }
  }
  for (let j = 0; j < units; j++) {
    variance[j] /= rows;
  }
}

/** zNorm = (z - mean) / sqrt(variance + epsilon), zTilde = gamma zNorm + beta; all (rows, units). */
export function normalize(
  z: FloatArray,
  mean: ArrayLike<number>,
  variance: ArrayLike<number>,
  gamma: FloatArray,
  beta: FloatArray,
  epsilon: number,
  rows: number,
  units: number,
  zNorm: FloatArray,
  zTilde: FloatArray
): void {
  for (let j = 0; j < units; j++) {
    const scale = 1 / Math.sqrt(variance[j] + epsilon);
    const shift = mean[j];
    const g = gamma[j];
    const b = beta[j];
    for (let i = j; i < rows * units; i += units) {
      const normalized = (z[i] - shift) * scale;
      zNorm[i] = normalized;
      zTilde[i] = g * normalized + b;
    }
  }
}

/**
 * Gradients through the batch's own mean and variance (Ioffe and Szegedy 2015, section 3):
 * dbeta = sum dzTilde, dgamma = sum dzTilde zNorm,
 * dz = gamma / sqrt(variance + epsilon) (dzTilde - dbeta / m - zNorm dgamma / m).
 */
export function normalizeBackward(
  dzTilde: FloatArray,
  zNorm: FloatArray,
  variance: ArrayLike<number>,
  gamma: FloatArray,
  epsilon: number,
  rows: number,
  units: number,
  dGamma: FloatArray,
  dBeta: FloatArray,
  dz: FloatArray
): void {
  for (let j = 0; j < units; j++) {
    let sum = 0;
    let product = 0;
    for (let i = j; i < rows * units; i += units) {
      sum += dzTilde[i];
      product += dzTilde[i] * zNorm[i];
    }
    dBeta[j] = sum;
    dGamma[j] = product;
    const scale = gamma[j] / Math.sqrt(variance[j] + epsilon);
    for (let i = j; i < rows * units; i += units) {
      dz[i] = scale * (dzTilde[i] - sum / rows - (zNorm[i] * product) / rows);
    }
  }
}
