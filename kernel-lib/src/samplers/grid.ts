import { knownOptions, rangeError, show } from '../errors';
import { createRng, hashSeed } from '../numeric/rng';
import { perStudy, type AskContext, type Sampler } from './sampler';

/** Options of `samplers.grid`. */
export interface GridOptions {
  /**
   * How many values of each hyperparameter: one number for all, or one for each by name. Whole numbers take at
   * most as many as they have, choices always all. Default: as many as the budget of the first search
   * allows, nearly the same for each.
   */
  points?: number | Readonly<Record<string, number>>;
}

/**
 * Grid search: every combination of a few values of each hyperparameter, at equal distances on its own scale,
 * both ends included. Combinations come in an order shuffled by the seed, so that a search that is cut short
 * has seen all regions. Combinations that differ only in what does not exist there (`scales.when`) are tried once.
 *
 * @throws RangeError when asked, if `points` is no whole number >= 1 or names an unknown hyperparameter.
 * @example
 * study({ space: { learningRate: scales.log(1e-4, 1) }, sampler: samplers.grid({ points: 5 }) }) // 5 trials
 * @see lecture, "Tuning process", which advises against it.
 */
export function grid(options: GridOptions = {}): Sampler {
  knownOptions('samplers.grid', options, ['points']);
  // Not by the budget of a later ask: a search that goes on goes on in the same grid.
  const prepared = perStudy(context => new Walk(axesOf(options.points, context), context));
  return {
    name: 'grid',
    multiObjective: true,
    ask: context => prepared(context).at(context.number)
  };
}

/** Up to so many different points of a conditional space are listed; more are found on the way. */
const MOST_LISTED = 20_000;
/** After so many repetitions in a row one is taken. */
const PATIENCE = 10_000;

/**
 * The points of a grid in a shuffled order. Points that differ only along what does not exist there (`scales.when`)
 * are one: the first of them stands for all.
 */
class Walk {
  readonly #total: number;
  readonly #order: (index: number) => number;
  readonly #listed: readonly number[] | undefined;
  /** In a conditional space too large to be listed: the points so far, and how far the walk has come. */
  readonly #found = new Set<number>();
  readonly #inOrder: number[] = [];
  #next = 0;

  constructor(
    readonly axes: readonly (readonly number[])[],
    readonly context: AskContext
  ) {
    const product = axes.reduce((total, axis) => total * axis.length, 1);
    this.#listed = context.existing && this.#list(MOST_LISTED);
    this.#total = this.#listed?.length ?? product;
    this.#order = shuffled(this.#total, context.seed);
  }

  /** The point of a trial, `undefined` after the last one. */
  at(number: number): number[] | undefined {
    if (this.#total > Number.MAX_SAFE_INTEGER) {
      // Nobody walks so far; two of so many are hardly ever the same.
      const rng = createRng(hashSeed(this.context.seed, number));
      return this.axes.map(axis => axis[rng.integer(axis.length)]);
    }
    if (this.context.existing && !this.#listed) {
      while (this.#inOrder.length <= number && this.#next < this.#total) {
        this.#walkOn();
      }
      const index = this.#inOrder[number] as number | undefined;
      return index === undefined ? undefined : this.#point(index);
    }
    if (number >= this.#total) {
      return undefined;
    }
    const place = this.#order(number);
    return this.#point(this.#listed?.[place] ?? place);
  }

  #walkOn(): void {
    for (let tries = 1; this.#next < this.#total; tries++) {
      const index = this.#order(this.#next++);
      const first = this.#indexOf(this.#firstAlike(index));
      if (!this.#found.has(first) || tries === PATIENCE) {
        this.#found.add(first);
        this.#inOrder.push(first);
        return;
      }
    }
  }

  /** All points that differ, or `undefined` if there are more than `most`: as an odometer turns, what exists moves. */
  #list(most: number): number[] | undefined {
    const steps = this.axes.map(() => 0);
    const indices: number[] = [];
    for (;;) {
      indices.push(this.#indexOf(steps));
      const exists = this.#existing(steps);
      let j = steps.length - 1;
      while (j >= 0 && !(exists[j] && steps[j] < this.axes[j].length - 1)) {
        steps[j--] = 0;
      }
      if (j < 0) {
        return indices;
      }
      if (indices.length === most) {
        return undefined;
      }
      steps[j]++;
    }
  }

  /** A point's steps along the axes, all at the first one where an axis does not exist. */
  #firstAlike(index: number): number[] {
    const steps = this.#steps(index);
    const exists = this.#existing(steps);
    return steps.map((step, j) => (exists[j] ? step : 0));
  }

  #existing(steps: readonly number[]): readonly boolean[] {
    return this.context.existing!(steps.map((step, j) => this.axes[j][step]));
  }

  #steps(index: number): number[] {
    let rest = index;
    return this.axes.map(axis => {
      const step = rest % axis.length;
      rest = Math.floor(rest / axis.length);
      return step;
    });
  }

  #indexOf(steps: readonly number[]): number {
    return steps.reduceRight((index, step, j) => index * this.axes[j].length + step, 0);
  }

  #point(index: number): number[] {
    return this.#steps(index).map((step, j) => this.axes[j][step]);
  }
}

/** The values of each axis, as positions: as many as were asked for, or as fit into the budget. */
function axesOf(points: GridOptions['points'], context: AskContext): number[][] {
  const { dimensions, budget = 5 ** dimensions.length } = context;
  if (typeof points === 'object') {
    const unknown = Object.keys(points).find(name => dimensions.every(d => d.name !== name));
    if (unknown !== undefined) {
      throw rangeError(
        'samplers.grid',
        `\`points\` names hyperparameters of the space: ${dimensions.map(d => d.name).join(', ')}`,
        show(unknown),
        'Correct the name.'
      );
    }
  }
  const axes = dimensions.map(dimension => {
    const wanted = typeof points === 'object' ? points[dimension.name] : points;
    return { dimension, open: wanted === undefined, values: dimension.grid(wanted ?? 1) };
  });
  // Where nothing was asked for, the shortest axis grows first, as long as the budget allows.
  for (let grown = true; grown;) {
    const total = axes.reduce((product, { values }) => product * values.length, 1);
    grown = axes
      .filter(({ open }) => open)
      .sort((a, b) => a.values.length - b.values.length)
      .some(axis => {
        const longer = axis.dimension.grid(axis.values.length + 1);
        const fits = (total / axis.values.length) * longer.length <= budget;
        if (longer.length > axis.values.length && fits) {
          axis.values = longer;
          return true;
        }
        return false;
      });
  }
  return axes.map(({ values }) => values);
}

/**
 * A fixed random order of 0 … total - 1, without a table of them: large grids must cost nothing until
 * they are walked. Method: a Feistel network permutes the next power of 4; places beyond the end walk on.
 */
function shuffled(total: number, seed: number): (index: number) => number {
  const bits = Math.max(1, Math.ceil(Math.log2(Math.max(2, total)) / 2));
  const half = 2 ** bits;
  const rng = createRng(seed);
  const keys = [0, 1, 2, 3].map(() => rng.integer(2 ** 32));
  function permute(index: number): number {
    let left = Math.floor(index / half);
    let right = index % half;
    for (const key of keys) {
      const mixed = createHash(right, key) % half;
      [left, right] = [right, (left + mixed) % half];
    }
    return left * half + right;
  }
  return index => {
    let place = permute(index);
    while (place >= total) {
      place = permute(place);
    }
    return place;
  };
}

function createHash(value: number, key: number): number {
  let h = Math.imul((value ^ key) >>> 0, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca77);
  return (h ^ (h >>> 13)) >>> 0;
}
