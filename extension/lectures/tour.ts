/** A tour of three steps: small windows beside what they speak of. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { newElement } from '../dom';

interface Step {
  title: string;
  text: string;
  /** What it speaks of: the first of these that is on the page. */
  targets: readonly string[];
}

function stepsOf(trans: TranslationBundle): Step[] {
  return [
    {
      title: trans.__('Figures answer'),
      text: trans.__(
        'Hover over a trial to see its hyperparameters, drag to zoom, double-click to go back. The controls above a figure change its axes and colours.'
      ),
      targets: ['.jp-NotebookPanel:not(.lm-mod-hidden) .jp-RenderedTunelab-plot:not([hidden])']
    },
    {
      title: trans.__('From a picture to the next search'),
      text: trans.__(
        'Select the region where the good trials lie and press Refine: a cell with the narrowed search appears below. It runs when you run it.'
      ),
      targets: [
        '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-RenderedTunelab-controls:not(:empty)',
        '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-RenderedTunelab-plot:not([hidden])',
        '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-NotebookPanel-toolbar'
      ]
    },
    {
      title: trans.__('Your own copy'),
      text: trans.__(
        'Change what you like: a lecture is a copy in your folder. The command palette has a fresh one under “Lectures”, and this tour.'
      ),
      targets: ['#jp-MainMenu', '#menu-panel']
    }
  ];
}

/** What is on the page and has a size. */
function find(targets: readonly string[]): HTMLElement | null {
  for (const selector of targets) {
    for (const found of Array.from(document.querySelectorAll<HTMLElement>(selector))) {
      const { width, height, bottom, top } = found.getBoundingClientRect();
      if (width > 0 && height > 0 && bottom > 0 && top < window.innerHeight) {
        return found;
      }
    }
  }
  return null;
}

export class Tour {
  private readonly _steps: readonly Step[];
  private readonly _node = document.createElement('div');
  private readonly _before: Element | null = document.activeElement;
  private _target: HTMLElement | null = null;
  private _at = 0;

  /** @param _ended is called once, when it was taken to its end or skipped */
  constructor(
    private readonly _trans: TranslationBundle,
    private readonly _ended: () => void
  ) {
    this._steps = stepsOf(_trans);
    this._node.className = 'jp-TunelabTour';
    this._node.setAttribute('role', 'dialog');
    this._node.addEventListener('keydown', event => {
      if (event.key === 'Escape') {
        this.end();
      }
    });
    document.body.append(this._node);
    this._show(0);
  }

  /** Takes it off the page. May be called twice. */
  end(): void {
    if (!this._node.isConnected) {
      return;
    }
    this._target?.classList.remove('jp-TunelabTour-target');
    this._node.remove();
    if (this._before instanceof HTMLElement && this._before.isConnected) {
      this._before.focus();
    }
    this._ended();
  }

  private _show(at: number): void {
    this._at = at;
    const { title, text, targets } = this._steps[at];
    const part = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag, name: string, words: string) =>
      newElement(tag, `jp-TunelabTour-${name}`, [words]);
    const press = (words: string, pressed: () => void): HTMLButtonElement => {
      const made = part('button', 'button', words);
      made.type = 'button';
      made.addEventListener('click', pressed);
      return made;
    };
    const isLast = at === this._steps.length - 1;
    const next = press(isLast ? this._trans.__('Done') : this._trans.__('Next'), () =>
      isLast ? this.end() : this._show(this._at + 1)
    );
    const buttons = part('div', 'buttons', '');
    buttons.append(
      ...(isLast ? [] : [press(this._trans.__('Skip'), () => this.end())]),
      ...(at > 0 ? [press(this._trans.__('Back'), () => this._show(this._at - 1))] : []),
      next
    );
    const heading = part('h2', 'title', title);
    heading.id = 'jp-tunelab-tour-title';
    const words = part('p', 'text', text);
    words.id = 'jp-tunelab-tour-text';
    const place = part('span', 'place', this._trans.__('%1 of %2', at + 1, this._steps.length));
    buttons.prepend(place);
    this._node.setAttribute('aria-labelledby', heading.id);
    this._node.setAttribute('aria-describedby', words.id);
    this._node.replaceChildren(heading, words, buttons);
    this._pointAt(find(targets));
    next.focus();
  }

  /** Stands below what it speaks of, above where there is no room, in the middle of the page otherwise. */
  private _pointAt(target: HTMLElement | null): void {
    this._target?.classList.remove('jp-TunelabTour-target');
    this._target = target;
    target?.classList.add('jp-TunelabTour-target');
    const { offsetWidth: width, offsetHeight: height } = this._node;
    const page = { left: (window.innerWidth - width) / 2, top: (window.innerHeight - height) / 2 };
    const box = target?.getBoundingClientRect();
    const [below, above] = box ? [box.bottom + 8, box.top - height - 8] : [page.top, page.top];
    const fits = (top: number): boolean => top >= 8 && top + height <= window.innerHeight - 8;
    const top = fits(below) ? below : fits(above) ? above : page.top;
    const left = Math.min(Math.max(8, box?.left ?? page.left), window.innerWidth - width - 8);
    this._node.style.top = `${Math.round(top)}px`;
    this._node.style.left = `${Math.round(left)}px`;
  }
}
