import { truncatedNormal } from '../numeric/normal';
import type { Rng } from '../numeric/rng';
import type { SearchHistory } from './history';
import { choiceMass, columnsOf, indexAt, massInside, stepMass } from './kernels';
import type { Column } from './kernels';

/** No kernel of n is narrower than 1 / min(100, n + 1) of the scale. */
const NARROWEST = 100;

/**
 * Where the good trials lie: a mixture of a kernel around each of them, and one over the whole space. In each
 * dimension a kernel is as wide as the larger of the distances to its neighbours, so that it narrows as the
 * good trials draw together. Where a good trial does not have a hyperparameter (`scales.when`), the mixture of those
 * that have it, for it alone, stands in.
 */
export class GoodMixture {
  readonly #columns: readonly Column[];
  /** By column, where some good trials do not have it. */
  readonly #alone: (GoodMixture | undefined)[];
  /** Whether there is such a column. */
  readonly #partly: boolean;
  readonly #kernels: number;
  // (kernel, column) row by row; the last kernel is the one over the whole space.
  readonly #means: Float64Array;
  readonly #deviations: Float64Array;
  readonly #logNorms: Float64Array;

  /** @param good numbers of the good trials; without any, the kernel over the whole space is all there is */
  constructor(history: SearchHistory, group: readonly number[], good: readonly number[]) {
    const { points, dimensions } = history;
    const width = group.length;
    this.#columns = columnsOf(history, group);
    const kernels = (this.#kernels = good.length + 1);
    this.#means = new Float64Array(kernels * width).fill(0.5);
    this.#deviations = new Float64Array(kernels * width).fill(1);
    this.#logNorms = new Float64Array(kernels);
    this.#alone = group.map(index => {
      const having = good.filter(number => history.has(number, index));
      return having.length < good.length ? new GoodMixture(history, [index], having) : undefined;
    });
    this.#partly = this.#alone.some(mixture => mixture !== undefined);
    this.#columns.forEach(({ index, size }, i) => {
      const owners = good.map((_, k) => k).filter(k => history.has(good[k], index));
      const means = owners.map(k => points[good[k] * dimensions.length + index]);
      const deviations = distances(means);
      good.forEach((_, k) => (this.#means[k * width + i] = NaN));
      owners.forEach((k, place) => {
        this.#means[k * width + i] = means[place];
        this.#deviations[k * width + i] = deviations[place];
      });
      for (let k = 0; k < kernels; k++) {
        const at = k * width + i;
        if (size === 0 && !Number.isNaN(this.#means[at])) {
          const deviation = this.#deviations[at];
          this.#logNorms[k] -= Math.log(deviation * massInside(this.#means[at], deviation));
        }
      }
    });
  }

  /** `count` draws, (candidate, column) row by row. */
  sample(rng: Rng, count: number): Float64Array {
    const width = this.#columns.length;
    const drawn = new Float64Array(count * width);
    for (let c = 0; c < count; c++) {
      const k = rng.integer(this.#kernels);
      for (let i = 0; i < width; i++) {
        drawn[c * width + i] = this.#draw(rng, k, i);
      }
    }
    return drawn;
  }

  #draw(rng: Rng, k: number, i: number): number {
    const { size, choice } = this.#columns[i];
    const mean = this.#means[k * this.#columns.length + i];
    if (Number.isNaN(mean)) {
      return this.#alone[i]!.sample(rng, 1)[0];
    }
    if (choice) {
      const prior = choiceMass(false, size, this.#kernels);
      const keeps = k < this.#kernels - 1 && rng.uniform() < 1 - size * prior;
      return keeps ? mean : (rng.integer(size) + 0.5) / size;
    }
    const x = truncatedNormal(rng, mean, this.#deviations[k * this.#columns.length + i]);
    return size === 0 ? x : (indexAt(x, size) + 0.5) / size;
  }

  /** Logarithm of the density at candidate `c` of `candidates`. */
  logDensity(candidates: Float64Array, c: number): number {
    const width = this.#columns.length;
    const partly = this.#partly;
    const alone = !partly
      ? []
      : this.#alone.map((mixture, i) =>
          mixture?.logDensity(candidates.subarray(c * width + i, c * width + i + 1), 0)
        );
    let sum = 0;
    for (let k = 0; k < this.#kernels; k++) {
      let log = this.#logNorms[k];
      for (let i = 0; i < width; i++) {
        log +=
          partly && Number.isNaN(this.#means[k * width + i])
            ? alone[i]!
            : this.#logKernel(candidates[c * width + i], k, i);
      }
      sum += Math.exp(log);
    }
    return Math.log(sum / this.#kernels);
  }

  #logKernel(x: number, k: number, i: number): number {
    const at = k * this.#columns.length + i;
    const { size, choice } = this.#columns[i];
    if (size === 0) {
      const z = (x - this.#means[at]) / this.#deviations[at];
      return -0.5 * z * z;
    }
    if (!choice) {
      return Math.log(stepMass(indexAt(x, size), size, this.#means[at], this.#deviations[at]));
    }
    if (k === this.#kernels - 1) {
      return -Math.log(size);
    }
    const same = indexAt(x, size) === indexAt(this.#means[at], size);
    return Math.log(choiceMass(same, size, this.#kernels));
  }
}

/** For each mean the larger of the distances to its neighbours; a single one looks at the ends of the scale. */
function distances(means: readonly number[]): number[] {
  if (means.length === 1) {
    return [Math.max(means[0], 1 - means[0])];
  }
  const least = 1 / Math.min(NARROWEST, means.length + 2);
  const order = means.map((_, k) => k).sort((a, b) => means[a] - means[b]);
  const result = means.slice();
  order.forEach((k, place) => {
    const left = place > 0 ? means[k] - means[order[place - 1]] : 0;
    const right = place < order.length - 1 ? means[order[place + 1]] - means[k] : 0;
    result[k] = Math.max(least, left, right);
  });
  return result;
}
