import { rangeError, show, typeError } from '../errors';

/** An argument: texts and names of hyperparameters by turns, `['--lr=', 'learningRate', '']`. */
export type Argument = readonly string[];

/** Beside the hyperparameters: what a trial has. */
export const OF_TRIAL = ['seed', 'trial'];

/**
 * Splits a command into its program and arguments: at blanks, but not inside of single or double quotes, of which there
 * is no other meaning, and nothing else has one either: no shell reads it.
 * @throws RangeError for a quote that is not closed.
 */
export function splitCommand(text: string): string[] {
  const found: string[] = [];
  let current: string | undefined;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"' || char === "'") {
      const close = text.indexOf(char, i + 1);
      if (close < 0) {
        throw rangeError(
          'command',
          'each quote must be closed',
          `one at character ${i + 1} of ${show(text)}`,
          'Close it, or pass program and arguments in an array.'
        );
      }
      current = (current ?? '') + text.slice(i + 1, close);
      i = close;
    } else if (/\s/.test(char)) {
      if (current !== undefined) {
        found.push(current);
      }
      current = undefined;
    } else {
      current = (current ?? '') + char;
    }
  }
  return current === undefined ? found : [...found, current];
}

/** Finds the placeholders of an argument: `{name}`; `{{` and `}}` stand for braces. */
export function readArgument(text: string): Argument {
  const pieces: string[] = [''];
  const last = () => pieces.length - 1;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    const close = char === '{' ? text.indexOf('}', i) : -1;
    if ((char === '{' || char === '}') && text[i + 1] === char) {
      pieces[last()] += char;
      i++;
    } else if (close > i + 1) {
      pieces.push(text.slice(i + 1, close).trim(), '');
      i = close;
    } else if (char === '{' || char === '}') {
      throw rangeError(
        'command',
        'a brace begins or ends the name of a hyperparameter',
        show(text),
        'Write {learningRate} for a hyperparameter, {{ and }} for braces.'
      );
    } else {
      pieces[last()] += char;
    }
  }
  return pieces;
}

/** The names in an argument. */
export const namesOf = (argument: Argument): string[] => argument.filter((_, i) => i % 2 === 1);

/**
 * Puts the values in the places of their names. An argument stays one, whatever a value holds.
 * @throws RangeError for a name without a value.
 */
export function fillArgument(
  argument: Argument,
  values: Readonly<Record<string, unknown>>
): string {
  return argument
    .map((piece, i) => (i % 2 === 0 ? piece : asText(piece, values[piece], values)))
    .join('');
}

function asText(name: string, value: unknown, values: object): string {
  if (value === undefined) {
    throw rangeError(
      'command',
      'each {name} must be a hyperparameter of the configuration, `seed` or `trial`',
      `{${name}} for the configuration ${show(values)}`,
      'Correct the name. A hyperparameter that does not always exist needs an objective of its own.'
    );
  }
  if (typeof value === 'string' && value.includes('\0')) {
    throw typeError('command', 'an argument must be a text without NUL', show(value), 'Remove it.');
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number);
}
