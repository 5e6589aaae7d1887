/** All controls of one figure of a study: they come and go with its payload. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import type { StudyPayload } from 'tunelab/dist/figures/format';
import { tableOf } from 'tunelab/dist/figures/study/store';
import type { TrialTable } from 'tunelab/dist/figures/study/table';
import type { TrialView } from 'tunelab/dist/figures/study/view';
import type { PlotlyLoader } from '../plotly';
import type { FigureRenderer } from '../renderer';
import { copyText } from './clipboard';
import { refineCell, trainAgainCell } from './code/cells';
import { configCode } from './code/values';
import { element } from './dom';
import { cellPlaceOf } from './notebook';
import { PinPanel } from './pinPanel';
import { PlotEvents } from './plotEvents';
import { narrowed, rangesOf, Region, rowsInside } from './region';
import { RegionForm } from './regionForm';
import { Toolbar } from './toolbar';
import { TrialList } from './trialList';
import { isStudy, ViewState } from './viewState';

export interface IControlOptions {
  loadPlotly: PlotlyLoader;
  trans: TranslationBundle;
}

export class FigureControls implements IDisposable {
  private readonly _view = new ViewState();
  private readonly _region = new Region();
  private readonly _node = element('div', 'root');
  private readonly _words = element('p', 'words');
  private readonly _toolbar: Toolbar;
  private readonly _form: RegionForm;
  private readonly _list: TrialList;
  private readonly _pin: PinPanel;
  private readonly _plot: PlotEvents;
  private _pinned: number | null = null;
  private _showsRegion = false;
  private _showsTable = false;
  private _isDisposed = false;

  constructor(
    private readonly _renderer: FigureRenderer,
    private readonly _options: IControlOptions
  ) {
    const { trans, loadPlotly } = _options;
    this._toolbar = new Toolbar(trans, {
      change: (changes, figure) =>
        this._try(payload => this._view.change(payload, changes, figure)),
      reset: () => this._reset(),
      brush: on => {
        this._showsRegion ||= on;
        void this._plot.brush(on);
        this._refresh();
      },
      showRegion: on => {
        this._showsRegion = on;
        this._refresh();
      },
      showTable: on => {
        this._showsTable = on;
        this._refresh();
      }
    });
    this._form = new RegionForm(trans, this._region, {
      whyNot: () => this._whyNot(),
      refine: () => this._try(payload => this._refine(payload)),
      filter: () => this._try(payload => this._filter(payload))
    });
    this._list = new TrialList(trans, { pin: number => this._setPin(number) });
    this._pin = new PinPanel(trans, {
      whyNot: () => this._whyNot(),
      can: command => this._renderer.trusted && this._renderer.live.can(command),
      copy: () => void this._copy(),
      insert: () => this._withPinned((table, row) => this._insert(trainAgainCell(table, row))),
      enqueue: () =>
        this._withPinned((table, row) =>
          this._command('enqueue', { number: table.number[row] }, trans.__('Queued.'))
        ),
      note: text => {
        const number = this._pinned;
        if (number !== null) void this._command('note', { number, text }, trans.__('Noted.'));
      },
      unpin: () => this._setPin(null)
    });
    this._plot = new PlotEvents(loadPlotly, {
      spec: () => this._renderer.spec,
      pin: number => this._setPin(number),
      select: box => this._select(box),
      deselect: () => this._region.clear()
    });
    this._words.setAttribute('role', 'status');
    this._node.append(this._toolbar.node, this._form.node, this._words, this._pin.node);
    this._node.hidden = true;
    _renderer.controls.append(this._node);
    // Behind the plot, also for those who walk through the page by keyboard.
    _renderer.node.querySelector('.jp-RenderedTunelab-plot')!.after(this._list.node);
    _renderer.shownAs = payload => (isStudy(payload) ? this._shown(payload) : payload);
    _renderer.payloadChanged.connect(this._refresh, this);
    _renderer.live.changed.connect(this._pin.refresh, this._pin);
    _renderer.drawn.connect(this._onDrawn, this);
    _renderer.disposed.connect(this.dispose, this);
    this._view.changed.connect(this._onViewChanged, this);
    this._region.changed.connect(this._onRegionChanged, this);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) return;
    this._isDisposed = true;
    this._renderer.shownAs = null;
    this._renderer.payloadChanged.disconnect(this._refresh, this);
    this._renderer.live.changed.disconnect(this._pin.refresh, this._pin);
    this._renderer.drawn.disconnect(this._onDrawn, this);
    this._renderer.disposed.disconnect(this.dispose, this);
    this._node.remove();
    this._list.node.remove();
  }

  private get _payload(): StudyPayload | null {
    const { payload } = this._renderer;
    return isStudy(payload) ? payload : null;
  }

  /** The payload as the reader looks at it, with the pinned trial. */
  private _shown(payload: StudyPayload): StudyPayload {
    const shown = this._view.of(payload);
    if (this._pinned === null) return shown;
    const pinned = [...(shown.view.pinned ?? []), this._pinned];
    return { ...shown, view: { ...shown.view, pinned } };
  }

  /** Shows all parts for what the renderer holds now. */
  private _refresh(): void {
    const payload = this._payload;
    this._node.hidden = payload === null;
    this._list.node.hidden = payload === null || !this._showsTable;
    this._renderer.toggleClass('jp-mod-tunelabTable', !this._list.node.hidden);
    if (!payload) return;
    const shown = this._shown(payload);
    const table = tableOf(payload);
    this._toolbar.show(shown, {
      brushes: this._plot.brushes,
      region: this._showsRegion,
      table: this._showsTable,
      changed: this._view.isChanged
    });
    this._form.node.hidden = !this._showsRegion;
    if (this._showsRegion) this._form.show(table, shown.view, this._rows(payload).length);
    const row = this._rowOf(table, this._pinned);
    this._pin.node.hidden = row < 0;
    if (row >= 0) this._pin.show(table, shown.view, row);
    if (this._showsTable) this._list.show(shown);
  }

  private _onDrawn(_renderer: FigureRenderer, plot: HTMLElement): void {
    if (this._payload) this._plot.attach(plot);
  }

  private _onViewChanged(): void {
    this._renderer.redraw();
    this._refresh();
  }

  private _onRegionChanged(): void {
    this._refresh();
    if (this._region.isEmpty) void this._plot.clear();
  }

  private _reset(): void {
    this._view.reset();
    this._say('');
  }

  private _select(box: Readonly<Record<string, unknown>>): void {
    const { scene } = this._renderer;
    const ranges = scene ? rangesOf(scene, box) : new Map();
    if (ranges.size > 0) {
      this._showsRegion = true;
      this._region.set(ranges);
    }
  }

  private _rows(payload: StudyPayload): number[] {
    return rowsInside(tableOf(payload), this._shown(payload).view, this._region.ranges);
  }

  private _refine(payload: StudyPayload): void {
    const table = tableOf(payload);
    const rows = this._rows(payload);
    this._insert(refineCell(table, narrowed(table, this._region.ranges, rows), rows.length));
  }

  private _filter(payload: StudyPayload): void {
    const own: TrialView['ranges'] = this._view.of(payload).view.ranges;
    this._view.change(payload, { ranges: { ...own, ...Object.fromEntries(this._region.ranges) } });
    this._region.clear();
  }

  private _setPin(number: number | null): void {
    this._pinned = number;
    this._renderer.redraw();
    this._refresh();
  }

  private _rowOf(table: TrialTable, number: number | null): number {
    return number === null ? -1 : Array.prototype.indexOf.call(table.number, number);
  }

  private _withPinned(act: (table: TrialTable, row: number) => unknown): void {
    const payload = this._payload;
    const table = payload && tableOf(payload);
    const row = table ? this._rowOf(table, this._pinned) : -1;
    if (table && row >= 0) act(table, row);
  }

  private async _copy(): Promise<void> {
    const { trans } = this._options;
    const texts: string[] = [];
    this._withPinned((table, row) => texts.push(configCode(table, row)));
    const copied = texts.length > 0 && (await copyText(texts[0]));
    this._say(copied ? trans.__('Copied.') : trans.__('The browser does not let this page copy.'));
  }

  /** Why no cell can be inserted here, in a sentence. */
  private _whyNot(): string {
    const { trans } = this._options;
    if (!cellPlaceOf(this._renderer)) {
      return trans.__('Cells can be inserted where the figure stands in a notebook.');
    }
    return this._renderer.trusted
      ? ''
      : trans.__('This notebook is not trusted: nothing is inserted from its figures. Trust it, or run the cell again.'); // prettier-ignore
  }

  private _insert(source: string): void {
    if (this._whyNot() === '') {
      cellPlaceOf(this._renderer)?.insert(source);
      this._say(this._options.trans.__('Inserted below. It runs when you run it.'));
    }
  }

  private async _command(name: string, args: object, done: string): Promise<void> {
    try {
      await this._renderer.live.command(name, args);
      this._say(done);
    } catch (error) {
      this._say(error instanceof Error ? error.message : String(error));
    }
  }

  /** Does something that may not be possible, and says why. */
  private _try(act: (payload: StudyPayload) => void): void {
    const payload = this._payload;
    if (!payload) return;
    try {
      act(payload);
    } catch (error) {
      this._say(error instanceof Error ? error.message : String(error));
      this._refresh();
    }
  }

  private _say(text: string): void {
    this._words.textContent = text;
    this._words.hidden = text === '';
  }
}
