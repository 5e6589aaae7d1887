import { Lu } from '../numeric/lu';
import { quadraticAt, trustStep, type Quadratic } from '../numeric/trustStep';

/** Where to evaluate next, and what for. */
interface Proposal {
  point: Float64Array;
  /** Point of the set that this one is to replace, for geometry's sake; -1 in a step that is to find less. */
  instead: number;
  /** By how much less the model expects. */
  expected: number;
}

/**
 * One descent in the unit cube by quadratic models: a set of points, the quadratic function through them whose
 * second derivatives change least from the one before, and its minimum within a radius in which it is trusted.
 *
 * @see Powell 2009, "The BOBYQA algorithm for bound constrained optimization without derivatives"; Ragonneau
 * 2022, COBYQA. Unlike them the model is solved for anew each time: some dozens of dimensions at most.
 */
export class Region {
  readonly #points: Float64Array[] = [];
  readonly #values: number[] = [];
  readonly #n: number;
  readonly #capacity: number;
  #hessian: Float64Array;
  #best = 0;
  #radius: number;
  /** The smallest radius for now: it shrinks when everything within it is known. */
  #resolution: number;
  /** Points at the beginning that are still to come. */
  readonly #starts: Float64Array[];
  #proposal: Proposal | undefined;
  /** After a poor step: look whether a point far away spoils the model. */
  #poor = false;
  #ended = false;

  /**
   * @param start where to begin
   * @param radius of the first model
   * @param smallest the radius at which everything is known
   * @param snap the position of the value nearest to one, by dimension: whole numbers have no others
   */
  constructor(
    start: ArrayLike<number>,
    radius: number,
    readonly smallest: number,
    readonly snap: readonly ((u: number) => number)[]
  ) {
    const n = (this.#n = start.length);
    this.#capacity = 2 * n + 1;
    this.#hessian = new Float64Array(n * n);
    this.#radius = this.#resolution = radius;
    const inside = Float64Array.from(start, u => {
      // So near to a border that half of a step fits no longer: on it, or a whole step away.
      const from = (v: number) => (v < radius / 2 ? 0 : Math.max(v, radius));
      return u <= 0.5 ? from(u) : 1 - from(1 - u);
    });
    this.#starts = [inside];
    for (const sign of [1, -1]) {
      for (let j = 0; j < n; j++) {
        const point = inside.slice();
        const to = point[j] + sign * radius;
        point[j] = to > 1 || to < 0 ? point[j] - 2 * sign * radius : to;
        this.#starts.push(point);
      }
    }
    this.#starts = this.#starts.map(point => point.map((u, j) => snap[j](u))).reverse();
  }

  /** Whether there is nothing more to find here: the radius has become the smallest. */
  get ended(): boolean {
    if (!this.#ended) {
      this.#propose();
    }
    return this.#ended;
  }

  get radius(): number {
    return this.#radius;
  }

  /** The best point so far. */
  get center(): Float64Array {
    return this.#points[this.#best] ?? this.#starts[this.#starts.length - 1];
  }

  get value(): number {
    return this.#values[this.#best] ?? Infinity;
  }

  /** Where to evaluate next. */
  get next(): Float64Array {
    return this.#propose().point;
  }

  /** Points that further workers can try meanwhile, at the beginning only. */
  get others(): readonly Float64Array[] {
    return this.#starts;
  }

  /**
   * Learns a result, whoever asked for it.
   * @param value NaN if it failed
   */
  learn(point: Float64Array, value: number): void {
    const near = (to: Float64Array) => distance(point, to) <= 1e-3 * this.#radius;
    const start = this.#starts.findIndex(near);
    if (start >= 0) {
      this.#starts.splice(start, 1);
      this.#add(point, value);
      return;
    }
    const proposal = this.#proposal;
    if (proposal && near(proposal.point)) {
      const before = this.value;
      const center = this.center;
      const worth = this.#worth(value);
      this.#replace(point, worth, proposal.instead);
      if (proposal.instead < 0) {
        this.#adapt((before - worth) / proposal.expected, distance(point, center));
      } else {
        this.#poor = false;
      }
    } else if (this.#known(point)) {
      // The same once more: nothing that a model through all points could hold.
      return;
    } else if (value < this.value || distance(point, this.center) <= 2 * this.#radius) {
      this.#replace(point, this.#worth(value), -1);
    }
  }

  #known(point: Float64Array): boolean {
    return this.#points.some(other => distance(other, point) < 1e-14);
  }

