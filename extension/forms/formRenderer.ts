/** Draws a quiz or an exercise in an output area. */
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { FIGURE_MIME } from 'tunelab/dist/figures/payload';
import { parseForm } from 'tunelab/dist/quiz/parse';
import type { FormPayload } from 'tunelab/dist/quiz/parse';
import { messageBox } from '../message';
import { keyOf } from './answers';
import type { Answers } from './answers';
import { element, freshName } from './dom';
import { ExerciseForm } from './exerciseForm';
import { MarkdownTexts } from './markdown';
import { QuizForm } from './quizForm';

/** What a quiz and an exercise have in common. */
export interface FormContent {
  /** To be shown under the title. */
  readonly nodes: readonly HTMLElement[];
  /** Shows answers that were saved before. They may have been written by anything. */
  restore(stored: Readonly<Record<string, unknown>>): void;
}

/** What all forms of the application share. */
export interface FormOptions {
  rendermime: IRenderMimeRegistry;
  answers: Answers;
  trans: TranslationBundle;
}

export class FormRenderer extends Widget implements IRenderMime.IRenderer {
  private readonly _texts: MarkdownTexts;
  private _shown = '';

  constructor(private readonly _options: FormOptions) {
    super();
    this.addClass('jp-TunelabForm');
    this._texts = new MarkdownTexts(_options.rendermime, this);
  }

  /** Never rejects: what cannot be shown is answered by a sentence in the output area. */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    if (this.isDisposed) {
      return;
    }
    let form: FormPayload;
    try {
      form = parseForm(model.data[FIGURE_MIME]);
    } catch (error) {
      this._shown = '';
      this._texts.clear(this.node);
      const { trans } = this._options;
      const title = trans.__('This form cannot be shown');
      this.node.append(messageBox(error, undefined, trans, title));
      return;
    }
    const wanted = JSON.stringify(form);
    // The same once more keeps what the reader is about to choose.
    if (wanted !== this._shown) {
      this._shown = wanted;
      this._show(form);
    }
  }

  private _show(form: FormPayload): void {
    const { answers, trans } = this._options;
    const key = keyOf(form);
    const save = (answer: Record<string, string | number[]>): void => answers.save(key, answer);
    const content: FormContent =
      form.kind === 'quiz'
        ? new QuizForm(form, this._texts, trans, save)
        : new ExerciseForm(form, this._texts, trans, save);
    this._texts.clear(this.node);
    const title = element('div', 'title', { role: 'heading', 'aria-level': '3', id: freshName() });
    this._texts.write(title, form.title);
    this.node.setAttribute('role', 'group');
    this.node.setAttribute('aria-labelledby', title.id);
    this.node.append(title, ...content.nodes);
    const stored = answers.load(key);
    if (typeof stored === 'object' && stored !== null && !Array.isArray(stored)) {
      content.restore(stored as Record<string, unknown>);
    }
  }
}
