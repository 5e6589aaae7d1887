/** Reads a quiz or an exercise that may come from anywhere, as `parsePayload` reads a figure. */
import { pick } from '../figures/parse/pick';
import { NEWER, wrongType, wrongValue } from '../figures/parse/sentences';
import { validate } from '../figures/parse/validate';
import type { ExercisePayload, QuizPayload } from './format';

/** What is shown as a form. */
export type FormPayload = QuizPayload | ExercisePayload;

const own = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;

/** Whether a payload says that it is a quiz or an exercise; it may be damaged all the same. */
export function isForm(value: unknown): boolean {
  return ['quiz', 'exercise'].includes(own(value, 'kind') as string);
}

function checkQuestions({ questions }: QuizPayload): void {
  const ids = new Set<string>();
  questions.forEach(({ id, options, correct, several }, i) => {
    const where = `payload.questions[${i}]`;
    if (ids.has(id)) {
      throw wrongValue(`${where}.id`, 'each question has an id of its own', id);
    }
    ids.add(id);
    const beyond = correct.find(place => place >= options.length);
    if (beyond !== undefined) {
      throw wrongValue(`${where}.correct`, `must be below ${options.length}`, beyond);
    }
    if (new Set(correct).size < correct.length) {
      throw wrongValue(`${where}.correct`, 'must not repeat itself', correct.join(', '));
    }
    if (!several && correct.length !== 1) {
      throw wrongValue(`${where}.correct`, 'exactly one option must be right', correct.join(', '));
    }
  });
}

/**
 * Checks everything that FORMAT.md says of a quiz or an exercise and returns a clean copy of it.
 * @throws TypeError or RangeError whose message names the field, says what must hold and what came.
 * @example parseForm(JSON.parse(text)).title
 */
export function parseForm(value: unknown): FormPayload {
  if (!isForm(value)) {
    throw wrongType('payload.kind', 'must be `quiz` or `exercise`', own(value, 'kind'));
  }
  if (own(value, 'version') !== 1) {
    throw wrongValue('payload.version', 'this version reads 1', own(value, 'version'), NEWER);
  }
  const shape = own(value, 'kind') === 'quiz' ? 'quiz1' : 'exercise1';
  validate(shape, value);
  const payload = pick<FormPayload>(shape, value);
  if (payload.kind === 'quiz') {
    checkQuestions(payload);
  }
  return payload;
}
