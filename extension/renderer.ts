/** Draws one figure in an output area: once when it becomes visible, then in place. */
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import { FIGURE_MIME, parsePayload, type FigurePayload } from 'tunelab/dist/figures/payload';
import { sceneOf } from 'tunelab/dist/figures/sceneOf';
import { splitCrowded } from 'tunelab/dist/figures/marks/crowd';
import { heightOf, MOST_LIVE_SVG_MARKS, sceneSpec } from 'tunelab/dist/figures/spec';
import type { SceneSpec } from 'tunelab/dist/figures/plotly/sceneSpec';
import type { Scene } from 'tunelab/dist/figures/scene/scene';
import { describe } from './altText';
import { connectionOf } from './comm/connections';
import { CrowdCanvas } from './crowdCanvas';
import { newElement } from './dom';
import { downloadPicture } from './download';
import { HoverWords } from './hoverWords';
import { LiveFigure, liveId } from './live/liveFigure';
import { messageBox } from './message';
import type { PlotlyLibrary, PlotlyLoader } from './plotly';
import { DOWNLOAD, plotlyConfig } from './plotlyConfig';
import { TrialsTable } from './trialsTable';
import type { FigureView } from './view';
import { whenSeen } from './visibility';

/** What all figures of the application share. */
export interface FigureOptions {
  loadPlotly: PlotlyLoader;
  view: FigureView;
  trans: TranslationBundle;
}

export class FigureRenderer extends Widget implements IRenderMime.IRenderer {
  /** The figure's kernel, if one stands behind it. */
  readonly live: LiveFigure;
  /** Above the plot, for what steers the figure. */
  readonly controls: HTMLElement;
  /** Another view of the same payload that is drawn in its stead. It must be quick, and change nothing. */
  shownAs: ((payload: FigurePayload) => FigurePayload) | null = null;
  private readonly _payloadChanged = new Signal<this, FigurePayload>(this);
  private readonly _drawnAgain = new Signal<this, HTMLElement>(this);
  private readonly _words: HTMLElement;
  private readonly _options: FigureOptions;
  private readonly _plot: HTMLElement;
  private readonly _crowd: CrowdCanvas;
  private readonly _hover: HoverWords;
  private readonly _stopWatching: () => void;
  private readonly _resizes: ResizeObserver | null;
  // What stands in place of the plot: a message, a table.
  private _box: HTMLElement | null = null;
  private _model: IRenderMime.IMimeModel | null = null;
  // Whether the page itself makes the payloads, one after the other.
  private _grows = false;
  private _payload: FigurePayload | null = null;
  private _shown: FigurePayload | null = null;
  private _scene: Scene | null = null;
  private _spec: SceneSpec | null = null;
  private _plotly: PlotlyLibrary | null = null;
  private _drawing: Promise<void> = Promise.resolve();
  private _isDrawing = false;
  private _seen = false;
  private _stale = false;
  private _drawn = false;
  private _width = 0;
  private _height = 0;
  private _revision = 0;

  constructor(options: FigureOptions) {
    super();
    this._options = options;
    this.addClass('jp-RenderedTunelab');
    this._plot = newElement('div', 'jp-RenderedTunelab-plot');
    this._plot.hidden = true;
    this.controls = newElement('div', 'jp-RenderedTunelab-controls');
    this._words = newElement('p', 'jp-RenderedTunelab-status');
    this._words.setAttribute('role', 'status');
    this._words.hidden = true;
    this.node.append(this.controls, this._plot, this._words);
    this._crowd = new CrowdCanvas(this._plot);
    this._hover = new HoverWords(this._plot, this.node, this._crowd);
    this._plot.addEventListener(DOWNLOAD, () => {
      const title = this._payload?.title;
      void downloadPicture(this._plotly, this._plot, title, this._crowd.images(), options.trans);
    });
    this.live = new LiveFigure(options.trans, () => this._seen && !this._stale);
    this.live.updated.connect((_, payload) => this._take(payload));
    this.live.changed.connect(live => {
      this._words.textContent = live.words;
      this._words.hidden = live.words === '';
    });
    this._stopWatching = whenSeen(this.node, seen => {
      if (seen === this._seen) return;
      this._seen = seen;
      if (this._drawn) {
        // Pixels of many marks are megabytes: out of sight they are given back. The plot stays, and its zoom.
        if (seen) this._crowd.draw();
        else this._crowd.release();
      }
      void this._draw();
    });
    this._resizes =
      typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(() => this._fit());
    this._resizes?.observe(this._plot);
    options.view.changed.connect(this._redraw, this);
  }

