/** The row above a figure of a study: what it shows, and how. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { StudyPayload } from 'tunelab/dist/figures/format';
import { metricNames, quantityNames, quantityOf } from 'tunelab/dist/figures/study/quantity';
import { tableOf } from 'tunelab/dist/figures/study/store';
import { STATES } from 'tunelab/dist/figures/study/table';
import type { TrialTable } from 'tunelab/dist/figures/study/table';
import type { StudyFigureName, TrialView } from 'tunelab/dist/figures/study/view';
import type { TrialState } from 'tunelab/dist/trials/trial';
import { button, Choice, element, Tick, toggle } from './dom';
import { KINDS } from './kinds';
import type { Field } from './kinds';

/** What a reader did. */
export interface IToolbarActions {
  change(changes: Partial<TrialView>, figure?: StudyFigureName): void;
  reset(): void;
  brush(on: boolean): void;
  showRegion(on: boolean): void;
  showTable(on: boolean): void;
}

/** What stands out of the payload: parts beside the figure, and what the pointer does. */
export interface IToolbarState {
  brushes: boolean;
  region: boolean;
  table: boolean;
  changed: boolean;
}

const FIELDS: readonly Field[] = ['x', 'y', 'color', 'size'];
/** What a field stands for where the view leaves it open. */
const NONE = '';

export class Toolbar {
  readonly node: HTMLElement;
  private readonly _kind: Choice;
  private readonly _fields: Readonly<Record<Field, Choice>>;
  private readonly _logs: Readonly<Record<'x' | 'y', Tick>>;
  private readonly _hide: Readonly<Record<TrialState, Tick>>;
  private readonly _brush: HTMLButtonElement;
  private readonly _region: HTMLButtonElement;
  private readonly _table: HTMLButtonElement;
  private readonly _reset: HTMLButtonElement;
  private _payload: StudyPayload | null = null;

  constructor(
    private readonly _trans: TranslationBundle,
    private readonly _actions: IToolbarActions
  ) {
    const change = (changes: Partial<TrialView>): void => _actions.change(changes);
    this._kind = new Choice(_trans.__('Figure'), value =>
      _actions.change({}, value as StudyFigureName)
    );
    const field = (name: Field, label: string): Choice =>
      new Choice(label, value => change({ [name]: value }));
    this._fields = {
      x: field('x', 'x'),
      y: field('y', 'y'),
      color: field('color', _trans.__('Colour')),
      size: field('size', _trans.__('Size'))
    };
    this._logs = {
      x: new Tick(_trans.__('log x'), on => this._setLog('x', on)),
      y: new Tick(_trans.__('log y'), on => this._setLog('y', on))
    };
    const hide = (state: TrialState, label: string): Tick =>
      new Tick(label, on => this._setHidden(state, on));
    this._hide = {
      complete: hide('complete', _trans.__('hide complete')),
      pruned: hide('pruned', _trans.__('hide pruned')),
      failed: hide('failed', _trans.__('hide failed')),
      running: hide('running', _trans.__('hide running')),
      waiting: hide('waiting', _trans.__('hide waiting'))
    };
    this._brush = toggle(_trans.__('Brush'), on => _actions.brush(on));
    this._brush.title = _trans.__('Drag a box over the figure to select trials');
    this._region = toggle(_trans.__('Region'), on => _actions.showRegion(on));
    this._region.title = _trans.__('Select trials by numbers, filter, refine');
    this._table = toggle(_trans.__('Table'), on => _actions.showTable(on));
    this._reset = button(_trans.__('Reset'), () => _actions.reset());
    this.node = element(
      'div',
      'toolbar',
      ...[this._kind, ...FIELDS.map(name => this._fields[name])].map(({ node }) => node),
      this._logs.x.node,
      this._logs.y.node,
      ...Object.values(this._hide).map(({ node }) => node),
      this._brush,
      this._region,
      this._table,
      this._reset
    );
    this.node.setAttribute('role', 'group');
    this.node.setAttribute('aria-label', _trans.__('View of the figure'));
  }

