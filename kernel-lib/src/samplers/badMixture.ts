import { grown } from '../numeric/grown';
import type { SearchHistory } from './history';
import { choiceMass, columnsOf, expNegative, indexAt, massInside, stepMass } from './kernels';
import type { Column } from './kernels';

/** The last so many trials count in full, older ones the less the older they are. */
const RECENT = 25;
/** All of the last so many trials count, and about `SAMPLE` of those before. */
const LATEST = 250;
const SAMPLE = 500;
/** Bandwidths are rounded to powers of this, so that what depends on them is worked out rarely. */
const RATIO = 1.05;
const LEAST = 0.01;
/** Beyond so many squared bandwidths a kernel adds nothing: exp(-30). */
const FAR = 60;
/** Share of the kernel over the whole space, around 0.5 with deviation 1, that lies inside. */
const WIDE = massInside(0.5, 1);

/**
 * Where the trials lie that are not good, running ones included: a mixture of kernels with one bandwidth for
 * each hyperparameter, and one kernel over the whole space. Counting running trials as bad until they are told
 * ("constant liar") keeps workers apart.
 *
 * Where a trial does not have a hyperparameter (`scales.when`), the mixture of those that have it, for it alone, stands in.
 *
 * All candidates are compared with all trials; what can be kept between asks is kept: sums for the bandwidths,
 * and each kernel's norm. Beyond 750 trials every second, fourth, … of the older ones stands for its
 * neighbours: the density is the same, and an ask costs no more.
 */
export class BadMixture {
  readonly #columns: readonly Column[];
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  readonly #bandwidths: Float64Array;
  /** How many trials have each column. */
  readonly #counts: Float64Array;
  /** For columns of whole numbers, minus twice a kernel's logarithm: around b, at a. */
  readonly #tables: (Float64Array | undefined)[];
  #norms = new Float64Array(0);
  #weights = new Float64Array(0);
  #seen = 0;
  #normed = 0;

  /** @param alone the mixture for one hyperparameter by itself */
  constructor(
    readonly history: SearchHistory,
    readonly group: readonly number[],
    readonly alone: (index: number) => BadMixture
  ) {
    this.#columns = columnsOf(history, group);
    this.#sums = new Float64Array(group.length);
    this.#counts = new Float64Array(group.length);
    this.#squares = new Float64Array(group.length);
    this.#bandwidths = new Float64Array(group.length);
    this.#tables = group.map(() => undefined);
  }

