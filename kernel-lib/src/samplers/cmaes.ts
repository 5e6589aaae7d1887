import { knownOptions, rangeError, show } from '../errors';
import { count } from '../numeric/options';
import { normalQuantile } from '../numeric/normal';
import { createRng, hashSeed } from '../numeric/rng';
import { Evolution } from './evolution';
import { Frequencies } from './frequencies';
import type { SearchHistory } from './history';
import { indexAt } from './kernels';
import { perStudy, type AskContext, type Sampler } from './sampler';
import { spread } from './sobol';

const RESTARTS = ['bipop', 'ipop', 'none'] as const;

/** Options of `samplers.cmaes`. */
export interface CmaesOptions {
  /** Trials of a generation. Default: `4 + 3 ln(d)` for d hyperparameters, rounded down. */
  population?: number;
  /** Deviation at the beginning, as a share of each scale, in (0, 1]. Default: a sixth. */
  sigma?: number;
  /**
   * What follows when a run has shrunk to a point: `ipop` begins anew with twice the population, `bipop` takes
   * turns with small ones, `none` goes on as it is. Default: `'bipop'`.
   */
  restarts?: (typeof RESTARTS)[number];
}

/**
 * CMA-ES: draws each generation of trials from a normal distribution that moves toward its better half, turns
 * and stretches along the valleys it finds, and shrinks at the end. For continuous hyperparameters that depend
 * on each other, and some hundred trials. Whole numbers keep a deviation of a quarter of a step; choices are
 * drawn by frequencies that follow the better trials. A number that a trial does not have (`scales.when`) counts as the
 * middle of its scale. Trials that failed or were pruned count as the worst.
 * Every `population` results make a generation, whoever asked for them: workers need not wait.
 *
 * @throws RangeError if an option is out of its domain or unknown.
 * @example study({ space: { learningRate: scales.log(1e-4, 1) }, sampler: samplers.cmaes() })
 * @see Hansen 2016, "The CMA Evolution Strategy: A Tutorial"; restarts: Hansen 2009.
 */
export function cmaes(options: CmaesOptions = {}): Sampler {
  const where = 'samplers.cmaes';
  knownOptions(where, options, ['population', 'sigma', 'restarts']);
  const { population, sigma = 1 / 6, restarts = 'bipop' } = options;
  if (population !== undefined) {
    count(where, 'population', population, 3);
  }
  if (typeof sigma !== 'number' || !(sigma > 0 && sigma <= 1)) {
    throw rangeError(where, '`0 < sigma <= 1` must hold', show(sigma), 'Leave it out for a sixth.');
  }
  if (!RESTARTS.includes(restarts)) {
    throw rangeError(
      where,
      `\`restarts\` is one of ${RESTARTS.join(', ')}`,
      show(restarts),
      'Leave it out for bipop.'
    );
  }
  const prepared = perStudy(context => new Runs(context, { population, sigma, restarts }));
  return {
    name: 'cmaes',
    ask(context) {
      const runs = prepared(context);
      runs.update();
      return runs.sample(context);
    }
  };
}

/** The runs of a study, one after the other, and what they learn from. */
class Runs {
  readonly #history: SearchHistory;
  readonly #seed: number;
  readonly #settings;
  readonly #numbers: number[] = [];
  readonly #choices: number[] = [];
  readonly #population: number;
  readonly #spread: (index: number) => number[];
  #large = 1;
  /** Trials spent in runs of the doubled populations, and in small ones. */
  readonly #spent = { large: 0, small: 0 };
  #small = false;
  #started = 0;
  #evolution!: Evolution;
  #frequencies!: Frequencies[];
  #seen = 0;
  #generation: number[] = [];
  #bests: number[] = [];