  /** @param payload as it is shown */
  show(payload: StudyPayload, state: IToolbarState): void {
    this._payload = payload;
    const table = tableOf(payload);
    const { figure, view } = payload;
    const kinds = Object.entries(KINDS)
      .filter(([name, { fits }]) => name === figure || (fits?.(table) ?? true))
      .map(([value, { label }]) => ({ value, label: label(this._trans) }));
    this._kind.show(kinds, figure);
    const shown = KINDS[figure].fields;
    for (const name of FIELDS) {
      const choice = this._fields[name];
      choice.node.hidden = !shown.includes(name);
      choice.show(this._options(table, view, name), usualView(payload, table)[name] ?? NONE);
    }
    for (const letter of ['x', 'y'] as const) {
      const quantity = this._axisOf(letter);
      const tick = this._logs[letter];
      tick.node.hidden = quantity === undefined || !['linear', 'log'].includes(quantity.axis.scale);
      tick.show(quantity?.axis.scale === 'log');
    }
    // Where all trials are in one state there is nothing to choose.
    const states = statesOf(table);
    for (const state of STATES) {
      const hidden = view.hidden?.includes(state) ?? false;
      this._hide[state].node.hidden = !hidden && !(states.length > 1 && states.includes(state));
      this._hide[state].show(hidden);
    }
    this._brush.setAttribute('aria-pressed', String(state.brushes));
    this._region.setAttribute('aria-pressed', String(state.region));
    this._table.setAttribute('aria-pressed', String(state.table));
    this._reset.disabled = !state.changed;
  }

  private _options(
    table: TrialTable,
    view: TrialView,
    name: Field
  ): { value: string; label: string }[] {
    // prettier-ignore
    const none = { value: NONE, label: this._trans.__('none') };
    const all = quantityNames(table).map(value => ({
      value,
      label: quantityOf(table, view, value).axis.label
    }));
    return name === 'color' || name === 'size' ? [none, ...all] : all;
  }

  private _axisOf(letter: 'x' | 'y'): ReturnType<typeof quantityOf> | undefined {
    if (!this._payload) return undefined;
    const table = tableOf(this._payload);
    const { fields, metric } = KINDS[this._payload.figure];
    const name = fields.includes(letter)
      ? usualView(this._payload, table)[letter]
      : letter === 'y' && metric
        ? metricNames(table)[0]
        : undefined;
    return name ? quantityOf(table, this._payload.view, name) : undefined;
  }

  private _setLog(letter: 'x' | 'y', on: boolean): void {
    const name = this._axisOf(letter)?.name;
    if (name !== undefined) {
      const scales = { ...this._payload!.view.scales, [name]: on ? 'log' : 'linear' } as const;
      this._actions.change({ scales });
    }
  }

  private _setHidden(state: TrialState, on: boolean): void {
    const others = (this._payload?.view.hidden ?? []).filter(one => one !== state);
    this._actions.change({ hidden: on ? [...others, state] : others });
  }
}

/** The states that its trials have. */
function statesOf({ state, length }: TrialTable): TrialState[] {
  const found = STATES.map(() => false);
  for (let row = 0; row < length; row++) {
    found[state[row]] = true;
  }
  return STATES.filter((_, i) => found[i]);
}

/** What the kinds take where the view leaves a field open. */
function usualView(
  { figure, view }: StudyPayload,
  table: TrialTable
): Readonly<Record<Field, string | undefined>> {
  const metrics = metricNames(table);
  const x = view.x ?? table.hyperparameters[0]?.name ?? 'number';
  const y = view.y ?? metrics.find(name => figure === 'slice' || name !== x) ?? metrics[0];
  const scatterColor = metrics.includes(x) || metrics.includes(y) ? NONE : metrics[0];
  const number = figure === 'slice' || figure === 'paretoFront';
  const matrixColor = view.names?.some(name => metrics.includes(name)) ? NONE : metrics[0];
  const color =
    view.color ??
    (figure === 'scatter' ? scatterColor : number ? 'number' : figure === 'scatterMatrix' ? matrixColor : metrics[0]); // prettier-ignore
  return { x, y, color, size: view.size };
}
