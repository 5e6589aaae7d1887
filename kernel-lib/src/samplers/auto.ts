import { knownOptions } from '../errors';
import { AssistedRuns } from './assistedRuns';
import { gaussianProcess } from './gaussianProcess';
import type { SearchHistory } from './history';
import { distance } from './region';
import { perStudy, type AskContext, type Sampler } from './sampler';
import { tpe } from './tpe';
import { Descents } from './trustRegion';

const RADIUS = 0.1;
/** Trials for each dimension after which the models of the whole take over from those of a region. */
const LOCAL = 9;
/** Deviation with which they begin, around the best point; with noise the best one may be far from the bottom. */
const SIGMA = { smooth: 0.05, noisy: 0.15 };
/**
 * As many results as a quadratic model is fitted to, in multiples of its coefficients. The latest ones: a model of
 * older ones lags behind in a curved valley. Noise takes more to average out.
 */
const WINDOW = { smooth: 1.3, noisy: 2 };
/** Results from which on the Gaussian process costs more than it gives. */
const MOST_FOR_PROCESS = 150;
/** The same for each dimension, where all are continuous: from there on a quadratic model knows more. */
const LOCAL_NOISY = 12;
/** Running trials from which on few points of a common plan are left. */
const CROWD = 4;
/** A difference between two tries of one point, as a share of the spread of results, that rounding explains. */
const EXACT = 1e-6;

/**
 * Chooses the sampler, and says why in `study.reason`. Where hyperparameters are conditional, `tpe`, which counts for each the
 * trials that have it. Otherwise the first point is tried twice. Where all hyperparameters are
 * continuous and both tries agree, quadratic models find most: `trustRegion` first, then CMA-ES whose generations are
 * ranked by a quadratic model of the latest results. With noise, whole numbers or choices, as real trainings have:
 * `gaussianProcess` up to 150 trials, `tpe` beyond; with noise and all continuous the same CMA-ES, after 12 trials
 * for each hyperparameter. `tpe` also when 4 trials or more run at once.
 * With several objectives: `tpe`.
 *
 * @throws RangeError if an option is passed: there is none.
 * @example
 * study({ space: { learningRate: scales.log(1e-4, 1) }, sampler: samplers.auto() }) // the default
 * @see the parts' own; the order is measured by `npm run bench -- tune`.
 */
export function auto(options: Record<string, never> = {}): Sampler {
  knownOptions('samplers.auto', options, []);
  const prepared = perStudy(context => new Choice(context));
  const reasons = new WeakMap<SearchHistory, string>();
  return {
    name: 'auto',
    multiObjective: true,
    ask(context) {
      const { point, reason } = prepared(context).ask(context);
      reasons.set(context.history, reason);
      return point;
    },
    reason: history => reasons.get(history)
  };
}

interface Answer {
  point: readonly number[] | undefined;
  reason: string;
}

/** What is chosen for one study. */
class Choice {
  readonly #history: SearchHistory;
  readonly #seed: number;
  readonly #continuous: boolean;
  readonly #process = gaussianProcess();
  readonly #mixtures = tpe();
  readonly #descents: Descents;
  #whole: AssistedRuns | undefined;
  #noise = '';
  #seen = 0;

  constructor(context: AskContext) {
    this.#history = context.history;
    this.#seed = context.seed;
    this.#continuous = context.dimensions.every(({ kind }) => kind === 'continuous');
    this.#descents = new Descents(context, RADIUS);
  }

