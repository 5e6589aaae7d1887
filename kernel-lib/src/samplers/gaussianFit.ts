import { climb, type Slope } from '../numeric/climb';
import { GaussianModel, type Shape } from './gaussianModel';
import type { SearchHistory } from './history';

/** Lengths and noise are learned from at most so many trials: the better half, and some of the others. */
const LEARN_FROM = 128;
const LEARN_STEPS = 25;

/**
 * The Gaussian process of a study. Each result adds one row; lengths, signal and noise are learned again
 * whenever the study has grown by a tenth, from the last ones on.
 */
export class GaussianFit {
  model: GaussianModel | undefined;
  readonly #points: Float64Array[] = [];
  readonly #losses: number[] = [];
  #seen = 0;
  #learned = 0;
  #shape: Shape;

  constructor(readonly history: SearchHistory) {
    const width = history.dimensions.length;
    this.#shape = new Float64Array(width + 2).fill(Math.log(0.3 * Math.sqrt(width)));
    this.#shape[width] = 0;
    this.#shape[width + 1] = Math.log(1e-4);
  }

  /** How many results there are. */
  get size(): number {
    return this.#losses.length;
  }

  /** Takes up the results that came since the last call. */
  update(): void {
    const { finished, losses, points, dimensions } = this.history;
    const width = dimensions.length;
    for (; this.#seen < finished.length; this.#seen++) {
      const number = finished[this.#seen];
      if (!Number.isNaN(losses[number])) {
        const point = points.slice(number * width, (number + 1) * width);
        this.#points.push(point);
        this.#losses.push(losses[number]);
        this.model?.append(point);
        if (this.size >= 2 && this.size >= this.#learned + Math.max(1, this.#learned / 10)) {
          this.#learn();
        }
      }
    }
  }

  /** The losses with mean 0 and deviation 1; what is far worse than the middle counts as just that. */
  standardized(): Float64Array {
    const n = this.size;
    const sorted = this.#losses.slice().sort((a, b) => a - b);
    const median = sorted[n >> 1];
    const worst = median + 3 * (median - sorted[0]);
    const cut = this.#losses.map(loss => Math.min(loss, worst));
    const mean = cut.reduce((a, b) => a + b / n, 0);
    // Squares of huge losses would overflow.
    const largest = Math.max(...cut.map(loss => Math.abs(loss - mean))) || 1;
    const squares = cut.reduce((sum, loss) => sum + ((loss - mean) / largest) ** 2 / n, 0);
    const deviation = largest * Math.sqrt(squares);
    const unit = Number.isFinite(deviation) && deviation > 0 ? deviation : 1;
    return Float64Array.from(cut, loss => (loss - mean) / unit);
  }

  /** The point with the lowest loss. */
  best(): Float64Array {
    return this.#points[this.#losses.indexOf(Math.min(...this.#losses))];
  }

  #learn(): void {
    this.#learned = this.size;
    const values = this.standardized();
    const choices = this.history.dimensions.map(({ kind }) => kind === 'choice');
    const taken = this.#sample(values);
    const targets = Float64Array.from(taken, i => values[i]);
    const posterior = (shape: Shape): Slope => {
      const model = new GaussianModel(shape, choices);
      taken.forEach(i => model.append(this.#points[i]));
      return withPrior(shape, model.likelihood(targets));
    };
    this.#shape = climb(posterior, this.#shape, { steps: LEARN_STEPS, first: 0.1, longest: 1 });
    this.model = new GaussianModel(this.#shape, choices);
    this.#points.forEach(point => this.model!.append(point));
  }

  #sample(values: Float64Array): number[] {
    const order = Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b] || a - b);
    if (order.length <= LEARN_FROM) {
      return order;
    }
    const half = LEARN_FROM / 2;
    const step = Math.ceil((order.length - half) / half);
    return order.filter((_, rank) => rank < half || (rank - half) % step === 0);
  }
}

/**
 * Adds normal priors on the logarithms: lengths about 0.4 sqrt(d), so that in many dimensions they do not all
 * look as if they mattered (Hvarfner et al. 2024), a signal about that of the data, and little noise.
 */
function withPrior(shape: Shape, { value, gradient }: Slope): Slope {
  const width = shape.length - 2;
  const length = Math.log(0.4 * Math.sqrt(width));
  const means = [...new Array<number>(width).fill(length), 0.5, Math.log(1e-5)];
  const deviations = [...new Array<number>(width).fill(1), 1, 2.5];
  const pulls = shape.map((x, i) => (x - means[i]) / deviations[i]);
  return {
    value: pulls.reduce((sum, z) => sum - 0.5 * z * z, value),
    gradient: gradient.map((slope, i) => slope - pulls[i] / deviations[i])
  };
}