  #worth(value: number): number {
    // As bad as the worst: a direction to avoid, without a cliff that the model would have to follow.
    return Number.isNaN(value) ? Math.max(this.value, ...this.#values, 0) : value;
  }

  #add(point: Float64Array, value: number): void {
    this.#points.push(point);
    this.#values.push(this.#worth(value));
    this.#best = this.#values.indexOf(Math.min(...this.#values));
    this.#proposal = undefined;
  }

  #adapt(ratio: number, length: number): void {
    if (ratio <= 0.1) {
      this.#radius = Math.min(this.#radius / 2, length);
    } else if (ratio <= 0.7) {
      this.#radius = Math.max(this.#radius / 2, length);
    } else {
      this.#radius = Math.min(0.5, Math.max(this.#radius / 2, 2 * length));
    }
    if (this.#radius <= 1.5 * this.#resolution) {
      this.#radius = this.#resolution;
    }
    this.#poor = !(ratio > 0.1);
  }

  /** The equations whose solution is the model, in steps from the center in units of the radius. */
  #system(): { steps: Float64Array[]; equations: Lu } {
    const n = this.#n;
    const { center } = this;
    const steps = this.#points.map(point => point.map((u, j) => (u - center[j]) / this.#radius));
    const m = steps.length;
    const size = m + n + 1;
    const matrix = new Float64Array(size * size);
    for (let i = 0; i < m; i++) {
      for (let k = 0; k <= i; k++) {
        const product = dot(steps[i], steps[k]) ** 2 / 2;
        matrix[i * size + k] = matrix[k * size + i] = product;
      }
      matrix[i * size + m] = matrix[m * size + i] = 1;
      for (let j = 0; j < n; j++) {
        matrix[i * size + m + 1 + j] = matrix[(m + 1 + j) * size + i] = steps[i][j];
      }
    }
    return { steps, equations: new Lu(matrix, size) };
  }

  /** The quadratic through values at the steps whose Hessian is nearest to `hessian`. */
  #through(steps: Float64Array[], equations: Lu, values: ArrayLike<number>): Quadratic {
    const n = this.#n;
    const m = steps.length;
    const right = new Float64Array(m + n + 1);
    right.set(values);
    const solution = equations.solve(right);
    const hessian = new Float64Array(n * n);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        const factor = solution[i] * steps[i][j];
        for (let k = 0; k < n; k++) {
          hessian[j * n + k] += factor * steps[i][k];
        }
      }
    }
    return { gradient: solution.slice(m + 1), hessian };
  }

  #replace(point: Float64Array, value: number, instead: number): void {
    if (this.#points.length < this.#capacity && instead < 0) {
      this.#add(point, value);
      return;
    }
    let drop = instead;
    if (drop < 0) {
      const { steps, equations } = this.#system();
      const m = steps.length;
      const step = point.map((u, j) => (u - this.center[j]) / this.#radius);
      const right = Float64Array.of(...steps.map(other => dot(other, step) ** 2 / 2), 1, ...step);
      const shares = equations.singular ? new Float64Array(m) : equations.solve(right);
      const to = value < this.value ? point : this.center;
      let most = 0;
      for (let i = 0; i < m; i++) {
        const far = Math.max(1, distance(this.#points[i], to) / this.#radius) ** 4;
        const score = (Math.abs(shares[i]) + (equations.singular ? 1 : 0)) * far;
        if (score > most && (i !== this.#best || value < this.value)) {
          most = score;
          drop = i;
        }
      }
      if (drop < 0 || (most < 1e-3 && value >= this.value)) {
        return;
      }
    }
    this.#points[drop] = point;
    this.#values[drop] = value;
    this.#best = this.#values.indexOf(Math.min(...this.#values));
    this.#proposal = undefined;
  }

  #model(steps: Float64Array[], equations: Lu): Quadratic {
    const n = this.#n;
    const square = this.#radius * this.#radius;
    const before = { gradient: new Float64Array(n), hessian: this.#hessian.map(h => h * square) };
    const rest = steps.map((s, i) => this.#values[i] - this.value - quadraticAt(before, s));
    const change = this.#through(steps, equations, rest);
    const hessian = change.hessian.map((h, at) => h + before.hessian[at]);
    this.#hessian = hessian.map(h => h / square);
    return { gradient: change.gradient, hessian };
  }

  #propose(): Proposal {
    if (this.#proposal) {
      return this.#proposal;
    }
    if (this.#starts.length > 0) {
      const point = this.#starts[this.#starts.length - 1];
      return { point, instead: -1, expected: 0 };
    }
    while (!this.#ended) {
      const { steps, equations } = this.#system();
      if (equations.singular) {
        break;
      }
      const { center } = this;
      const lower = center.map(u => -u / this.#radius);
      const upper = center.map(u => (1 - u) / this.#radius);
      const model = this.#model(steps, equations);
      const step = trustStep(model, 1, lower, upper);
      const expected = -quadraticAt(model, step);
      const length = Math.hypot(...step) * this.#radius;
      if (!this.#poor && length >= 0.5 * this.#resolution && expected > 0) {
        const point = this.#at(step);
        if (this.#known(point)) {
          break;
        }
        return (this.#proposal = { point, instead: -1, expected });
      }
      const lengths = steps.map(s => Math.hypot(...s));
      const farthest = lengths.indexOf(Math.max(...lengths));
      if (lengths[farthest] > Math.max(2, (10 * this.#resolution) / this.#radius)) {
        const place = this.#geometry(steps, equations, farthest, lower, upper);
        const point = this.#at(place);
        if (this.#known(point)) {
          break;
        }
        return (this.#proposal = { point, instead: farthest, expected: 0 });
      }
      if (this.#poor) {
        this.#poor = false;
        if (this.#radius > this.#resolution) {
          continue;
        }
      }
      this.#ended = this.#resolution <= this.smallest;
      this.#radius = Math.max(this.#resolution / 2, this.smallest);
      this.#resolution = Math.max(this.#resolution / 10, this.smallest);
    }
    this.#ended = true;
    return { point: this.center, instead: -1, expected: 0 };
  }

  #at(step: Float64Array): Float64Array {
    const { center } = this;
    return step.map((s, j) => this.snap[j](Math.min(1, Math.max(0, center[j] + s * this.#radius))));
  }

  /** The step where a value says most about the model without point `index`. */
  #geometry(
    steps: Float64Array[],
    equations: Lu,
    index: number,
    lower: Float64Array,
    upper: Float64Array
  ): Float64Array {
    const unit = new Float64Array(steps.length);
    unit[index] = 1;
    const own = this.#through(steps, equations, unit);
    const opposite = { gradient: own.gradient.map(g => -g), hessian: own.hessian.map(h => -h) };
    const [down, up] = [own, opposite].map(quadratic => trustStep(quadratic, 1, lower, upper));
    return quadraticAt(opposite, down) > quadraticAt(own, up) ? down : up;
  }
}

export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    sum += (a[i] - b[i]) ** 2;
  }
  return Math.sqrt(sum);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    sum += a[i] * b[i];
  }
  return sum;
}
