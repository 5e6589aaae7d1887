import { leastSquares } from '../numeric/leastSquares';
import { quadraticAt, trustStep, type Quadratic } from '../numeric/trustStep';

/** Beyond so many coefficients a fit costs more than it gives: mixed terms are left out then. */
const MOST = 160;

export const coefficientsOf = (n: number) => ({
  linear: n + 1,
  diagonal: 2 * n + 1,
  full: 1 + 2 * n + (n * (n - 1)) / 2
});

/**
 * A linear or quadratic function fitted to results by weighted least squares: as many terms as the results can
 * tell, and good ones weigh up to 20 times as much as bad ones.
 *
 * @see Hansen 2019, "A global surrogate assisted CMA-ES".
 */
export class Surrogate implements Quadratic {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
  /** Whether there are second derivatives, so that there may be a minimum. */
  readonly bent: boolean;

  private constructor(x: Float64Array, n: number) {
    const { linear, full } = coefficientsOf(n);
    this.gradient = x.slice(1, linear);
    this.hessian = new Float64Array(n * n);
    this.bent = x.length > linear;
    if (this.bent) {
      for (let i = 0; i < n; i++) {
        this.hessian[i * (n + 1)] = 2 * x[linear + i];
      }
    }
    if (x.length === full) {
      let at = 2 * n + 1;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < i; j++) {
          this.hessian[i * n + j] = this.hessian[j * n + i] = x[at++];
        }
      }
    }
  }

  /** @returns `undefined` while there are too few results, or they do not differ enough. */
  static fit(points: readonly Float64Array[], values: readonly number[]): Surrogate | undefined {
    const m = points.length;
    const n = points[0]?.length ?? 0;
    const { linear, diagonal, full } = coefficientsOf(n);
    const terms = [full, diagonal, linear].find(
      size => (size <= MOST || size <= diagonal) && m >= Math.max(1.1 * size, size + 1)
    );
    if (terms === undefined) {
      return undefined;
    }
    const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
    const lowest = values[order[0]];
    const range = values[order[m - 1]] - lowest;
    if (!(range > 0 && range < Infinity)) {
      return undefined;
    }
    const right = new Float64Array(m);
    const rows = order.map((i, rank) => {
      const weight = Math.sqrt(20 - (19 * rank) / (m - 1));
      right[rank] = (weight * (values[i] - lowest)) / range;
      return features(points[i], terms).map(term => weight * term);
    });
    // Columns of equal length: points far out must not drown the near ones.
    const lengths = Float64Array.from({ length: terms }, (_, k) =>
      Math.sqrt(rows.reduce((sum, row) => sum + row[k] * row[k], 0))
    );
    if (lengths.some(length => !(length > 0))) {
      return undefined;
    }
    rows.forEach(row => row.forEach((v, k) => (row[k] = v / lengths[k])));
    const x = leastSquares(rows, right);
    return (
      x &&
      new Surrogate(
        x.map((v, k) => v / lengths[k]),
        n
      )
    );
  }

  /** How the model ranks a point: its value but for a constant and a factor. */
  at(point: ArrayLike<number>): number {
    return quadraticAt(this, point);
  }

  /** The lowest point of the model within `radius`. */
  minimum(radius: number): Float64Array {
    const n = this.gradient.length;
    const away = new Float64Array(n).fill(Infinity);
    return trustStep(
      this,
      radius,
      away.map(v => -v),
      away
    );
  }
}

function features(x: Float64Array, terms: number): Float64Array {
  const n = x.length;
  const row = new Float64Array(terms);
  row[0] = 1;
  row.set(x, 1);
  if (terms > n + 1) {
    x.forEach((v, i) => (row[n + 1 + i] = v * v));
  }
  let at = 2 * n + 1;
  for (let i = 0; at < terms; i++) {
    for (let j = 0; j < i; j++) {
      row[at++] = x[i] * x[j];
    }
  }
  return row;
}

/** Kendall's tau: the share of pairs in the same order less the share in the other one. */
export function kendallTau(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < i; j++) {
      sum += Math.sign(a[i] - a[j]) * Math.sign(b[i] - b[j]);
    }
  }
  return (2 * sum) / (a.length * (a.length - 1));
}
