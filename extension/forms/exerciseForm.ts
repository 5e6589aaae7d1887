/** An exercise: a task, a field for its answer, hints one by one and the solution. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ExercisePayload } from 'tunelab/dist/quiz/format';
import { isRightAnswer, numberIn } from 'tunelab/dist/quiz/judge';
import { button, element, formOf, freshName } from './dom';
import type { FormContent } from './formRenderer';
import type { MarkdownTexts } from './markdown';
import { Verdict } from './verdict';

/** Characters of an answer; nobody writes as many, and it is stored. */
const LONGEST = 1000;

export class ExerciseForm implements FormContent {
  readonly nodes: readonly HTMLElement[];
  private readonly _input = element('input', 'answer', {
    type: 'text',
    id: freshName(),
    maxlength: String(LONGEST),
    spellcheck: 'false'
  });
  private readonly _hints = element('ol', 'hints');
  private readonly _solution = element('div', 'solution', { role: 'status', id: freshName() });
  private readonly _hintButton: HTMLButtonElement;
  private readonly _solutionButton: HTMLButtonElement;
  private readonly _verdict: Verdict;

  constructor(
    private readonly _exercise: ExercisePayload,
    private readonly _texts: MarkdownTexts,
    private readonly _trans: TranslationBundle,
    private readonly _save: (answer: Record<string, string>) => void
  ) {
    this._verdict = new Verdict(_texts, _trans);
    if (_exercise.answer.type === 'number') {
      this._input.inputMode = 'decimal';
    }
    this._input.addEventListener('input', () => this._verdict.clear());
    const task = element('div', 'text');
    _texts.write(task, _exercise.task);
    const label = element('label', 'label', { for: this._input.id }, _trans.__('Your answer'));
    const check = button('check', _trans.__('Check'));
    const form = formOf('exercise', () => this._check());
    const legend = element('legend', 'legend', {}, task);
    const line = element('div', 'line', {}, label, this._input, check);
    form.append(element('fieldset', 'fieldset', {}, legend, line), this._verdict.node);
    this._hintButton = button('more', '', () => this._hint());
    this._solutionButton = button('more', '', () => this._showSolution(!this._isSolved));
    this._solutionButton.setAttribute('aria-controls', this._solution.id);
    const again = button('again', _trans.__('Start again'), () => this._reset());
    this.nodes = [
      form,
      // Around the list: a list with another role is none.
      element('div', 'status', { role: 'status' }, this._hints),
      this._solution,
      element('div', 'footer', {}, this._hintButton, this._solutionButton, again)
    ];
    this._showSolution(false);
    this._nameHint();
  }

  /** Shows what was answered before. */
  restore(stored: Readonly<Record<string, unknown>>): void {
    const { given } = stored;
    if (typeof given === 'string' && given.trim() !== '') {
      this._input.value = given.slice(0, LONGEST);
      this._judge();
    }
  }

  private get _isSolved(): boolean {
    return this._solutionButton.getAttribute('aria-expanded') === 'true';
  }

  private _check(): void {
    const given = this._input.value.trim();
    if (given === '') {
      this._verdict.say(this._trans.__('Write an answer first.'));
    } else if (this._judge()) {
      this._save({ given });
    }
  }

  /** Says whether the answer is right; false if there is nothing to judge. */
  private _judge(): boolean {
    const { answer } = this._exercise;
    const given = this._input.value;
    if (answer.type === 'number' && Number.isNaN(numberIn(given))) {
      this._verdict.say(this._trans.__('The answer is a number: write it like 0.73 or 1e-3.'));
      return false;
    }
    this._verdict.show(isRightAnswer(answer, given));
    return true;
  }

  private _hint(): void {
    if (this._hints.childElementCount === this._exercise.hints.length) {
      return;
    }
    const place = element('li', 'hint');
    const text = element('div', 'text');
    place.append(text);
    this._texts.write(text, this._exercise.hints[this._hints.childElementCount]);
    this._hints.append(place);
    this._nameHint();
  }

  private _nameHint(): void {
    const [shown, all] = [this._hints.childElementCount, this._exercise.hints.length];
    this._hintButton.hidden = all === 0;
    // Not disabled, or the focus would be lost from under the finger that pressed it last.
    this._hintButton.setAttribute('aria-disabled', String(shown === all));
    this._hintButton.textContent =
      shown === all
        ? this._trans.__('No more hints')
        : this._trans.__('Show hint %1 of %2', shown + 1, all);
  }

  private _showSolution(shown: boolean): void {
    this._solutionButton.setAttribute('aria-expanded', String(shown));
    this._solutionButton.textContent = shown
      ? this._trans.__('Hide the solution')
      : this._trans.__('Show the solution');
    if (shown) {
      this._texts.write(this._solution, this._exercise.solution);
    } else {
      this._texts.clear(this._solution);
    }
  }

  private _reset(): void {
    this._input.value = '';
    this._verdict.clear();
    this._texts.clear(this._hints);
    this._nameHint();
    this._showSolution(false);
    this._save({});
  }
}
