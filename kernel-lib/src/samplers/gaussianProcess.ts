import { knownOptions } from '../errors';
import { climb } from '../numeric/climb';
import { count } from '../numeric/options';
import { createRng, hashSeed, type Rng } from '../numeric/rng';
import { GaussianFit } from './gaussianFit';
import type { GaussianModel } from './gaussianModel';
import { logImprovement } from './improvement';
import { indexAt } from './kernels';
import { perStudy, type AskContext, type Dimension, type Sampler } from './sampler';
import { spread } from './sobol';

const CANDIDATES = 300;
const STARTS = 3;
const CLIMB_STEPS = 16;

/** Options of `samplers.gaussianProcess`. */
export interface GaussianProcessOptions {
  /** How many results there must be before the model is asked; until then a Sobol sequence. Default: `10`. */
  startup?: number;
}

/**
 * Gaussian process with expected improvement: a smooth surface through all results, with its uncertainty, says
 * where the best value so far is likely to be beaten by most. The sampler for expensive trials: finds more with
 * 20 to 200 of them than others, and thinks for some milliseconds each. Whole numbers are tried at their places,
 * choices as alike or not. Running trials count as having come out as the surface says.
 *
 * @throws RangeError if `startup` is no whole number >= 2 or an option is unknown.
 * @example study({ space: { learningRate: scales.log(1e-4, 1) }, sampler: samplers.gaussianProcess() })
 * @see Jones, Schonlau and Welch 1998; Rasmussen and Williams 2006; logarithm: Ament et al. 2023.
 */
export function gaussianProcess(options: GaussianProcessOptions = {}): Sampler {
  const where = 'samplers.gaussianProcess';
  knownOptions(where, options, ['startup']);
  const startup = count(where, 'startup', options.startup ?? 10, 2);
  const prepared = perStudy(({ dimensions, seed, history }) => ({
    first: spread(dimensions.length, seed),
    fit: new GaussianFit(history)
  }));
  return {
    name: 'gaussian process',
    ask(context) {
      const { first, fit } = prepared(context);
      fit.update();
      return fit.size < startup ? first(context.number) : propose(context, fit);
    }
  };
}

function propose(context: AskContext, fit: GaussianFit): number[] {
  const { number, seed, dimensions, history } = context;
  const rng = createRng(hashSeed(seed, number));
  const values = fit.standardized();
  const lowest = Math.min(...values);
  const model = withRunning(fit.model!, values, history);
  const improvement = (x: ArrayLike<number>) => {
    const { mean, deviation, gradient } = model.predict(x);
    const { value, byMean, byDeviation } = logImprovement(mean, deviation, lowest);
    const slope = () => {
      const slopes = gradient();
      return slopes.mean.map((m, j) => byMean * m + byDeviation * slopes.deviation[j]);
    };
    return { value, slope };
  };

  const best = fit.best();
  const candidates = Array.from({ length: CANDIDATES }, (_, c) => {
    // A third anywhere, the others around the best point, near or far.
    const x =
      c % 3 === 0
        ? Float64Array.from(dimensions, dimension => snapped(dimension, rng.uniform()))
        : around(best, dimensions, rng, 10 ** (-0.5 - 3 * rng.uniform()));
    seenAs(x, context);
    return { x, value: improvement(x).value };
  }).sort((a, b) => b.value - a.value);

  const smooth = dimensions.map(({ kind }) => kind === 'continuous');
  const ends = candidates.slice(0, STARTS).map(({ x }) =>
    climb(
      at => {
        const { value, slope } = improvement(at);
        return { value, gradient: slope().map((along, j) => (smooth[j] ? along : 0)) };
      },
      x,
      {
        steps: CLIMB_STEPS,
        first: 0.01,
        longest: 0.2,
        inside: at => {
          at.forEach((u, j) => (at[j] = Math.min(1, Math.max(0, u))));
          seenAs(at, context);
        }
      }
    )
  );
  const promise = ends.map(x => improvement(x).value);
  return Array.from(ends[promise.indexOf(Math.max(...promise))]);
}

/** Puts what does not exist at `x` where the history has it, in the middle: elsewhere the model knows nothing of it. */
function seenAs(x: Float64Array, { existing }: AskContext): void {
  existing?.(Array.from(x)).forEach((exists, j) => (x[j] = exists ? x[j] : 0.5));
}

/** The model with what runs taken as told, with the value that it expects there. */
function withRunning(
  model: GaussianModel,
  values: Float64Array,
  { running, points, dimensions }: AskContext['history']
): GaussianModel {
  model.observe(values);
  if (running.size === 0) {
    return model;
  }
  const width = dimensions.length;
  const numbers = [...running].sort((a, b) => a - b);
  const places = numbers.map(number => points.slice(number * width, (number + 1) * width));
  const expected = places.map(place => model.mean(place));
  const together = model.copy();
  places.forEach(place => together.append(place));
  together.observe(Float64Array.of(...values, ...expected));
  return together;
}

const snapped = ({ size }: Dimension, u: number) =>
  size === Infinity ? u : (indexAt(u, size) + 0.5) / size;

function around(
  center: ArrayLike<number>,
  dimensions: readonly Dimension[],
  rng: Rng,
  deviation: number
): Float64Array {
  return Float64Array.from(dimensions, (dimension, j) => {
    if (dimension.kind === 'continuous') {
      return Math.min(1, Math.max(0, center[j] + deviation * rng.normal()));
    }
    // Other values of a whole number or a choice now and then, whatever the deviation.
    if (rng.uniform() < 0.75) {
      return center[j];
    }
    const step = center[j] + rng.normal() * Math.max(deviation, 1 / dimension.size);
    return snapped(
      dimension,
      dimension.kind === 'choice' ? rng.uniform() : Math.min(1, Math.max(0, step))
    );
  });
}
