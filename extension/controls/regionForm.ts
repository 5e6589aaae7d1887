/** A region as numbers: what a brush selected, or what is typed; and what can be done with it. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Axis } from 'tunelab/dist/scales/axis';
import { quantityNames, quantityOf } from 'tunelab/dist/figures/study/quantity';
import type { Quantity } from 'tunelab/dist/figures/study/quantity';
import type { TrialTable } from 'tunelab/dist/figures/study/table';
import type { TrialView } from 'tunelab/dist/figures/study/view';
import type { Range } from './code/scales';
import { button, element } from './dom';
import type { Region } from './region';

/** More quantities than this are chosen by a brush. */
const MOST_ROWS = 40;

export interface IRegionActions {
  /** Why a cell cannot be inserted here; `''` where it can. */
  whyNot(): string;
  refine(): void;
  filter(): void;
}

interface IRow {
  node: HTMLElement;
  low: HTMLInputElement;
  high: HTMLInputElement;
}

export class RegionForm {
  readonly node: HTMLElement;
  private readonly _rows = element('div', 'ranges');
  private readonly _count = element('p', 'count');
  private readonly _why = element('p', 'why');
  private readonly _refine: HTMLButtonElement;
  private readonly _filter: HTMLButtonElement;
  private readonly _clear: HTMLButtonElement;
  private _byName = new Map<string, IRow>();
  private _quantities: readonly Quantity[] = [];

  constructor(
    private readonly _trans: TranslationBundle,
    private readonly _region: Region,
    private readonly _actions: IRegionActions
  ) {
    this._count.setAttribute('role', 'status');
    this._refine = button(_trans.__('Refine'), () => _actions.refine());
    this._refine.title = _trans.__('Insert a cell that searches this region');
    this._filter = button(_trans.__('Show only these'), () => _actions.filter());
    this._clear = button(_trans.__('Clear'), () => _region.clear());
    const buttons = element('div', 'buttons', this._refine, this._filter, this._clear);
    this.node = element('section', 'region', this._rows, this._count, buttons, this._why);
    this.node.setAttribute('aria-label', _trans.__('Region of the trials'));
  }

  show(table: TrialTable, view: TrialView, selected: number): void {
    const names = quantityNames(table).slice(0, MOST_ROWS);
    if (names.join('\n') !== [...this._byName.keys()].join('\n')) {
      this._byName = new Map(names.map(name => [name, this._row(name)]));
      this._rows.replaceChildren(...[...this._byName.values()].map(({ node }) => node));
    }
    this._quantities = names.map(name => quantityOf(table, view, name));
    for (const { name, axis, values } of this._quantities) {
      const { node, low, high } = this._byName.get(name)!;
      node.firstElementChild!.textContent = axis.label;
      const range = this._region.ranges.get(name);
      const [from, to] = axis.range ?? extent(values);
      for (const [input, value, whole] of [
        [low, range?.[0], from],
        [high, range?.[1], to]
      ] as const) {
        // prettier-ignore
        // What is being typed stays as it is.
        if (document.activeElement !== input) input.value = value === undefined ? '' : written(axis, value);
        input.placeholder = Number.isFinite(whole) ? written(axis, whole) : '';
      }
    }
    const isEmpty = this._region.isEmpty;
    this._count.textContent = isEmpty
      ? this._trans.__('Drag a box over the figure with Brush, or type the ends of ranges.')
      : this._trans._n('%1 trial of %2 is selected.', '%1 trials of %2 are selected.', selected, table.length); // prettier-ignore
    const why = this._actions.whyNot();
    this._why.textContent = why;
    this._why.hidden = why === '';
    this._refine.hidden = why !== '';
    this._refine.disabled = this._filter.disabled = this._clear.disabled = isEmpty;
  }

  private _row(name: string): IRow {
    const label = element('span', 'rangeLabel');
    const input = (text: string): HTMLInputElement => {
      const made = element('input', 'number');
      made.type = 'text';
      made.inputMode = 'decimal';
      made.setAttribute('aria-label', `${name}: ${text}`);
      made.addEventListener('change', () => this._read(name));
      made.addEventListener('keydown', event => {
        // Enter takes the numbers as they stand, and must not run the cell.
        if (event.key === 'Enter') this._read(name);
        event.stopPropagation();
      });
      return made;
    };
    const low = input(this._trans.__('low'));
    const high = input(this._trans.__('high'));
    const node = element('div', 'range', label, low, element('span', '', '–'), high);
    return { node, low, high };
  }

  /** Takes the ends of a range over; one that is left empty is that of the axis. */
  private _read(name: string): void {
    const { low, high } = this._byName.get(name)!;
    const quantity = this._quantities.find(one => one.name === name);
    if (!quantity) return;
    const { axis, values } = quantity;
    const whole = axis.range ?? extent(values);
    const ends = [low, high].map((input, i) => {
      const text = input.value.trim();
      const end = text === '' ? whole[i] : readEnd(axis, text);
      input.setAttribute('aria-invalid', String(!Number.isFinite(end)));
      return end;
    });
    if (low.value.trim() === '' && high.value.trim() === '') {
      this._region.put(name, null);
    } else if (ends.every(Number.isFinite)) {
      this._region.put(name, [Math.min(...ends), Math.max(...ends)] as unknown as Range);
    }
  }
}

/** An end as it is typed: a number, or the name of a category. */
function readEnd({ categories }: Axis, text: string): number {
  const place = categories?.indexOf(text) ?? -1;
  return place >= 0 ? place : categories ? NaN : Number(text.replace(',', '.'));
}

function written({ scale, categories }: Axis, value: number): string {
  if (categories) {
    return categories[Math.min(categories.length - 1, Math.max(0, Math.round(value)))] ?? '';
  }
  const digits = scale === 'oneMinusLog' ? 6 : 4;
  return String(Number(value.toPrecision(digits)));
}

function extent(values: ArrayLike<number>): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  return [low, high];
}
