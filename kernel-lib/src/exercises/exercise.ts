import { knownOptions, rangeError, show } from '../errors';
import { idOf, listOf, textOf } from '../quiz/checks';
import { Form } from '../quiz/form';
import { QUIZ_LIMITS, type ExerciseAnswer, type ExercisePayload } from '../quiz/format';
import { isRightAnswer } from '../quiz/judge';
import { exerciseMarkdown } from '../quiz/markdown';

/** Options of `exercise`. */
export interface ExerciseOptions {
  /** Names the exercise: a reader's answer is kept under it. */
  id: string;
  /** Default: `'Exercise'`. */
  title?: string;
  /** What to find: Markdown with formulas between `$`. */
  task: string;
  /** A number, with how far off it may be (`within`, default a thousandth of it), or texts that count as right. */
  answer: number | { value: number; within: number } | string | readonly string[];
  /** Shown one by one. Default: none. */
  hints?: readonly string[];
  /** How one finds it. */
  solution: string;
}

function answerOf(answer: ExerciseOptions['answer']): ExerciseAnswer {
  const where = 'exercise';
  if (typeof answer === 'string' || Array.isArray(answer)) {
    const accepted = listOf<string>(where, 'answer', [answer].flat(), [1, QUIZ_LIMITS.options]);
    return { type: 'text', accepted: accepted.map(text => textOf(where, 'answer', text)) };
  }
  const given = answer as number | { value: number; within: number };
  const { value, within } =
    typeof given === 'number' ? { value: given, within: Math.abs(given) / 1000 } : (given ?? {});
  if (!Number.isFinite(value) || !(within >= 0) || !Number.isFinite(within)) {
    throw rangeError(
      where,
      '`answer` must be a finite number with `within >= 0`, or texts',
      show(answer),
      'For example 0.73, { value: 0.73, within: 0.01 } or "overflow".'
    );
  }
  return { type: 'number', value, within };
}

/** An exercise whose answer is a number or a word: a form in JupyterLab, text elsewhere. */
export class Exercise extends Form<ExercisePayload> {
  /** @throws TypeError or RangeError naming the field that is wrong. */
  constructor(options: ExerciseOptions) {
    const where = 'exercise';
    knownOptions(where, options, ['id', 'title', 'task', 'answer', 'hints', 'solution']);
    super({
      kind: 'exercise',
      version: 1,
      id: idOf(where, options.id),
      title: textOf(where, 'title', options.title ?? 'Exercise'),
      task: textOf(where, 'task', options.task),
      answer: answerOf(options.answer),
      hints: listOf<string>(where, 'hints', options.hints ?? [], [0, QUIZ_LIMITS.hints]).map(hint =>
        textOf(where, 'hints', hint)
      ),
      solution: textOf(where, 'solution', options.solution)
    });
  }

  /** Whether an answer is right. A text is compared without regard to case and outer spaces. */
  answer(given: number | string): boolean {
    return isRightAnswer(this.payload.answer, given);
  }

  /** A few words. */
  toString(): string {
    return `Exercise: ${this.payload.title}`;
  }

  /** The task as text, with hints and solution folded. */
  protected toMarkdown(): string {
    return exerciseMarkdown(this.payload);
  }
}

/**
 * An exercise with a number or a word as its answer. As a cell's last expression it shows itself: in JupyterLab as a
 * form with hints that answers at once, elsewhere as text with hints and solution folded.
 * @throws TypeError or RangeError naming the field that is wrong.
 * @example
 * const first = exercise({
 *   id: 'largest',
 *   task: 'What is the largest probability that softmax gives for $z = (5, 2, -1, 3)$?',
 *   answer: { value: 0.842, within: 0.001 },
 *   hints: ['$e^5 = 148.4$'],
 *   solution: '$148.4 / (148.4 + 7.4 + 0.4 + 20.1) = 0.842$'
 * });
 * first.answer(0.842) // true
 */
export function exercise(options: ExerciseOptions): Exercise {
  return new Exercise(options);
}
