/** Markdown with formulas inside a form, drawn by JupyterLab's own sanitizing renderer. */
import { MimeModel } from '@jupyterlab/rendermime';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { MessageLoop } from '@lumino/messaging';
import { PanelLayout, Widget } from '@lumino/widgets';

const MARKDOWN = 'text/markdown';

/** Keeps widgets where a form has put their nodes, and tells them when the page has them. */
class ScatteredLayout extends PanelLayout {
  protected override attachWidget(_index: number, widget: Widget): void {
    if (this.parent!.isAttached) {
      MessageLoop.sendMessage(widget, Widget.Msg.BeforeAttach);
      MessageLoop.sendMessage(widget, Widget.Msg.AfterAttach);
    }
  }

  protected override detachWidget(_index: number, widget: Widget): void {
    if (this.parent!.isAttached) {
      MessageLoop.sendMessage(widget, Widget.Msg.BeforeDetach);
    }
    widget.node.remove();
    if (this.parent!.isAttached) {
      MessageLoop.sendMessage(widget, Widget.Msg.AfterDetach);
    }
  }
}

/** Writes Markdown into elements of one widget. */
export class MarkdownTexts {
  private readonly _layout = new ScatteredLayout();

  constructor(
    private readonly _rendermime: IRenderMimeRegistry,
    private readonly _owner: Widget
  ) {
    _owner.layout = this._layout;
  }

  /** Puts a text into `host`, in place of what is there: at once as it is written, soon as Markdown. */
  write(host: HTMLElement, text: string): void {
    this.clear(host);
    host.textContent = text;
    this._render(host, text).catch((error: unknown) => {
      console.warn('A text could not be drawn as Markdown.', error);
    });
  }

  /** Empties `host` and disposes what was drawn in it. */
  clear(host: HTMLElement): void {
    for (const widget of [...this._layout.widgets]) {
      if (host.contains(widget.node)) {
        widget.dispose();
      }
    }
    host.replaceChildren();
  }

  private async _render(host: HTMLElement, text: string): Promise<void> {
    const renderer = this._rendermime.createRenderer(MARKDOWN);
    // Never as trusted, also in a trusted notebook: then HTML in the text passes the sanitizer.
    await renderer.renderModel(new MimeModel({ data: { [MARKDOWN]: text }, trusted: false }));
    const isWanted = host.textContent === text && host.childElementCount === 0;
    if (this._owner.isDisposed || !isWanted) {
      renderer.dispose();
      return;
    }
    host.replaceChildren(renderer.node);
    // Formulas are typeset when a text is attached, so that it comes here when it is drawn.
    this._layout.addWidget(renderer);
  }
}
