import { Cholesky } from '../numeric/cholesky';
import type { Slope } from '../numeric/climb';

/** What a Gaussian process is shaped by, as logarithms: a length for each column, then signal and noise. */
export type Shape = Float64Array;

const ROOT5 = Math.sqrt(5);

/** Which columns are choices, whose values are either the same or not. */
export type Choices = readonly boolean[];

/**
 * A Gaussian process with the Matérn 5/2 kernel, k(r) = s (1 + a + a^2 / 3) exp(-a), a = sqrt(5) r, where
 * r^2 = sum_j ((x_j - x'_j) / l_j)^2 has a length of its own for each column, so that columns which do not
 * matter fall out.
 *
 * @see Rasmussen and Williams 2006, "Gaussian Processes for Machine Learning".
 */
export class GaussianModel {
  readonly #cholesky = new Cholesky();
  readonly #points: Float64Array[] = [];
  readonly #weights: Float64Array;
  readonly #signal: number;
  readonly #noise: number;
  #alpha: Float64Array = new Float64Array(0);

  constructor(
    readonly shape: Shape,
    readonly choices: Choices
  ) {
    const width = choices.length;
    this.#weights = Float64Array.from({ length: width }, (_, j) => Math.exp(-2 * shape[j]));
    this.#signal = Math.exp(shape[width]);
    this.#noise = Math.exp(shape[width + 1]);
  }

  get size(): number {
    return this.#points.length;
  }

  /** Another model of the same points, which grows by itself. */
  copy(): GaussianModel {
    const other = new GaussianModel(this.shape, this.choices);
    other.#points.push(...this.#points);
    other.#cholesky.rows.push(...this.#cholesky.rows);
    return other;
  }

  /** Takes up one more point; tell with `observe` what was found there. */
  append(point: Float64Array): void {
    const row = Float64Array.from(this.#points, other => this.#kernel(this.#squared(point, other)));
    const longer = new Float64Array(row.length + 1);
    longer.set(row);
    longer[row.length] = this.#signal + this.#noise;
    this.#cholesky.append(longer);
    this.#points.push(point);
  }

  /** Sets what was observed at the points, standardized. */
  observe(values: Float64Array): void {
    this.#alpha = this.#cholesky.solveTransposed(this.#cholesky.solve(values.slice()));
  }

  #squared(x: ArrayLike<number>, y: ArrayLike<number>): number {
    let sum = 0;
    for (let j = 0; j < this.choices.length; j++) {
      const d = x[j] - y[j];
      sum += this.#weights[j] * (this.choices[j] ? (d === 0 ? 0 : 1) : d * d);
    }
    return sum;
  }

  #kernel(squared: number): number {
    const a = Math.sqrt(5 * squared);
    return this.#signal * (1 + a + (a * a) / 3) * Math.exp(-a);
  }

  /** Mean of the process at `x`; cheap beside the deviation. */
  mean(x: ArrayLike<number>): number {
    let mean = 0;
    for (let i = 0; i < this.#points.length; i++) {
      mean += this.#alpha[i] * this.#kernel(this.#squared(x, this.#points[i]));
    }
    return mean;
  }

  /** Mean and deviation at `x`, noise left out, and how they change with each column. */
  predict(x: ArrayLike<number>) {
    const n = this.size;
    const width = this.choices.length;
    const k = new Float64Array(n);
    const slope = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const a = ROOT5 * Math.sqrt(this.#squared(x, this.#points[i]));
      const decay = this.#signal * Math.exp(-a);
      k[i] = decay * (1 + a + (a * a) / 3);
      slope[i] = (-5 / 3) * decay * (1 + a);
    }
    const half = this.#cholesky.solve(k.slice());
    let variance = this.#signal;
    let mean = 0;
    for (let i = 0; i < n; i++) {
      variance -= half[i] * half[i];
      mean += k[i] * this.#alpha[i];
    }
    const deviation = Math.sqrt(Math.max(variance, 1e-12 * this.#signal));
    const gradient = () => {
      const full = this.#cholesky.solveTransposed(half.slice());
      const ofMean = new Float64Array(width);
      const ofDeviation = new Float64Array(width);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < width; j++) {
          if (!this.choices[j]) {
            const d = slope[i] * this.#weights[j] * (x[j] - this.#points[i][j]);
            ofMean[j] += this.#alpha[i] * d;
            ofDeviation[j] -= (full[i] * d) / deviation;
          }
        }
      }
      return { mean: ofMean, deviation: ofDeviation };
    };
    return { mean, deviation, gradient };
  }

  /** Logarithm of the likelihood of the observations, and its gradient by `shape`. */
  likelihood(values: Float64Array): Slope {
    const n = this.size;
    const width = this.choices.length;
    this.observe(values);
    const alpha = this.#alpha;
    let value = -0.5 * this.#cholesky.logDeterminant;
    for (let i = 0; i < n; i++) {
      value -= 0.5 * alpha[i] * values[i];
    }
    const inverse = this.#inverse();
    const gradient = new Float64Array(width + 2);
    for (let i = 0; i < n; i++) {
      for (let m = 0; m <= i; m++) {
        const pull = (i === m ? 0.5 : 1) * (alpha[i] * alpha[m] - inverse[i][m]);
        if (i === m) {
          gradient[width] += pull * this.#signal;
          gradient[width + 1] += pull * this.#noise;
          continue;
        }
        const a = ROOT5 * Math.sqrt(this.#squared(this.#points[i], this.#points[m]));
        const decay = this.#signal * Math.exp(-a);
        gradient[width] += pull * decay * (1 + a + (a * a) / 3);
        const slope = (5 / 3) * decay * (1 + a) * pull;
        for (let j = 0; j < width; j++) {
          const d = this.#points[i][j] - this.#points[m][j];
          const squared = this.choices[j] ? (d === 0 ? 0 : 1) : d * d;
          gradient[j] += slope * this.#weights[j] * squared;
        }
      }
    }
    return { value, gradient };
  }

  /** Lower triangle of the inverse matrix. */
  #inverse(): Float64Array[] {
    const n = this.size;
    const { rows } = this.#cholesky;
    // Columns of L^-1, then L^-T L^-1.
    const columns = Array.from({ length: n }, (_, c) => {
      const x = new Float64Array(n);
      x[c] = 1 / rows[c][c];
      for (let i = c + 1; i < n; i++) {
        let sum = 0;
        for (let k = c; k < i; k++) {
          sum -= rows[i][k] * x[k];
        }
        x[i] = sum / rows[i][i];
      }
      return x;
    });
    return columns.map((left, i) =>
      Float64Array.from({ length: i + 1 }, (_, m) => {
        let sum = 0;
        for (let k = i; k < n; k++) {
          sum += left[k] * columns[m][k];
        }
        return sum;
      })
    );
  }
}
