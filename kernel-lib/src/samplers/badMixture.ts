import { grown } from '../numeric/grown';
import type { SearchHistory } from './history';
import { KernelRows, type StandIns } from './kernelRows';
import { choiceMass, columnsOf, expNegative, massInside, stepMass } from './kernels';
import type { Column } from './kernels';

/** The last so many trials count in full, older ones the less the older they are. */
const RECENT = 25;
/** All of the last so many trials count, and about `SAMPLE` of those before. */
const LATEST = 250;
const SAMPLE = 500;
/** Bandwidths are rounded to powers of this, so that what depends on them is worked out rarely. */
const RATIO = 1.05;
const LEAST = 0.01;
/** Share of the kernel over the whole space, around 0.5 with deviation 1, that lies inside. */
const WIDE = massInside(0.5, 1);

/**
 * Where the trials lie that are not good, running ones included: a mixture of kernels with one bandwidth for
 * each hyperparameter, and one kernel over the whole space. Counting running trials as bad until they are told
 * ("constant liar") keeps workers apart.
 *
 * Where a trial does not have a hyperparameter (`scales.when`), the mixture of those that have it, for it alone, stands in.
 *
 * Candidates are compared with trials until it is seen which is the best; what can be kept between asks is kept: sums for the bandwidths,
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

  /** Logarithm of the density at each candidate; positions, (candidate, column) row by row. */
  logDensity(candidates: Float64Array, good: readonly number[]): Float64Array {
    const { total, kernels, priorAt } = this.#laidOut(candidates, good);
    const count = candidates.length / this.#columns.length;
    return Float64Array.from({ length: count }, (_, c) =>
      Math.log((kernels.sum(c, Infinity) + priorAt(c)) / total)
    );
  }

  /**
   * The candidate with the largest log(l / g), given its `logs` of l, and that value: -1 where none has more than `most`.
   * The sum of g ends where a candidate cannot be the best any more, on average after half of the kernels.
   * @param candidates positions, (candidate, column) row by row
   * @param good rows of the trials to leave out, in ascending order
   */
  mostPromising(
    candidates: Float64Array,
    logs: readonly number[],
    good: readonly number[],
    most: number
  ): { candidate: number; promise: number } {
    const { total, kernels, priorAt } = this.#laidOut(candidates, good);
    let found = { candidate: -1, promise: most };
    const order = logs.map((_, c) => c).sort((a, b) => logs[b] - logs[a]);
    for (const c of order) {
      const prior = priorAt(c);
      const sum = kernels.sum(c, total * Math.exp(logs[c] - found.promise) - prior);
      const promise = logs[c] - Math.log((sum + prior) / total);
      if (promise > found.promise) {
        found = { candidate: c, promise };
      }
    }
    return found;
  }

  #laidOut(candidates: Float64Array, good: readonly number[]) {
    this.#setBandwidths();
    this.#setNorms();
    const { rows, weights, total, kernels: count } = this.#counting(good);
    const kernels = new KernelRows(
      this.history,
      rows,
      weights,
      this.#columns.map((column, i) => ({
        ...column,
        bandwidth: this.#bandwidths[i],
        table: column.choice ? choiceTable(column.size, count) : this.#tables[i]
      })),
      candidates,
      this.#standIns(candidates, good)
    );
    const width = this.#columns.length;
    const priorAt = (c: number) =>
      this.#columns.reduce((product, { size }, i) => {
        const z = candidates[c * width + i] - 0.5;
        return product * (size > 0 ? 1 / size : expNegative(0.5 * z * z) / WIDE);
      }, 1);
    return { total, kernels, priorAt };
  }

  /**
   * What the kernels of trials without a column have for it: minus twice the logarithm of the density of those that
   * have it, at each candidate, above the least; and the factor that belongs to the least.
   */
  #standIns(candidates: Float64Array, good: readonly number[]): StandIns | undefined {
    const width = this.group.length;
    // By itself a column counts the trials that have it.
    if (!this.history.absent || width === 1) {
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
    return { values, factors };
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

  /** The trials that count, the latest first, each with its weight times its norm. */
  #counting(good: readonly number[]) {
    const { history } = this;
    const { size } = history;
    const older = size - LATEST;
    const step = 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(1, older) / SAMPLE)));
    const rows: number[] = [];
    const weights: number[] = [];
    let total = 1;
    let kernels = 1;
    for (let k = size, below = good.length; k-- > 0;) {
      const stands = k >= older ? 1 : step;
      k -= k % stands;
      while (below > 0 && good[below - 1] > k) {
        below--;
      }
      const counts = this.group.length > 1 || history.has(k, this.group[0]);
      if (good[below - 1] !== k && counts && history.state(k) !== 'failed') {
        // Among those that are not good, the first has rank 1.
        const rank = k + 1 - below;
        const others = size - good.length;
        const age = rank > others - RECENT ? 1 : rank / others;
        total += stands * age;
        kernels += stands;
        rows.push(k);
        weights.push(stands * age * this.#norms[k]);
      }
    }
    return { rows, weights, total, kernels };
  }
}

const SCOTT = 0.7;

const minusTwoLog = (mass: number) => -2 * Math.log(mass);

const choiceTable = (size: number, kernels: number) =>
  Float64Array.of(
    minusTwoLog(choiceMass(false, size, kernels)),
    minusTwoLog(choiceMass(true, size, kernels))
  );

function stepTable(size: number, bandwidth: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) => {
    const around = ((at % size) + 0.5) / size;
    return minusTwoLog(stepMass(Math.floor(at / size), size, around, bandwidth));
  });
}
