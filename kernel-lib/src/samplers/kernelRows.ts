import type { SearchHistory } from './history';
import { expNegative, indexAt, type Column } from './kernels';

/** Kernels are summed by blocks of so many: long enough to be fast, short enough to end early. */
const BLOCK = 64;
/** Beyond so many squared bandwidths a kernel adds nothing: exp(-30). */
const FAR = 60;

/** A column with what its kernels have in common. */
export interface KernelColumn extends Column {
  bandwidth: number;
  /** Minus twice a kernel's logarithm: by whether a choice is the same, or by the value and the one around which it lies. */
  table: Float64Array | undefined;
}

/** What stands in where trials do not have a hyperparameter. */
export interface StandIns {
  /** Minus twice the logarithm of a kernel's share, (candidate, column) row by row. */
  values: Float64Array;
  /** By column, what the weight of such a trial is multiplied by. */
  factors: readonly number[];
}

/**
 * The kernels around a study's trials for one ask, laid out column by column. Summed in the order given: with those first
 * that weigh most, a sum is soon enough.
 */
export class KernelRows {
  readonly #columns: readonly KernelColumn[];
  readonly #count: number;
  /** (column, kernel): positions in bandwidths, or indices of values; NaN where the trial does not have it. */
  readonly #rows: Float64Array;
  readonly #weights: Float64Array;
  /** (candidate, column), as the rows. */
  readonly #candidates: Float64Array;
  readonly #standIns: Float64Array | undefined;
  readonly #exponents = new Float64Array(BLOCK);

  /**
   * @param taken rows of the history around which there is a kernel
   * @param weights of these
   * @param candidates positions, (candidate, column) row by row
   */
  constructor(
    { points, absent, dimensions }: SearchHistory,
    taken: readonly number[],
    weights: readonly number[],
    columns: readonly KernelColumn[],
    candidates: Float64Array,
    standIns: StandIns | undefined
  ) {
    const count = (this.#count = taken.length);
    const width = columns.length;
    this.#columns = columns;
    this.#weights = Float64Array.from(weights);
    this.#standIns = standIns?.values;
    this.#rows = new Float64Array(width * count);
    this.#candidates = new Float64Array(candidates.length);
    columns.forEach(({ index, size, bandwidth }, i) => {
      const scaled = (x: number) => (size > 0 ? indexAt(x, size) : x / bandwidth);
      for (let at = i; at < candidates.length; at += width) {
        this.#candidates[at] = scaled(candidates[at]);
      }
      for (let k = 0; k < count; k++) {
        const at = taken[k] * dimensions.length + index;
        const missing = standIns !== undefined && absent?.[at] === 1;
        this.#rows[i * count + k] = missing ? NaN : scaled(points[at]);
        this.#weights[k] *= missing ? standIns.factors[i] : 1;
      }
    });
  }

  /** The sum of all kernels at a candidate, or a part of it that is more than `enough`. */
  sum(candidate: number, enough: number): number {
    let sum = 0;
    const exponents = this.#exponents;
    const weights = this.#weights;
    for (let from = 0; from < this.#count && sum <= enough; from += BLOCK) {
      const length = Math.min(BLOCK, this.#count - from);
      this.#setExponents(candidate, from, length);
      for (let k = 0; k < length; k++) {
        if (exponents[k] < FAR) {
          sum += weights[from + k] * expNegative(0.5 * exponents[k]);
        }
      }
    }
    return sum;
  }

  /** Minus twice the logarithms of a block of kernels. */
  #setExponents(candidate: number, from: number, length: number): void {
    const width = this.#columns.length;
    const exponents = this.#exponents.fill(0);
    const rows = this.#rows;
    for (let i = 0; i < width; i++) {
      const { table, choice, size } = this.#columns[i];
      const x = this.#candidates[candidate * width + i];
      const standIn = this.#standIns?.[candidate * width + i] ?? NaN;
      const start = i * this.#count + from;
      for (let k = 0; k < length; k++) {
        const y = rows[start + k];
        if (Number.isNaN(y)) {
          exponents[k] += standIn;
        } else if (table === undefined) {
          exponents[k] += (x - y) * (x - y);
        } else {
          exponents[k] += table[choice ? Number(x === y) : x * size + y];
        }
      }
    }
  }
}
