import { knownOptions, rangeError, show } from '../errors';
import { idOf, listOf, textOf } from './checks';
import { Form } from './form';
import { OPTION_LETTERS, QUIZ_LIMITS } from './format';
import type { QuizPayload, QuizQuestion, StoredQuestion } from './format';
import { isRightChoice } from './judge';
import { quizMarkdown } from './markdown';

/** Options of `quiz`. */
export interface QuizOptions {
  /** Names the quiz: a reader's answers are kept under it. Default: `'quiz'`. */
  id?: string;
  /** Above the questions. */
  title: string;
  /** 1 to 100 of them. */
  questions: readonly QuizQuestion[];
}

/** How many questions were answered in code, and how many rightly. */
export interface Score {
  answered: number;
  right: number;
  of: number;
}

function questionOf(value: QuizQuestion, i: number): StoredQuestion {
  const where = `quiz: question ${i + 1}`;
  knownOptions(where, value, [
    'id',
    'text',
    'options',
    'correct',
    'several',
    'explanation',
    'experiment'
  ]);
  const options = listOf<string>(where, 'options', value.options, [2, QUIZ_LIMITS.options]).map(
    option => textOf(where, 'options', option)
  );
  const several = value.several ?? false;
  const correct = [
    ...new Set(listOf<number>(where, 'correct', value.correct, [1, options.length]))
  ].sort((a, b) => a - b);
  const odd = correct.find(place => !Number.isInteger(place) || !(place in options));
  if (odd !== undefined) {
    throw rangeError(
      where,
      `\`correct\` holds places of options, 0 to ${options.length - 1}`,
      show(odd),
      'The first option has the place 0.'
    );
  }
  if (!several && correct.length !== 1) {
    throw rangeError(
      where,
      'exactly one option must be right',
      `correct=${show(correct)}`,
      'With `several: true` more may be.'
    );
  }
  return {
    id: idOf(where, value.id),
    text: textOf(where, 'text', value.text),
    options,
    correct,
    several,
    explanation: textOf(where, 'explanation', value.explanation),
    ...(value.experiment !== undefined && {
      experiment: textOf(where, 'experiment', value.experiment)
    })
  };
}

/** A quiz: shown as a form in JupyterLab, as text elsewhere; answered there or in code. */
export class Quiz extends Form<QuizPayload> {
  readonly #answers = new Map<string, boolean>();

  /** @throws TypeError or RangeError naming the question and the field that is wrong. */
  constructor(options: QuizOptions) {
    knownOptions('quiz', options, ['id', 'title', 'questions']);
    const questions = listOf<QuizQuestion>('quiz', 'questions', options.questions, [
      1,
      QUIZ_LIMITS.questions
    ]).map(questionOf);
    const twice = questions.find(({ id }, i) => questions.findIndex(one => one.id === id) !== i);
    if (twice) {
      throw rangeError('quiz', 'each question has an id of its own', twice.id, 'Rename one.');
    }
    super({
      kind: 'quiz',
      version: 1,
      id: idOf('quiz', options.id ?? 'quiz'),
      title: textOf('quiz', 'title', options.title),
      questions
    });
  }

  /**
   * Answers a question from code; the last answer counts.
   * @param id of the question
   * @param letters of all options that hold: `'a'`, or `'b, d'`
   * @returns whether it is right, and why
   * @throws RangeError if there is no such question or option.
   */
  answer(id: string, letters: string): { right: boolean; explanation: string } {
    const question = this.payload.questions.find(one => one.id === id);
    if (!question) {
      throw rangeError(
        'quiz.answer',
        `questions are ${this.payload.questions.map(one => one.id).join(', ')}`,
        show(id),
        'Name one of them.'
      );
    }
    const named = String(letters)
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean);
    const known = OPTION_LETTERS.slice(0, question.options.length);
    const odd = named.find(letter => letter.length !== 1 || !known.includes(letter));
    if (odd !== undefined) {
      throw rangeError(
        'quiz.answer',
        `options are ${[...known].join(', ')}`,
        show(odd),
        "Write for example quiz.answer(id, 'a')."
      );
    }
    const places = [...new Set(named)].map(letter => known.indexOf(letter));
    const right = isRightChoice(question.correct, places);
    this.#answers.set(id, right);
    return { right, explanation: question.explanation };
  }

  /** Of the answers given in code. */
  get score(): Score {
    const given = [...this.#answers.values()];
    return {
      answered: given.length,
      right: given.filter(Boolean).length,
      of: this.payload.questions.length
    };
  }

  /** A few words. */
  toString(): string {
    return `Quiz: ${this.payload.title}, ${this.payload.questions.length} questions`;
  }

  /** The questions as text, with the answers folded. */
  protected toMarkdown(): string {
    return quizMarkdown(this.payload);
  }
}

/**
 * A quiz of single or multiple choice, each question with an explanation. As a cell's last expression it shows itself:
 * in JupyterLab as a form that answers at once and keeps the score, elsewhere as text with the answers at its end.
 * @throws TypeError or RangeError naming the question and the field that is wrong.
 * @example
 * const small = quiz({
 *   title: 'Softmax',
 *   questions: [
 *     {
 *       id: 'sum',
 *       text: 'What do the outputs of softmax add up to?',
 *       options: ['$0$', '$1$', 'the number of classes'],
 *       correct: [1],
 *       explanation: 'Each is divided by the sum of all.'
 *     }
 *   ]
 * });
 * small.answer('sum', 'b').right // true
 */
export function quiz(options: QuizOptions): Quiz {
  return new Quiz(options);
}
