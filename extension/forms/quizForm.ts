/** A quiz: its questions one below the other, the score under them. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { QuizPayload } from 'tunelab/dist/quiz/format';
import { isRightChoice } from 'tunelab/dist/quiz/judge';
import { button, element } from './dom';
import type { FormContent } from './formRenderer';
import type { MarkdownTexts } from './markdown';
import { QuestionForm } from './question';

export class QuizForm implements FormContent {
  readonly nodes: readonly HTMLElement[];
  private readonly _chosen = new Map<string, readonly number[]>();
  private readonly _questions: readonly QuestionForm[];
  private readonly _score = element('p', 'score', { role: 'status' });

  constructor(
    private readonly _quiz: QuizPayload,
    texts: MarkdownTexts,
    private readonly _trans: TranslationBundle,
    private readonly _save: (answers: Record<string, number[]>) => void
  ) {
    this._questions = _quiz.questions.map(
      (question, i) =>
        new QuestionForm(question, i + 1, texts, _trans, chosen => {
          this._chosen.set(question.id, chosen);
          this._changed();
        })
    );
    const again = button('again', _trans.__('Start again'), () => this._reset());
    this.nodes = [
      ...this._questions.map(({ node }) => node),
      element('div', 'footer', {}, this._score, again)
    ];
    this._count();
  }

  /** What does not fit the questions is left out: a state may come from anywhere. */
  restore(stored: Readonly<Record<string, unknown>>): void {
    this._quiz.questions.forEach(({ id, options }, i) => {
      const places = Object.hasOwn(stored, id) ? stored[id] : undefined;
      const fits = (place: unknown): boolean => options.some((_, at) => at === place);
      if (Array.isArray(places) && places.length > 0 && places.every(fits)) {
        this._chosen.set(id, places as number[]);
        this._questions[i].restore(places as number[]);
      }
    });
    this._count();
  }

  private _reset(): void {
    this._chosen.clear();
    for (const question of this._questions) {
      question.reset();
    }
    this._changed();
  }

  private _changed(): void {
    this._count();
    this._save(Object.fromEntries([...this._chosen].map(([id, places]) => [id, [...places]])));
  }

  private _count(): void {
    const { questions } = this._quiz;
    const right = questions.filter(({ id, correct }) =>
      isRightChoice(correct, this._chosen.get(id) ?? [])
    ).length;
    const words = this._trans.__(
      'Score: %1 of %2 right, %3 answered.',
      right,
      questions.length,
      this._chosen.size
    );
    // A live region that is written again is read again.
    if (this._score.textContent !== words) {
      this._score.textContent = words;
    }
  }
}
