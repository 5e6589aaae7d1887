/** Draws one figure in an output area: once when it becomes visible, then in place. */
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { FIGURE_MIME, parsePayload } from 'tunelab/dist/figures/payload';
import type { FigurePayload } from 'tunelab/dist/figures/payload';
import { sceneOf } from 'tunelab/dist/figures/sceneOf';
import { splitCrowded } from 'tunelab/dist/figures/marks/crowd';
import { heightOf, MOST_SVG_MARKS, sceneSpec } from 'tunelab/dist/figures/spec';
import type { Scene } from 'tunelab/dist/figures/scene/scene';
import { CrowdCanvas } from './crowdCanvas';
import { HoverWords } from './hoverWords';
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

/** The part of Plotly's layout that a download adds to. */
interface Layout {
  images?: object[];
}

export class FigureRenderer extends Widget implements IRenderMime.IRenderer {
  private readonly _options: FigureOptions;
  private readonly _plot: HTMLElement;
  private readonly _crowd: CrowdCanvas;
  private readonly _hover: HoverWords;
  private readonly _stopWatching: () => void;
  private readonly _resizes: ResizeObserver | null;
  // What stands in place of the plot: a message, a table.
  private _box: HTMLElement | null = null;
  private _model: IRenderMime.IMimeModel | null = null;
  private _payload: FigurePayload | null = null;
  private _scene: Scene | null = null;
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
    this._plot = document.createElement('div');
    this._plot.className = 'jp-RenderedTunelab-plot';
    this._plot.hidden = true;
    this.node.append(this._plot);
    this._crowd = new CrowdCanvas(this._plot);
    this._hover = new HoverWords(this._plot, this.node, this._crowd);
    this._plot.addEventListener(DOWNLOAD, () => void this._download());
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
    this._resizes?.observe(this.node);
    options.view.changed.connect(this._redraw, this);
  }

  /** The settings and colours that this figure shares with the others. */
  get view(): FigureView {
    return this._options.view;
  }

  /** Never rejects: what cannot be drawn is answered by a sentence in the output area. */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    if (this.isDisposed) {
      return;
    }
    this._model = model;
    try {
      const payload = parsePayload(model.data[FIGURE_MIME]);
      if ('trials' in payload && payload.figure === 'trialTable') {
        this._showInstead(
          new TrialsTable(payload, this._options.view.height, this._options.trans).node
        );
        return;
      }
      this._payload = payload;
      this._scene = sceneOf(payload);
    } catch (error) {
      this._fail(error);
      return;
    }
    this._box?.remove();
    this._box = null;
    this._plot.hidden = false;
    this._setHeight(this._scene);
    this._plot.setAttribute('aria-busy', 'true');
    this._describe();
    this._stale = true;
    await this._draw();
  }

  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this._stopWatching();
    this._resizes?.disconnect();
    this._options.view.changed.disconnect(this._redraw, this);
    this._erase();
    this._payload = null;
    this._scene = null;
    this._model = null;
    super.dispose();
  }

  protected override onAfterShow(_message: Message): void {
    this._fit();
  }

  private _redraw(): void {
    if (this._scene) {
      this._setHeight(this._scene);
      this._stale = true;
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
        if (!this.isDisposed && this._payload && this._scene) {
          await this._drawOnce(this._plotly, this._payload, this._scene);
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
    const first = !this._drawn;
    this._drawn = true;
    this._width = this._plot.clientWidth;
    // Out of sight it had no width to take its height from.
    this._setHeight(scene);
    const whole = sceneSpec(scene, {
      title: payload.title,
      theme: view.theme,
      asked: true,
      // A figure that is hidden has no width yet: it is laid out for a usual one.
      size: { width: this._width || undefined, height: this._height }
    });
    const { spec, crowds } = splitCrowded(whole, MOST_SVG_MARKS);
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
    this._describe();
    this._plot.setAttribute('aria-busy', String(this._stale));
    this._fit();
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

  /** The alt text stands on the picture itself, so that the buttons over it stay reachable. */
  private _describe(): void {
    const pictures = this._plot.querySelectorAll('.main-svg');
    const label = (node: Element): void => {
      node.setAttribute('role', 'img');
      node.setAttribute('aria-label', this._payload?.alt ?? '');
    };
    if (pictures.length === 0) {
      label(this._plot);
      return;
    }
    this._plot.removeAttribute('role');
    this._plot.removeAttribute('aria-label');
    label(pictures[0]);
    for (const layer of Array.from(pictures).slice(1)) {
      layer.setAttribute('aria-hidden', 'true');
    }
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

  /** As Plotly's own button does, with the marks that Plotly does not know of. */
  private async _download(): Promise<void> {
    const { data, layout } = this._plot as HTMLElement & { data?: object[]; layout?: Layout };
    if (!this._plotly || !this._payload || !data || !layout) {
      return;
    }
    const { clientWidth: width, clientHeight: height } = this._plot;
    const images = [...(layout.images ?? []), ...this._crowd.images()];
    const name = this._payload.title.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
    await this._plotly.downloadImage(
      { data, layout: { ...layout, images }, config: plotlyConfig('never', this._options.trans) },
      { format: 'png', scale: 2, width, height, filename: name.slice(0, 80) || 'figure' }
    );
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
    this._showInstead(messageBox(error, this._model?.data['image/png'], this._options.trans));
  }

  private _showInstead(box: HTMLElement): void {
    this._erase();
    this._payload = null;
    this._scene = null;
    this._stale = false;
    this._plot.hidden = true;
    this._box?.remove();
    this._box = box;
    this.node.append(box);
  }
}