  ask(context: AskContext): Answer {
    const { number, history, dimensions, budget = Infinity } = context;
    if (history.objectives > 1) {
      const reason = `auto: tpe, since there are ${history.objectives} objectives`;
      return { point: this.#mixtures.ask(context), reason };
    }
    if (context.existing) {
      const reason = 'auto: tpe, since there are hyperparameters that exist in some trials only';
      return { point: this.#mixtures.ask(context), reason };
    }
    if (!this.#continuous) {
      return this.#robust(context, 'there are whole numbers or choices');
    }
    if (budget < 2 * dimensions.length + 4) {
      return this.#robust(context, `${budget} trials are too few for quadratic models`);
    }
    if (history.size === 1) {
      const point = Array.from(history.points.slice(0, dimensions.length));
      return { point, reason: 'auto: the first point once more, to see whether there is noise' };
    }
    this.#update();
    if (this.#whole) {
      const point = Array.from(this.#whole.next(this.#running(), number));
      const because = this.#noise || 'losses are smooth';
      return { point, reason: `auto: CMA-ES with a quadratic model, since ${because}` };
    }
    if (this.#noise !== '') {
      return this.#robust(context, this.#noise);
    }
    if (history.running.size >= CROWD && history.finished.length >= 2 * dimensions.length + 2) {
      return this.#robust(context, 'the loss is smooth');
    }
    const reason =
      'auto: trust region, since all hyperparameters are continuous and no noise is seen';
    return { point: this.#descents.ask(context), reason };
  }

  /** Samplers that bear noise and all kinds of hyperparameters. */
  #robust(context: AskContext, because: string): Answer {
    const { running, finished } = context.history;
    const [sampler, size] =
      running.size >= CROWD
        ? [this.#mixtures, `${running.size} trials run at once`]
        : finished.length < MOST_FOR_PROCESS
          ? [this.#process, `there are fewer than ${MOST_FOR_PROCESS} results`]
          : [this.#mixtures, `there are ${MOST_FOR_PROCESS} results or more`];
    const reason = `auto: ${sampler.name}, since ${because} and ${size}`;
    return { point: sampler.ask(context), reason };
  }

  #running(): (point: Float64Array) => boolean {
    const { points, dimensions, running } = this.#history;
    const width = dimensions.length;
    return point =>
      [...running].some(number =>
        point.every((u, j) => Math.abs(u - points[number * width + j]) < 1e-12)
      );
  }

  #point(number: number): Float64Array {
    const { points, dimensions } = this.#history;
    return points.slice(number * dimensions.length, (number + 1) * dimensions.length);
  }

  /** Takes up the results that came since the last call, one by one: later calls must decide the same. */
  #update(): void {
    const { finished, losses, dimensions } = this.#history;
    const n = dimensions.length;
    for (; this.#seen < finished.length; this.#seen++) {
      const number = finished[this.#seen];
      if (this.#whole) {
        this.#whole.learn(this.#point(number), losses[number]);
        continue;
      }
      const results = finished.slice(0, this.#seen + 1).filter(one => !Number.isNaN(losses[one]));
      if (this.#noise === '') {
        this.#descents.update(this.#seen + 1);
        this.#noise = results.length >= 2 * n + 2 ? this.#noiseIn(results) : '';
      }
      const noisy = this.#noise !== '';
      const done = noisy
        ? results.length >= Math.min(MOST_FOR_PROCESS, LOCAL_NOISY * n)
        : this.#seen >= LOCAL * n || this.#descents.ended > 0;
      if (done && results.length > 0) {
        this.#begin(results, noisy ? 'noisy' : 'smooth');
      }
    }
  }

  #begin(results: readonly number[], kind: keyof typeof SIGMA): void {
    const { losses } = this.#history;
    const best = results.reduce((a, b) => (losses[b] < losses[a] ? b : a));
    this.#whole = new AssistedRuns(this.#point(best), SIGMA[kind], WINDOW[kind], this.#seed);
    results.forEach(one => this.#whole!.remember(this.#point(one), losses[one]));
  }

  #noiseIn(results: readonly number[]): string {
    const { losses } = this.#history;
    const values = results.map(number => losses[number]);
    const spread = Math.max(...values) - Math.min(...values);
    // A study that took over others' trials may not have tried any point twice.
    if (distance(this.#point(0), this.#point(1)) > 1e-12) {
      return 'no point was tried twice, so there may be noise';
    }
    if (Math.abs(losses[0] - losses[1]) > EXACT * spread) {
      return 'the same point gave two losses';
    }
    const { dimensions } = this.#history;
    const later = results.slice(2 * dimensions.length + 2);
    if (later.length < 6 || results.length > 4 * dimensions.length + 12) {
      return '';
    }
    // Points beside each other may agree to rounding; and those of the beginning, where one has no effect.
    const alike = (a: number, b: number) =>
      losses[a] === losses[b] && distance(this.#point(a), this.#point(b)) > 1e-3;
    const ties = later.filter((one, at) => later.slice(0, at).some(other => alike(one, other)));
    return ties.length > later.length / 4 ? 'many points gave the same loss' : '';
  }
}
