/** Whether an answer is right: the same in a form and in code. */
import type { ExerciseAnswer } from './format';

/** @param chosen places of options, in any order, without repeats */
export function isRightChoice(correct: readonly number[], chosen: readonly number[]): boolean {
  return correct.length === chosen.length && correct.every(place => chosen.includes(place));
}

/** The number that somebody wrote; NaN if it is none. */
export function numberIn(text: string): number {
  return Number(text.trim() || NaN);
}

/** A text is compared without regard to case and outer spaces. */
export function isRightAnswer(answer: ExerciseAnswer, given: number | string): boolean {
  if (answer.type === 'number') {
    const number = typeof given === 'number' ? given : numberIn(String(given));
    return Math.abs(number - answer.value) <= answer.within;
  }
  const plain = (text: string): string => text.trim().toLowerCase();
  return answer.accepted.some(text => plain(text) === plain(String(given)));
}
