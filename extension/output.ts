/** What JupyterLab gets for our MIME type: a figure or a form, as the payload says. */
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { PanelLayout, Widget } from '@lumino/widgets';
import { FIGURE_MIME } from 'tunelab/dist/figures/payload';
import { isForm } from 'tunelab/dist/quiz/parse';

type Renderer = Widget & IRenderMime.IRenderer;

/** Makes a renderer of each sort. */
export type RendererFactories = Readonly<Record<'figure' | 'form', () => Renderer>>;

/** A renderer is made before its model is known: this one holds the right one from the first model on. */
export class OutputRenderer extends Widget implements IRenderMime.IRenderer {
  private _sort: 'figure' | 'form' | null = null;
  private _content: Renderer | null = null;

  constructor(private readonly _factories: RendererFactories) {
    super();
    this.layout = new PanelLayout();
  }

  /** What is shown; `null` before the first model. */
  get content(): Renderer | null {
    return this._content;
  }

  /** Never rejects: what cannot be shown is answered by a sentence. */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    if (this.isDisposed) {
      return;
    }
    const sort = isForm(model.data[FIGURE_MIME]) ? 'form' : 'figure';
    if (!this._content || this._sort !== sort) {
      this._content?.dispose();
      this._content = this._factories[sort]();
      this._sort = sort;
      (this.layout as PanelLayout).addWidget(this._content);
    }
    await this._content.renderModel(model);
  }
}
