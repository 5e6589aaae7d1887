/** The list of lectures in a dialog, which works in JupyterLab and in Notebook alike. */
import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import type { Lecture } from './catalogue';

/** Radio buttons, one for each lecture. */
class LectureList extends Widget implements Dialog.IBodyWidget<Lecture> {
  private readonly _inputs: HTMLInputElement[];

  constructor(
    private readonly _lectures: readonly Lecture[],
    trans: TranslationBundle
  ) {
    super({ node: document.createElement('fieldset') });
    this.addClass('jp-TunelabLectures');
    this.node.setAttribute('aria-label', trans.__('Lectures'));
    this._inputs = _lectures.map((_, i) => {
      const input = document.createElement('input');
      input.type = 'radio';
      input.name = 'jp-tunelab-lecture';
      input.checked = i === 0;
      return input;
    });
    this.node.append(..._lectures.map((lecture, i) => this._option(lecture, this._inputs[i])));
  }

  getValue(): Lecture {
    return this._lectures[
      Math.max(
        0,
        this._inputs.findIndex(input => input.checked)
      )
    ];
  }

  private _option({ title, summary }: Lecture, input: HTMLInputElement): HTMLElement {
    const label = document.createElement('label');
    label.className = 'jp-TunelabLectures-option';
    const words = document.createElement('span');
    words.textContent = title;
    const more = document.createElement('span');
    more.className = 'jp-TunelabLectures-summary';
    more.textContent = summary;
    words.append(more);
    label.append(input, words);
    return label;
  }
}

/** Lets the reader choose; `null` if they go back. */
export async function chooseLecture(
  lectures: readonly Lecture[],
  trans: TranslationBundle
): Promise<Lecture | null> {
  const result = await showDialog({
    title: trans.__('Lectures'),
    body: new LectureList(lectures, trans),
    focusNodeSelector: 'input[type="radio"]:checked',
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Copy and open') })]
  });
  return result.button.accept ? result.value : null;
}
