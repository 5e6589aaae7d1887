import { grown } from '../numeric/grown';
import { valueAt } from '../trials/names';
import type { Direction, Trial, TrialState } from '../trials/trial';
import type { Dimension } from './sampler';

/**
 * A study's trials as samplers read them: columns that grow with the study, so that no sampler walks over
 * records. Made by the study, or from stored trials by `historyOf`; a sampler only reads.
 */
export class SearchHistory {
  /** Positions in the unit cube, (trial, dimension) row by row, by trial number; longer than needed. */
  points: Float64Array = new Float64Array(0);
  /**
   * 1 where a trial does not have a hyperparameter (`scales.when`), laid out as `points`, which hold 0.5 there; `undefined`
   * while all trials have all.
   */
  absent: Uint8Array | undefined;
  /** What the trials are worth, small is good whatever the direction; NaN unless complete. By number. */
  losses: Float64Array = new Float64Array(0);
  /** How many trials there are, running ones included. */
  size = 0;
  /** Numbers of the finished trials, in the order in which they finished. */
  readonly finished: number[] = [];
  /** Numbers of the trials that run, in ascending order while nobody tells out of turn. */
  readonly running = new Set<number>();
  /** Number of the complete trial with the lowest loss, the earliest of equals; -1 while there is none. */
  best = -1;
  readonly #states: TrialState[] = [];
  readonly #sign: number;
  readonly #paths: readonly (readonly string[])[];

  constructor(
    readonly dimensions: readonly Dimension[],
    direction: Direction
  ) {
    this.#sign = direction === 'minimize' ? 1 : -1;
    this.#paths = dimensions.map(({ name }) => name.split('.'));
  }

  /** Whether a trial has a hyperparameter, given its place among the dimensions. */
  has(number: number, j: number): boolean {
    return this.absent?.[number * this.dimensions.length + j] !== 1;
  }

  /** How far the trial of this number has come. */
  state(number: number): TrialState {
    return this.#states[number];
  }

  /** A value of the objective, or one reported on the way, as a loss. */
  loss(value: number): number {
    return this.#sign * value;
  }

  /** Takes up a trial that begins: the next number. */
  add({ number, config }: Trial): void {
    const width = this.dimensions.length;
    if (number >= this.losses.length) {
      const room = Math.max(64, 2 * number);
      this.points = grown(this.points, room * width);
      if (this.absent) {
        const before = this.absent;
        this.absent = new Uint8Array(room * width);
        this.absent.set(before);
      }
      this.losses = grown(this.losses, room);
    }
    for (let j = 0; j < width; j++) {
      // Not the position that a sampler named: a stored study knows values only, and must go on the same.
      const value = valueAt(config, this.#paths[j]);
      const position = this.dimensions[j].position(value);
      const at = number * width + j;
      this.points[at] = Number.isNaN(position) ? 0.5 : position;
      if (Number.isNaN(position)) {
        this.absent ??= new Uint8Array(this.points.length);
        this.absent[at] = 1;
      }
    }
    this.losses[number] = NaN;
    this.#states[number] = 'running';
    this.running.add(number);
    this.size = Math.max(this.size, number + 1);
  }

  /** Takes up what came of a trial. */
  finish({ number, state, value }: Trial): void {
    this.#states[number] = state;
    this.running.delete(number);
    this.finished.push(number);
    if (state === 'complete') {
      const loss = this.loss(value!);
      const { best, losses } = this;
      losses[number] = loss;
      if (best < 0 || loss < losses[best] || (loss === losses[best] && number < best)) {
        this.best = number;
      }
    }
  }
}

/** The history that a study with these trials would have: what was stored goes on the same. */
export function historyOf(
  dimensions: readonly Dimension[],
  direction: Direction,
  trials: readonly Trial[]
): SearchHistory {
  const history = new SearchHistory(dimensions, direction);
  trials.forEach(trial => history.add(trial));
  trials
    .filter(({ ended }) => ended !== null)
    .sort((a, b) => a.ended! - b.ended! || a.number - b.number)
    .forEach(trial => history.finish(trial));
  return history;
}
