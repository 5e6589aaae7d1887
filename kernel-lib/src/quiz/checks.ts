/** What all texts, lists and names of quizzes and exercises must be. */
import { rangeError, show, typeError } from '../errors';
import { ID, QUIZ_LIMITS } from './format';

export function textOf(where: string, name: string, value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '' || value.length > QUIZ_LIMITS.text) {
    throw typeError(
      where,
      `\`${name}\` must be a text of 1 to ${QUIZ_LIMITS.text} characters`,
      typeof value === 'string' && value !== '' ? `${value.length} characters` : show(value),
      'Write Markdown, with formulas between dollar signs.'
    );
  }
  return value;
}

export function idOf(where: string, value: unknown): string {
  if (typeof value !== 'string' || !ID.test(value)) {
    throw rangeError(
      where,
      '`id` must be 1 to 64 letters, digits, `.`, `_` or `-`',
      show(value),
      'For example grid-or-random.'
    );
  }
  return value;
}

export function listOf<T>(
  where: string,
  name: string,
  value: unknown,
  [least, most]: readonly [number, number]
): readonly T[] {
  if (!Array.isArray(value) || value.length < least || value.length > most) {
    throw rangeError(
      where,
      `\`${name}\` must be a list of ${least} to ${most}`,
      Array.isArray(value) ? `${value.length}` : show(value),
      'Correct the list.'
    );
  }
  return value as readonly T[];
}
