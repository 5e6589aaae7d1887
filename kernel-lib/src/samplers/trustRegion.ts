import { knownOptions, rangeError, show } from '../errors';
import { createRng, hashSeed } from '../numeric/rng';
import { indexAt } from './kernels';
import { distance, Region } from './region';
import { perStudy, type AskContext, type Sampler } from './sampler';
import { spread } from './sobol';

/** Options of `samplers.trustRegion`. */
export interface TrustRegionOptions {
  /** Radius at the beginning, as a share of each scale, in (0, 0.5]. Default: `0.1`. */
  radius?: number;
}

/** No values tell differences in position apart that are smaller. */
const SMALLEST = 1e-9;
/** Whole numbers with fewer values are held by a run, as choices are: no parabola fits on them. */
const FEWEST = 8;

/**
 * Quadratic models in a trust region: goes down a smooth, noiseless function in the fewest trials, 2 d + 1 for a
 * first model of d hyperparameters and one for each step then. Begins in the middle, and elsewhere again when the
 * radius has become small. Whole numbers are rounded; a run keeps one combination of choices. While its next
 * point runs, further workers try others around the best one.
 *
 * @throws RangeError if `radius` is not in (0, 0.5] or an option is unknown.
 * @example study({ space: { learningRate: scales.log(1e-4, 1) }, sampler: samplers.trustRegion() })
 * @see Powell 2009 (BOBYQA); Ragonneau 2022 (COBYQA).
 */
export function trustRegion(options: TrustRegionOptions = {}): Sampler {
  const where = 'samplers.trustRegion';
  knownOptions(where, options, ['radius']);
  const { radius = 0.1 } = options;
  if (typeof radius !== 'number' || !(radius > 0 && radius <= 0.5)) {
    throw rangeError(where, '`0 < radius <= 0.5` must hold', show(radius), 'Leave it out for 0.1.');
  }
  const prepared = perStudy(context => new Descents(context, radius));
  return {
    name: 'trust region',
    ask(context) {
      const descents = prepared(context);
      descents.update();
      return descents.ask(context);
    }
  };
}

const snapped = (size: number) => (u: number) =>
  size < Infinity ? (indexAt(u, size) + 0.5) / size : u;

/** The descents of a study, one after the other. */
export class Descents {
  readonly #context: AskContext;
  readonly #numbers: number[] = [];
  readonly #radius: number;
  readonly #spread: (index: number) => number[];
  #region: Region;
  /** What a run holds, by dimension: positions of its choices. */
  #held: number[] = [];
  #seen = 0;
  /** How many descents have ended. */
  ended = 0;

  constructor(context: AskContext, radius: number) {
    this.#context = context;
    this.#radius = radius;
    context.dimensions.forEach(({ kind, size }, j) => {
      if (kind !== 'choice' && size >= FEWEST) {
        this.#numbers.push(j);
      }
    });
    this.#spread = spread(context.dimensions.length, context.seed);
    this.#region = this.#begin();
  }

  get region(): Region {
    return this.#region;
  }

  #begin(): Region {
    const { dimensions } = this.#context;
    this.#held = this.#spread(this.ended);
    dimensions.forEach(({ size }, j) => {
      this.#held[j] = snapped(size)(this.#held[j]);
    });
    // The middle is nearest to everything; a hair beside it, since another seed must give other trials.
    const start = this.#numbers.map(j =>
      this.ended === 0 ? 0.5 + 0.01 * this.#radius * (this.#held[j] - 0.5) : this.#held[j]
    );
    const snap = this.#numbers.map(j => snapped(dimensions[j].size));
    return new Region(start, this.#radius, SMALLEST, snap);
  }

  /** Takes up the results that came since the last call, the first `count` of all. */
  update(count = this.#context.history.finished.length): void {
    const { finished, points, losses, dimensions } = this.#context.history;
    const width = dimensions.length;
    for (; this.#seen < count; this.#seen++) {
      const number = finished[this.#seen];
      const at = (j: number) => points[number * width + j];
      const alike = dimensions.every(
        (_, j) => this.#numbers.includes(j) || Math.abs(at(j) - this.#held[j]) < 1e-12
      );
      if (alike && this.#numbers.length > 0) {
        this.#region.learn(Float64Array.from(this.#numbers, at), losses[number]);
        if (this.#region.ended) {
          this.ended++;
          this.#region = this.#begin();
        }
      }
    }
  }

  ask({ number, seed, dimensions, history }: AskContext): number[] {
    const rng = createRng(hashSeed(seed, number));
    if (this.#numbers.length === 0) {
      return dimensions.map(() => rng.uniform());
    }
    const width = dimensions.length;
    const running = [...history.running].map(other =>
      this.#numbers.map(j => history.points[other * width + j])
    );
    const region = this.#region;
    const taken = (point: Float64Array) =>
      running.some(other => distance(other, point) <= 1e-3 * region.radius);
    let point = [region.next, ...region.others].find(candidate => !taken(candidate));
    point ??= region.center.map(u => {
      const around = u + region.radius * (2 * rng.uniform() - 1);
      return Math.min(1, Math.max(0, around));
    });
    const whole = this.#held.slice();
    this.#numbers.forEach((j, i) => (whole[j] = point[i]));
    return whole;
  }
}