  constructor(
    { history, seed, dimensions }: AskContext,
    settings: { population?: number; sigma: number; restarts: (typeof RESTARTS)[number] }
  ) {
    this.#history = history;
    this.#seed = seed;
    this.#settings = settings;
    dimensions.forEach(({ kind }, j) =>
      (kind === 'choice' ? this.#choices : this.#numbers).push(j)
    );
    this.#population = settings.population ?? 4 + Math.floor(3 * Math.log(dimensions.length));
    this.#spread = spread(this.#numbers.length, seed);
    this.#begin(this.#population, settings.sigma, () => 0.5);
  }

  #begin(population: number, sigma: number, start: () => number): void {
    const { dimensions } = this.#history;
    const mean = Float64Array.from(this.#numbers, start);
    const sizes = this.#numbers.map(j => dimensions[j].size);
    this.#evolution = new Evolution(mean, sigma, population, sizes);
    this.#frequencies = this.#choices.map(
      j => new Frequencies(dimensions[j].size, 0.5 / population)
    );
    this.#bests = [];
  }

  /** Takes up the results that came since the last call, in the order in which they came. */
  update(): void {
    const { finished } = this.#history;
    for (; this.#seen < finished.length; this.#seen++) {
      this.#generation.push(finished[this.#seen]);
      if (this.#generation.length === this.#evolution.population) {
        this.#learn();
        this.#generation = [];
      }
    }
  }

  #learn(): void {
    const { losses, points, dimensions } = this.#history;
    const loss = (number: number) => (Number.isNaN(losses[number]) ? Infinity : losses[number]);
    const ranked = this.#generation.sort((a, b) =>
      loss(a) < loss(b) ? -1 : loss(a) > loss(b) ? 1 : a - b
    );
    const best = loss(ranked[0]);
    if (best === Infinity) {
      // Nothing but failures: no direction is better than another.
      return;
    }
    const at = (number: number, j: number) => points[number * dimensions.length + j];
    if (this.#numbers.length > 0) {
      this.#evolution.update(ranked.map(number => this.#numbers.map(j => at(number, j))));
    }
    this.#frequencies.forEach((frequencies, i) => {
      const j = this.#choices[i];
      const having = ranked.filter(number => this.#history.has(number, j));
      frequencies.update(having.map(number => indexAt(at(number, j), dimensions[j].size)));
    });
    this.#bests.push(best);
    this.#spent[this.#small ? 'small' : 'large'] += ranked.length;
    if (
      this.#settings.restarts !== 'none' &&
      (this.#flat(loss(ranked[ranked.length - 1])) || this.#evolution.ended)
    ) {
      this.#restart();
    }
  }

  /** Whether the best losses of many generations, and the worst of this one, are all the same. */
  #flat(worst: number): boolean {
    const span = 10 + Math.ceil((30 * this.#numbers.length) / this.#evolution.population);
    const recent = this.#bests.slice(-span);
    if (recent.length < span) {
      return false;
    }
    const high = Math.max(worst, ...recent);
    const low = Math.min(...recent);
    return high - low <= 1e-13 * Math.max(Math.abs(high), Math.abs(low));
  }

  #restart(): void {
    const { sigma, restarts } = this.#settings;
    const rng = createRng(hashSeed(this.#seed, `run ${++this.#started}`));
    this.#small =
      restarts === 'bipop' && this.#started > 1 && this.#spent.small < this.#spent.large;
    if (this.#small) {
      const u = rng.uniform();
      const population = Math.floor(this.#population * (this.#large / 2) ** (u * u));
      this.#begin(population, sigma * 10 ** (-2 * rng.uniform()), () => rng.uniform());
    } else {
      this.#large *= 2;
      this.#begin(this.#population * this.#large, sigma, () => rng.uniform());
    }
  }

  sample({ number, seed, dimensions }: AskContext): number[] {
    const rng = createRng(hashSeed(seed, number));
    const point = new Array<number>(dimensions.length);
    if (this.#numbers.length > 0) {
      // Normal numbers from a sequence whose points keep out of each other's way (Teytaud and Gelly 2007): each
      // generation is more even than independent draws, and solves a tenth more of COCO's targets.
      const drawn = this.#evolution.sample(rng, this.#spread(number).map(normalQuantile));
      this.#numbers.forEach((j, i) => (point[j] = drawn[i]));
    }
    this.#frequencies.forEach((frequencies, i) => {
      const j = this.#choices[i];
      point[j] = (frequencies.sample(rng) + 0.5) / dimensions[j].size;
    });
    return point;
  }
}
