import { grown } from '../numeric/grown';
import { valueAt } from '../trials/names';
import { valuesOf, type Direction, type Trial, type TrialState } from '../trials/trial';
import type { Dimension } from './sampler';

/**
 * A study's trials as samplers read them: columns that grow with the study, so that no sampler walks over
 * records. A trial has a row from when it begins to run; rows only come behind each other, and a trial that waits
 * has none, so that a row is not always the trial's number. Made by the study, or from stored trials by
 * `historyOf`; a sampler only reads.
 */
export class SearchHistory {
  /** Positions in the unit cube, (row, dimension) row by row; longer than needed. */
  points: Float64Array = new Float64Array(0);
  /**
   * 1 where a trial does not have a hyperparameter (`scales.when`), or one that lies outside of its scale, laid out as
   * `points`, which hold 0.5 there; `undefined` while all trials have all.
   */
  absent: Uint8Array | undefined;
  /** What the trials are worth, (row, objective), small is good whatever the direction; NaN unless complete. */
  losses: Float64Array = new Float64Array(0);
  /** How many rows there are, those of running trials included. */
  size = 0;
  /** The trial's number, by row. */
  readonly numbers: number[] = [];
  /** Rows of the finished trials, in the order in which they finished. */
  readonly finished: number[] = [];
  /** Rows of the trials that run, in ascending order. */
  readonly running = new Set<number>();
  /** Row of the complete trial with the lowest loss, of equals the first number; -1 while there is none. */
  best = -1;
  /** How many objectives there are; with more than one, no trial is the best. */
  readonly objectives: number;
  readonly #states: TrialState[] = [];
  readonly #rows: number[] = [];
  readonly #signs: readonly number[];

  constructor(
    readonly dimensions: readonly Dimension[],
    directions: Direction | readonly Direction[]
  ) {
    const all = typeof directions === 'string' ? [directions] : directions;
    this.#signs = all.map(direction => (direction === 'minimize' ? 1 : -1));
    this.objectives = all.length;
  }

  /** Whether a row's trial has a hyperparameter, given its place among the dimensions. */
  has(row: number, j: number): boolean {
    return this.absent?.[row * this.dimensions.length + j] !== 1;
  }

  /** How far a row's trial has come. */
  state(row: number): TrialState {
    return this.#states[row];
  }

  /** A value of the first objective, or one reported on the way, as a loss. */
  loss(value: number): number {
    return this.#signs[0] * value;
  }

  /** What a row's trial is worth, one loss for each objective. */
  lossesAt(row: number): Float64Array {
    return this.losses.subarray(row * this.objectives, (row + 1) * this.objectives);
  }

  /** Whether the trial of this number has a row yet. */
  hasRow(number: number): boolean {
    return this.#rows[number] !== undefined;
  }

  /** Takes up a trial that begins. */
  add({ number, config }: Trial): void {
    const { dimensions, objectives } = this;
    const width = dimensions.length;
    const row = this.size++;
    if (row * objectives >= this.losses.length) {
      this.#grow(Math.max(64, 2 * row));
    }
    for (let j = 0; j < width; j++) {
      // Not the position that a sampler named: a stored study knows values only, and must go on the same.
      const value = valueAt(config, dimensions[j].path);
      // Who shares a stored study may have tried what lies outside, or have left something out.
      const position = dimensions[j].contains(value) ? dimensions[j].position(value) : NaN;
      const at = row * width + j;
      this.points[at] = Number.isNaN(position) ? 0.5 : position;
      if (Number.isNaN(position)) {
        this.absent ??= new Uint8Array(this.points.length);
        this.absent[at] = 1;
      }
    }
    this.losses.fill(NaN, row * objectives, (row + 1) * objectives);
    this.#states[row] = 'running';
    this.#rows[number] = row;
    this.numbers.push(number);
    this.running.add(row);
  }

  #grow(room: number): void {
    const width = this.dimensions.length;
    this.points = grown(this.points, room * width);
    this.losses = grown(this.losses, room * this.objectives);
    if (this.absent) {
      const before = this.absent;
      this.absent = new Uint8Array(room * width);
      this.absent.set(before);
    }
  }

  /** Takes up what came of a trial. */
  finish(trial: Trial): void {
    const row = this.#rows[trial.number];
    this.#states[row] = trial.state;
    this.running.delete(row);
    this.finished.push(row);
    if (trial.state !== 'complete') {
      return;
    }
    const { losses, objectives } = this;
    if (objectives > 1) {
      const values = valuesOf(trial)!;
      values.forEach((value, i) => (losses[row * objectives + i] = this.#signs[i] * value));
      return;
    }
    const loss = this.loss(trial.value!);
    const { best, numbers } = this;
    losses[row] = loss;
    if (
      best < 0 ||
      loss < losses[best] ||
      (loss === losses[best] && trial.number < numbers[best])
    ) {
      this.best = row;
    }
  }
}

/**
 * The history that a study with these trials would have: what was stored goes on the same.
 * @throws RangeError for a trial that could not have been made with these dimensions.
 */
export function historyOf(
  dimensions: readonly Dimension[],
  directions: Direction | readonly Direction[],
  trials: readonly Trial[]
): SearchHistory {
  const history = new SearchHistory(dimensions, directions);
  for (const trial of trials.filter(({ state }) => state !== 'waiting')) {
    dimensions.forEach(dimension => dimension.position(valueAt(trial.config, dimension.path)));
    history.add(trial);
  }
  trials
    .filter(({ ended }) => ended !== null)
    .sort((a, b) => a.ended! - b.ended! || a.number - b.number)
    .forEach(trial => history.finish(trial));
  return history;
}
