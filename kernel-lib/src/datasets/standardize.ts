import { rangeError } from '../errors';
import { checkData, checkFinite, type Inputs } from './dataset';

/** Brings features to mean 0 and variance 1, with what one data set has taught it. */
export interface Scaler {
  /** Mean of each feature. */
  readonly mean: Float64Array;
  /** What each feature is divided by: its standard deviation, or 1 where it is constant. */
  readonly deviation: Float64Array;
  /** `(x - mean) / deviation` for every row; all else stays as it is. */
  apply<D extends Inputs>(data: D): D;
}

/**
 * Learns to normalise inputs from the training data: `x := (x - mu) / sigma`, feature by feature, with
 * `mu = sum(x) / m` and `sigma^2 = sum((x - mu)^2) / m`. Dev and test data get the same mu and sigma:
 * all must go through the same change. A feature that is constant is only shifted.
 *
 * @param train what mean and deviation are taken from
 * @throws RangeError for no rows, or values that are not finite; `apply` for another number of features.
 * @example
 * const { train, dev } = datasets.digits();
 * const scaler = datasets.standardize(train);
 * const [a, b] = [scaler.apply(train), scaler.apply(dev)];
 * @see lecture "Normalizing inputs"; as scikit-learn's StandardScaler.
 */
export function standardize(train: Inputs): Scaler {
  const where = 'datasets.standardize';
  const { x, rows, features } = checkData(where, train);
  checkFinite(where, 'features', x, features);
  const mean = new Float64Array(features);
  const squares = new Float64Array(features);
  x.forEach((value, i) => (mean[i % features] += value / rows));
  // Squares of distances from the mean, in a second pass: sum(x^2) - mean^2 would cancel.
  x.forEach((value, i) => (squares[i % features] += (value - mean[i % features]) ** 2));
  const deviation = squares.map((sum, c) => {
    const variance = sum / rows;
    // Rounding alone gives a constant column this much variance (the bound is scikit-learn's).
    const noise = rows * Number.EPSILON * variance + (rows * mean[c] * Number.EPSILON) ** 2;
    return variance <= noise ? 1 : Math.sqrt(variance);
  });
  return {
    mean,
    deviation,
    apply(data) {
      const given = checkData('Scaler.apply', data);
      if (given.features !== features) {
        throw rangeError(
          'Scaler.apply',
          `data must have the ${features} features of the training data`,
          `${given.features}`,
          'Fit another scaler for other data.'
        );
      }
      const scaled = given.x.map(
        (value, i) => (value - mean[i % features]) / deviation[i % features]
      );
      return { ...data, x: scaled };
    }
  };
}