  /** The settings and colours that this figure shares with the others. */
  get view(): FigureView {
    return this._options.view;
  }

  /** What is shown now, updates included; `null` before the first and after one that cannot be drawn. */
  get payload(): FigurePayload | null {
    return this._payload;
  }

  /** Whether the notebook is trusted: only then may anything reach its kernel or its cells. */
  get trusted(): boolean {
    return this._model?.trusted ?? false;
  }

  /** There is a new payload, which is not drawn yet. */
  get payloadChanged(): ISignal<this, FigurePayload> {
    return this._payloadChanged;
  }

  /** Plotly has drawn; its element comes along. */
  get drawn(): ISignal<this, HTMLElement> {
    return this._drawnAgain;
  }

  /** What is drawn of the payload. */
  get scene(): Scene | null {
    return this._scene;
  }

  /** What Plotly was told last: which marks stand for which trials, and what hovering shows. */
  get spec(): SceneSpec | null {
    return this._spec;
  }

  /** Draws once more, after `shownAs` or what it depends on has changed. */
  redraw(): void {
    if (this._payload) {
      this._take(this._payload, false);
    }
  }

  /** Never rejects: what cannot be drawn is answered by a sentence in the output area. */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    if (this.isDisposed) {
      return;
    }
    this._model = model;
    try {
      const payload = parsePayload(model.data[FIGURE_MIME]);
      if (this._payload && this.live.leads(liveId(payload))) {
        return;
      }
      this._take(payload);
      this._followKernel();
    } catch (error) {
      this._fail(error);
      return;
    }
    await this._draw();
  }

  /** Shows a payload that the page made itself, and will make again. Resolves once it is drawn, or waits to be seen. */
  async renderPayload(payload: FigurePayload): Promise<void> {
    if (!this.isDisposed) {
      this._grows = true;
      this._take(payload);
      await this._draw();
    }
  }

  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this._stopWatching();
    this.live.dispose();
    this._resizes?.disconnect();
    this._options.view.changed.disconnect(this._redraw, this);
    this._erase();
    this._payload = null;
    this._shown = null;
    this._scene = null;
    this._spec = null;
    this._model = null;
    // Whoever listens to `disposed` hears of it; then all signals are let go.
    super.dispose();
  }

  protected override onAfterAttach(_message: Message): void {
    this._followKernel();
  }

  protected override onAfterShow(_message: Message): void {
    this._fit();
  }

  /** The kernel of the panel in which this stands, once it stands in one. Never that of an untrusted notebook. */
  private _followKernel(): void {
    const id = liveId(this._payload);
    if (id === undefined || !this.trusted) {
      this.live.follow(null, null);
    } else if (this.isAttached) {
      this.live.follow(id, connectionOf(this, this._options.trans));
    }
  }

  /** Shows a payload, now or when it is seen. What cannot be drawn is answered by a sentence. */
  private _take(payload: FigurePayload, isNew = true): void {
    try {
      const shown = this.shownAs?.(payload) ?? payload;
      this._scene = sceneOf(shown);
      this._shown = shown;
    } catch (error) {
      this._fail(error);
      return;
    }
    this._payload = payload;
    this._box?.remove();
    this._box = null;
    if (isNew) {
      this._payloadChanged.emit(payload);
    }
    if ('trials' in this._shown && this._shown.figure === 'trialTable') {
      // A table is no drawing: rows are read, sorted, copied.
      this._scene = null;
      this._replacePlot(
        new TrialsTable(this._shown, this._options.view.height, this._options.trans).node
      );
      return;
    }
    this._plot.hidden = false;
    this._redraw();
  }

  private _redraw(): void {
    if (this._scene) {
      this._setHeight(this._scene);
      this._stale = true;
      this._plot.setAttribute('aria-busy', 'true');
      describe(this._plot, this._shown?.alt);
      void this._draw();
    }
  }

  /** One loop draws at a time; what arrives while it runs is drawn by its next round, newest only. */
  private _draw(): Promise<void> {
    if (!this._isDrawing) {
      this._drawing = this._drawAll();
    }
    return this._drawing;
  }

  private async _drawAll(): Promise<void> {
    this._isDrawing = true;
    while (this._stale && this._seen && !this.isDisposed) {
      let failure: { error: unknown } | null = null;
      try {
        this._plotly ??= await this._options.loadPlotly();
        this._stale = false;
        if (!this.isDisposed && this._shown && this._scene) {
          await this._drawOnce(this._plotly, this._shown, this._scene);
        }
      } catch (error) {
        failure = { error };
        // Without Plotly there is no next round; an update that came meanwhile gets its own.
        this._stale = this._stale && this._plotly !== null;
      }
      if (failure && !this._stale && !this.isDisposed) {
        this._fail(failure.error);
      }
    }
    // Here and not in a `finally` of the promise: a request that comes before that one is lost.
    this._isDrawing = false;
  }

  private async _drawOnce(
    plotly: PlotlyLibrary,
    payload: FigurePayload,
    scene: Scene
  ): Promise<void> {
    const { view, trans } = this._options;
    const began = performance.now();
    const first = !this._drawn;
    this._drawn = true;
    this._width = this._plot.clientWidth;
    // Out of sight it had no width to take its height from.
    this._setHeight(scene);
    const whole = sceneSpec(scene, {
      title: payload.title,
      theme: view.theme,
      asked: true,
      mostSvg: this._mostSvg,
      // A figure that is hidden has no width yet: it is laid out for a usual one.
      size: { width: this._width || undefined, height: this._height }
    });
    this._spec = whole;
    const { spec, crowds } = splitCrowded(whole, this._mostSvg);
    const { layout, hover } = spec;
    this._crowd.update(crowds);
    await plotly.react(
      this._plot,
      spec.data,
      {
        ...layout,
        autosize: true,
        // Plotly compares arrays by identity of the revision, and keeps a zoom while the other one stays.
        datarevision: ++this._revision,
        uirevision: `${payload.figure} ${String(layout.uirevision)}`
      },
      plotlyConfig(view.modeBar, trans)
    );
    if (this.isDisposed || !this._payload) {
      plotly.purge(this._plot);
      return;
    }
    if (first) {
      this._hover.listen();
      this._crowd.listen();
      this._crowd.draw();
    }
    this._hover.update(hover);
    describe(this._plot, this._shown?.alt);
    this._plot.setAttribute('aria-busy', String(this._stale));
    this._fit();
    this._drawnAgain.emit(this._plot);
    // Painting is part of it: the next frame comes when that is done.
    requestAnimationFrame(() => this.live.drew(performance.now() - began, view.updateGap));
  }

  /** The height that the settings say, more where a figure of many panels needs it. */
  private _heightOf(scene: Scene): number {
    const width = this._plot.clientWidth || undefined;
    return heightOf(scene, { width, usual: this._options.view.height });
  }

  private _setHeight(scene: Scene): void {
    this._height = this._heightOf(scene);
    this._plot.style.height = `${this._height}px`;
  }

  /** Fits a drawn figure to the width that the output area has now. */
  private _fit(): void {
    const width = this._plot.clientWidth;
    if (!this._drawn || !this._plotly || width === 0 || width === this._width) {
      return;
    }
    this._width = width;
    if (this._scene && this._heightOf(this._scene) !== this._height) {
      this._redraw();
      return;
    }
    // Plotly waits 0.1 s before it acts, and rejects if the figure has been hidden meanwhile: the
    // next show has a width again and comes here.
    Promise.resolve(this._plotly.Plots.resize(this._plot)).catch(() => {
      this._width = 0;
    });
  }

  /** Marks of a figure that keeps changing become pixels sooner: SVG is drawn anew with each update. */
  private get _mostSvg(): number {
    return this._grows || this.live.state === 'live'
      ? Math.min(MOST_LIVE_SVG_MARKS, this.view.mostSvg)
      : this.view.mostSvg;
  }

  private _erase(): void {
    if (this._drawn) {
      this._drawn = false;
      this._hover.hide();
      this._crowd.release();
      this._plotly?.purge(this._plot);
    }
  }

  private _fail(error: unknown): void {
    this._payload = null;
    this._shown = null;
    this._scene = null;
    this._replacePlot(messageBox(error, this._model?.data['image/png'], this._options.trans));
  }

  private _replacePlot(box: HTMLElement): void {
    this._erase();
    this._spec = null;
    this._stale = false;
    this._plot.hidden = true;
    this._box?.remove();
    this._box = box;
    this.node.append(box);
  }
}
