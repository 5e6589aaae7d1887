/** What is stored of quizzes and exercises: see FORMAT.md. Texts are Markdown with formulas between `$`, never HTML. */

/** A question with options to choose from. */
export interface QuizQuestion {
  /** Letters, digits, `.`, `_` and `-`; names it when it is answered from code. */
  id: string;
  text: string;
  options: readonly string[];
  /** Places of the right options, from 0. */
  correct: readonly number[];
  /** Any number of options may be right. Default: `false`, exactly one is. */
  several?: boolean;
  /** Shown with the answer. */
  explanation: string;
  /** Where to see it oneself, such as a cell's title. */
  experiment?: string;
}

/** A question as it is stored: nothing is left to a default. */
export type StoredQuestion = QuizQuestion & Required<Pick<QuizQuestion, 'several'>>;

export interface QuizPayload {
  kind: 'quiz';
  version: 1;
  id: string;
  title: string;
  questions: StoredQuestion[];
}

/** What counts as right: a number within a distance, or one of some texts (without regard to case and outer spaces). */
export type ExerciseAnswer =
  { type: 'number'; value: number; within: number } | { type: 'text'; accepted: readonly string[] };

export interface ExercisePayload {
  kind: 'exercise';
  version: 1;
  id: string;
  title: string;
  /** What to find. */
  task: string;
  answer: ExerciseAnswer;
  /** Shown one by one. */
  hints: readonly string[];
  solution: string;
}

/** Limits that readers hold payloads to. */
export const QUIZ_LIMITS = { questions: 100, options: 20, hints: 10, text: 10_000 } as const;

/** What readers call the options of a question, in their order. */
export const OPTION_LETTERS = 'abcdefghijklmnopqrst';

export const ID = /^[\w.-]{1,64}$/;
