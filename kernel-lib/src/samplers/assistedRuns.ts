import { normalQuantile } from '../numeric/normal';
import { createRng, hashSeed } from '../numeric/rng';
import { Evolution } from './evolution';
import { spread } from './sobol';
import { coefficientsOf, kendallTau, Surrogate } from './surrogate';

const TAU = 0.85;
/** Deviation at the beginning of a further run, as a share of the scales. */
const WIDE = 0.2;

interface Candidate {
  point: Float64Array;
  /** What came of it; `undefined` if it has not been tried, NaN if it failed. */
  value?: number;
}

/**
 * CMA-ES whose generations are ranked by a quadratic model: of each only so many points are tried, the most
 * promising first, until the model orders the latest results as they are. Continuous dimensions only.
 *
 * @see Hansen 2019, "A global surrogate assisted CMA-ES"; restarts with the population doubled.
 */
export class AssistedRuns {
  readonly #n: number;
  readonly #seed: number;
  readonly #draw: (index: number) => number[];
  #drawn = 0;
  #evolution!: Evolution;
  #candidates: Candidate[] = [];
  /** How many of this generation are to be tried before the model is asked again. */
  #wanted = 0;
  #model: Surrogate | undefined;
  #points: Float64Array[] = [];
  #values: number[] = [];
  #started = 0;
  #population: number;
  #bests: number[] = [];

  /**
   * @param mean where the first run begins
   * @param sigma its deviation at the beginning, as a share of the scales
   * @param window how many of the latest results the model is fitted to, in multiples of its coefficients
   */
  constructor(
    mean: Float64Array,
    sigma: number,
    readonly window: number,
    seed: number
  ) {
    const n = mean.length;
    this.#n = n;
    this.#seed = seed;
    this.#population = 4 + Math.floor(3 * Math.log(n));
    this.#draw = spread(n, seed);
    this.#begin(mean, sigma);
  }

  #begin(mean: Float64Array, sigma: number): void {
    const sizes = Array.from(mean, () => Infinity);
    this.#evolution = new Evolution(mean.slice(), sigma, this.#population, sizes);
    this.#bests = [];
    this.#generate();
  }

  /** Takes up results of before, which the model can learn from. */
  remember(point: Float64Array, value: number): void {
    if (!Number.isNaN(value)) {
      this.#points.push(point);
      this.#values.push(value);
    }
  }

  #generate(): void {
    const rng = createRng(hashSeed(this.#seed, `generation ${this.#drawn}`));
    this.#candidates = Array.from({ length: this.#population }, () => {
      const first = this.#draw(this.#drawn++).map(normalQuantile);
      return { point: Float64Array.from(this.#evolution.sample(rng, first)) };
    });
    this.#fit();
    const model = this.#model;
    if (model?.bent) {
      const z = model.minimum(Math.sqrt(this.#n) + 3);
      const point = this.#evolution.pointAt(z).map(u => Math.min(1, Math.max(0, u)));
      this.#candidates[this.#candidates.length - 1] = { point };
    }
    this.#wanted = model ? 1 + Math.floor(0.02 * this.#population) : this.#population;
    this.#sort();
  }

  #fit(): void {
    const { full } = coefficientsOf(this.#n);
    const most = Math.max(this.#population, Math.ceil(this.window * full));
    const recent = this.#points.slice(-most).map(point => this.#evolution.whiten(point).z);
    this.#model = Surrogate.fit(recent, this.#values.slice(-most));
  }

  #rank(point: Float64Array): number {
    return this.#model!.at(this.#evolution.whiten(point).z);
  }

  #sort(): void {
    if (this.#model) {
      const ranks = new Map(this.#candidates.map(one => [one, this.#rank(one.point)]));
      this.#candidates.sort((a, b) => ranks.get(a)! - ranks.get(b)!);
    }
  }

  /**
   * Where to evaluate next.
   * @param taken whether a point is being tried already
   */
  next(taken: (point: Float64Array) => boolean, number: number): Float64Array {
    const open = this.#candidates.find(one => one.value === undefined && !taken(one.point));
    if (open) {
      return open.point;
    }
    const rng = createRng(hashSeed(this.#seed, number));
    const first = Array.from({ length: this.#n }, () => rng.normal());
    return Float64Array.from(this.#evolution.sample(rng, first));
  }

  /** Learns a result, whoever asked for it. */
  learn(point: Float64Array, value: number): void {
    this.remember(point, value);
    const one = this.#candidates.find(
      candidate =>
        candidate.value === undefined &&
        candidate.point.every((u, j) => Math.abs(u - point[j]) < 1e-12)
    );
    if (!one) {
      return;
    }
    one.value = value;
    const tried = this.#candidates.filter(candidate => candidate.value !== undefined);
    if (tried.length < Math.min(this.#wanted, this.#population)) {
      return;
    }
    this.#fit();
    if (tried.length === this.#population) {
      this.#learn(candidate => (Number.isNaN(candidate.value) ? Infinity : candidate.value!));
    } else if (this.#model && this.#agrees(tried.length)) {
      this.#learn(candidate =>
        Number.isNaN(candidate.value) ? Infinity : this.#rank(candidate.point)
      );
    } else {
      this.#wanted = Math.ceil(1.5 * tried.length);
      this.#sort();
    }
  }

  #agrees(tried: number): boolean {
    const count = Math.max(15, Math.ceil(Math.min(1.2 * tried, 0.75 * this.#population)));
    const values = this.#values.slice(-count);
    const ranks = this.#points.slice(-count).map(point => this.#rank(point));
    return kendallTau(values, ranks) >= TAU;
  }

  #learn(worth: (candidate: Candidate) => number): void {
    const ranked = this.#candidates
      .map(candidate => ({ candidate, by: worth(candidate) }))
      .sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0));
    if (ranked[0].by < Infinity) {
      this.#evolution.update(ranked.map(({ candidate }) => candidate.point));
      const found = this.#candidates.map(({ value }) => value ?? NaN).filter(v => !Number.isNaN(v));
      this.#bests.push(Math.min(...found));
    }
    if (this.#evolution.ended || this.#flat()) {
      this.#population *= 2;
      const rng = createRng(hashSeed(this.#seed, `run ${++this.#started}`));
      this.#begin(
        Float64Array.from({ length: this.#n }, () => rng.uniform()),
        WIDE
      );
    } else {
      this.#generate();
    }
  }

  /** Whether the best results of many generations are all the same. */
  #flat(): boolean {
    const span = 10 + Math.ceil((30 * this.#n) / this.#population);
    const recent = this.#bests.slice(-span);
    const [low, high] = [Math.min(...recent), Math.max(...recent)];
    return recent.length === span && high - low <= 1e-13 * Math.max(Math.abs(high), Math.abs(low));
  }
}
