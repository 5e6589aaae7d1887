/** A part of the trials: ranges of some of their quantities, from a brush or typed. */
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { valueAt } from 'tunelab/dist/figures/bins';
import { axesOf } from 'tunelab/dist/figures/plotly/panelAxes';
import type { Scene } from 'tunelab/dist/figures/scene/scene';
import { quantityNames, quantityOf } from 'tunelab/dist/figures/study/quantity';
import { shownBy } from 'tunelab/dist/figures/study/rows';
import type { TrialTable } from 'tunelab/dist/figures/study/table';
import type { TrialView } from 'tunelab/dist/figures/study/view';
import type { Range } from './code/scales';

export class Region {
  private readonly _changed = new Signal<this, void>(this);
  private _ranges: ReadonlyMap<string, Range> = new Map();

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** By name of the quantity, in own units or indices of categories. */
  get ranges(): ReadonlyMap<string, Range> {
    return this._ranges;
  }

  get isEmpty(): boolean {
    return this._ranges.size === 0;
  }

  set(ranges: ReadonlyMap<string, Range>): void {
    this._ranges = ranges;
    this._changed.emit();
  }

  clear(): void {
    if (!this.isEmpty) {
      this.set(new Map());
    }
  }

  /** Changes one range; none with `null`. */
  put(name: string, range: Range | null): void {
    const ranges = new Map(this._ranges);
    if (range) {
      ranges.set(name, range);
    } else {
      ranges.delete(name);
    }
    this.set(ranges);
  }
}

/** Rows of the trials that a view shows inside of ranges. */
export function rowsInside(
  table: TrialTable,
  view: TrialView,
  ranges: ReadonlyMap<string, Range>
): number[] {
  const names = quantityNames(table);
  const sides = [...ranges]
    .filter(([name]) => names.includes(name))
    .map(([name, range]) => [quantityOf(table, view, name).values, range] as const);
  const shows = shownBy(table, view);
  const rows: number[] = [];
  for (let row = 0; row < table.length; row++) {
    const inside = sides.every(
      ([values, [low, high]]) => values[row] >= low && values[row] <= high
    );
    if (inside && shows(row)) rows.push(row);
  }
  return rows;
}

/**
 * What is left of each hyperparameter. A brush over the metric alone says which trials are good, not where: then it is
 * wherever those lie.
 */
export function narrowed(
  table: TrialTable,
  ranges: ReadonlyMap<string, Range>,
  rows: readonly number[]
): Map<string, Range> {
  const named = table.hyperparameters.filter(({ name }) => ranges.has(name));
  if (named.length > 0) {
    return new Map(named.map(({ name }) => [name, ranges.get(name)!]));
  }
  return new Map(
    table.hyperparameters.flatMap(({ name, values }): [string, Range][] => {
      let [low, high] = [Infinity, -Infinity];
      for (const row of rows) {
        // NaN where it does not exist: neither comparison holds.
        if (values[row] < low) low = values[row];
        if (values[row] > high) high = values[row];
      }
      return low <= high ? [[name, [low, high]]] : [];
    })
  );
}

/**
 * The ranges that a box stands for.
 * @param box its ends by Plotly's axes: `{ x2: [0.1, 0.2], y: [3, 1] }`
 */
export function rangesOf(scene: Scene, box: Readonly<Record<string, unknown>>): Map<string, Range> {
  const ranges = new Map<string, Range>();
  const placed = axesOf(scene.panels);
  scene.panels.forEach((panel, i) => {
    for (const letter of ['x', 'y'] as const) {
      const axis = panel[letter];
      const ends = box[placed[i][letter].ref];
      const other = box[placed[i][letter === 'x' ? 'y' : 'x'].ref];
      if (axis.quantity === undefined || !isPair(ends) || !isPair(other)) continue;
      const { native } = placed[i].coordinates[letter];
      const values = ends.map(end => (native ? end : valueAt(axis, end)));
      ranges.set(axis.quantity, [Math.min(...values), Math.max(...values)]);
    }
  });
  return ranges;
}

function isPair(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);
}
