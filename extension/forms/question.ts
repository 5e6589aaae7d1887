/** One question of a quiz: options to choose from and a button that checks them. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { OPTION_LETTERS } from 'tunelab/dist/quiz/format';
import type { StoredQuestion } from 'tunelab/dist/quiz/format';
import { isRightChoice } from 'tunelab/dist/quiz/judge';
import { button, element, formOf, freshName } from './dom';
import type { MarkdownTexts } from './markdown';
import { Verdict } from './verdict';

export class QuestionForm {
  readonly node: HTMLElement;
  private readonly _inputs: readonly HTMLInputElement[];
  private readonly _verdict: Verdict;

  /** @param _checked is told the places that were chosen */
  constructor(
    private readonly _question: StoredQuestion,
    number: number,
    texts: MarkdownTexts,
    private readonly _trans: TranslationBundle,
    private readonly _checked: (chosen: number[]) => void
  ) {
    const name = freshName();
    this._verdict = new Verdict(texts, _trans);
    this._inputs = _question.options.map(() =>
      element('input', 'input', { type: _question.several ? 'checkbox' : 'radio', name })
    );
    const text = element('div', 'text');
    const legend = element('legend', 'legend', {}, `${number}. `, text);
    if (_question.several) {
      legend.append(element('span', 'hint', {}, _trans.__('All that apply.')));
    }
    const options = _question.options.map((option, i) => {
      const label = element('div', 'text');
      texts.write(label, option);
      const letter = element('span', 'letter', {}, OPTION_LETTERS[i]);
      return element('label', 'option', {}, this._inputs[i], letter, label);
    });
    texts.write(text, _question.text);
    const form = formOf('question', () => this._check());
    form.append(
      element('fieldset', 'fieldset', {}, legend, ...options, button('check', _trans.__('Check'))),
      this._verdict.node
    );
    // What was said is of another choice.
    form.addEventListener('change', () => this._verdict.clear());
    this.node = form;
  }

  /** Chooses and shows what was answered before. */
  restore(chosen: readonly number[]): void {
    this._inputs.forEach((input, i) => {
      input.checked = chosen.includes(i);
    });
    this._judge(chosen);
  }

  /** As if it had never been answered. */
  reset(): void {
    for (const input of this._inputs) {
      input.checked = false;
    }
    this._verdict.clear();
  }

  private _check(): void {
    const chosen = this._inputs.flatMap((input, i) => (input.checked ? [i] : []));
    if (chosen.length === 0) {
      this._verdict.say(this._trans.__('Choose an answer first.'));
      return;
    }
    this._judge(chosen);
    this._checked(chosen);
  }

  private _judge(chosen: readonly number[]): void {
    const { correct, explanation, experiment } = this._question;
    const tryIt = experiment === undefined ? [] : [this._trans.__('Try it: %1', experiment)];
    this._verdict.show(isRightChoice(correct, chosen), explanation, ...tryIt);
  }
}