  /**
   * Logarithm of the density at each candidate.
   * @param candidates positions, (candidate, column) row by row
   * @param good numbers of the trials to leave out, in ascending order
   */
  logDensity(candidates: Float64Array, good: readonly number[]): Float64Array {
    this.#setBandwidths();
    this.#setNorms();
    const { kernels, total } = this.#setWeights(good);
    const stand = this.#standIns(candidates, good);
    const sums = this.#sumKernels(candidates, kernels, stand);
    const width = this.#columns.length;
    return sums.map((sum, c) => {
      const prior = this.#columns.reduce((product, { size }, i) => {
        const z = candidates[c * width + i] - 0.5;
        return product * (size > 0 ? 1 / size : expNegative(0.5 * z * z) / WIDE);
      }, 1);
      return Math.log((sum + prior) / total);
    });
  }

  /**
   * What the kernels of trials without a column have for it: minus twice the logarithm of the density of those that
   * have it, at each candidate, above the least; and the factor that belongs to the least.
   */
  #standIns(candidates: Float64Array, good: readonly number[]): StandIns | undefined {
    const width = this.group.length;
    const { absent } = this.history;
    // By itself a column counts the trials that have it.
    if (!absent || width === 1) {
      return undefined;
    }
    const values = new Float64Array(candidates.length);
    const factors = this.group.map((index, i) => {
      if (this.#counts[i] === this.#seen) {
        return 1;
      }
      const column = candidates.filter((_, at) => at % width === i);
      const logs = this.alone(index).logDensity(column, good);
      const most = Math.max(...logs);
      logs.forEach((log, c) => (values[c * width + i] = 2 * (most - log)));
      return Math.exp(most);
    });
    return { absent, values, factors };
  }

  #sumKernels(
    candidates: Float64Array,
    kernels: number,
    stand: StandIns | undefined
  ): Float64Array {
    // Everything of the innermost loop in local names: it takes nearly all the time of an ask.
    const { points, size, dimensions } = this.history;
    const weights = this.#weights;
    const width = this.#columns.length;
    const stride = dimensions.length;
    const places = Int32Array.from(this.#columns, ({ index }) => index);
    const sizes = Float64Array.from(this.#columns, column => column.size);
    const inverse = this.#bandwidths.map(bandwidth => 1 / bandwidth);
    const tables = this.#columns.map(({ choice, size: values }, i) =>
      choice
        ? Float64Array.of(
            minusTwoLog(choiceMass(false, values, kernels)),
            minusTwoLog(choiceMass(true, values, kernels))
          )
        : this.#tables[i]
    );
    const choices = this.#columns.map(({ choice }) => choice);
    const smooth = this.#columns.every(column => column.size === 0);
    const scale = (x: number, i: number) => (sizes[i] > 0 ? indexAt(x, sizes[i]) : x * inverse[i]);

    const scaled = candidates.map((x, at) => scale(x, at % width));
    const count = candidates.length / width;
    const sums = new Float64Array(count);
    const stood = stand?.values;
    const row = new Float64Array(width);
    for (let k = 0; k < size; k++) {
      let weight = weights[k];
      if (weight === 0) {
        continue;
      }
      for (let i = 0; i < width; i++) {
        row[i] = scale(points[k * stride + places[i]], i);
        if (stand !== undefined && stand.absent[k * stride + places[i]] === 1) {
          row[i] = NaN;
          weight *= stand.factors[i];
        }
      }
      for (let c = 0, at = 0; c < count; c++, at += width) {
        // Minus twice the kernel's logarithm. Most trials are far in the first columns already.
        let e = 0;
        for (let i = 0; i < width && e < FAR; i++) {
          const table = smooth ? undefined : tables[i];
          if (stood !== undefined && Number.isNaN(row[i])) {
            e += stood[at + i];
          } else if (table === undefined) {
            const z = scaled[at + i] - row[i];
            e += z * z;
          } else if (choices[i]) {
            e += table[scaled[at + i] === row[i] ? 1 : 0];
          } else {
            e += table[scaled[at + i] * sizes[i] + row[i]];
          }
        }
        if (e < FAR) {
          sums[c] += weight * expNegative(0.5 * e);
        }
      }
    }
    return sums;
  }

  /** Scott's rule: the spread of all points, by the number of trials to the power -1 / (columns + 4). */
  #setBandwidths(): void {
    const { points, size, dimensions } = this.history;
    for (; this.#seen < size; this.#seen++) {
      this.#columns.forEach(({ index }, i) => {
        if (!this.history.has(this.#seen, index)) {
          return;
        }
        this.#counts[i]++;
        const x = points[this.#seen * dimensions.length + index] - 0.5;
        this.#sums[i] += x;
        this.#squares[i] += x * x;
      });
    }
    this.#columns.forEach(({ size: values, choice }, i) => {
      const count = Math.max(1, this.#counts[i]);
      const shrink = SCOTT * count ** (-1 / (this.#columns.length + 4));
      const mean = this.#sums[i] / count;
      const spread = Math.sqrt(Math.max(0, this.#squares[i] / count - mean * mean));
      const wanted = Math.min(1, Math.max(LEAST, shrink * spread));
      const bandwidth = RATIO ** Math.round(Math.log(wanted) / Math.log(RATIO));
      if (bandwidth !== this.#bandwidths[i]) {
        this.#bandwidths[i] = bandwidth;
        this.#normed = 0;
        this.#tables[i] = values > 0 && !choice ? stepTable(values, bandwidth) : undefined;
      }
    });
  }

  /** What each kernel is multiplied by to have the volume 1 inside the unit cube. */
  #setNorms(): void {
    const { points, size, dimensions } = this.history;
    if (this.#norms.length < size) {
      this.#norms = grown(this.#norms, 2 * size);
      this.#weights = new Float64Array(2 * size);
    }
    for (; this.#normed < size; this.#normed++) {
      let norm = 1;
      this.#columns.forEach(({ index, size: values }, i) => {
        if (values === 0 && this.history.has(this.#normed, index)) {
          const mean = points[this.#normed * dimensions.length + index];
          norm *= this.#bandwidths[i] * massInside(mean, this.#bandwidths[i]);
        }
      });
      this.#norms[this.#normed] = 1 / norm;
    }
  }

  /** Sets each kernel's weight times its norm, 0 for trials that do not count. */
  #setWeights(good: readonly number[]): { kernels: number; total: number } {
    const { history } = this;
    const { size } = history;
    const norms = this.#norms;
    const weights = this.#weights;
    const older = size - LATEST;
    const step = 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(1, older) / SAMPLE)));
    const count = size - good.length;
    let total = 1;
    let kernels = 1;
    for (let k = 0, rank = 1, next = 0; k < size; k++) {
      weights[k] = 0;
      if (k === good[next]) {
        next++;
        continue;
      }
      const stands = k >= older ? 1 : k % step === 0 ? step : 0;
      const counts = this.group.length > 1 || history.has(k, this.group[0]);
      if (counts && stands > 0 && history.state(k) !== 'failed') {
        const age = rank > count - RECENT ? 1 : rank / count;
        total += stands * age;
        kernels += stands;
        weights[k] = stands * age * norms[k];
      }
      rank++;
    }
    return { kernels, total };
  }
}

const SCOTT = 0.7;

interface StandIns {
  absent: Uint8Array;
  /** (candidate, column) row by row. */
  values: Float64Array;
  factors: readonly number[];
}

const minusTwoLog = (mass: number) => -2 * Math.log(mass);

function stepTable(size: number, bandwidth: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) => {
    const around = ((at % size) + 0.5) / size;
    return minusTwoLog(stepMass(Math.floor(at / size), size, around, bandwidth));
  });
}
