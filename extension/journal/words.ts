/** What a journal's document says of its file, in sentences. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Reading } from './reading';

const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

export function progressWords(
  trans: TranslationBundle,
  bytes: number,
  size: number | undefined
): string {
  return size === undefined
    ? trans.__('Reading: %1 MB', megabytes(bytes))
    : trans.__('Reading: %1 of %2 MB', megabytes(bytes), megabytes(size));
}

/** How the file stands, and what about it is not as usual; nothing where all is well. */
export function stateWords(
  { tail, names, restarts }: Pick<Reading, 'tail' | 'names' | 'restarts'>,
  trans: TranslationBundle
): string[] {
  const { state, damage } = tail;
  const words: string[] = [];
  if (state === 'missing') {
    words.push(
      names.length > 0
        ? trans.__('The file is not there any more. This is what was read of it.')
        : trans.__('There is no such file. It is shown as soon as there is one.')
    );
  } else if (state === 'empty') {
    words.push(trans.__('The file is empty. It is shown as soon as something is written.'));
  } else if (state === 'other') {
    words.push(
      trans.__('This file is not a journal of studies: those begin with {"op_code":. Open it with another program.') // prettier-ignore
    );
  } else if (names.length === 0) {
    words.push(trans.__('There is no study in this journal.'));
  }
  if (restarts > 0 && state !== 'missing') {
    words.push(trans.__('The file was cut or replaced since it was opened: it was read anew.'));
  }
  if (damage) {
    words.push(
      trans._n(
        '%1 line could not be read and was left out: %2.',
        '%1 lines could not be read and were left out, the first because of this: %2.',
        damage.lines,
        damage.first
      )
    );
  }
  return words;
}

export function failureWords(error: unknown, trans: TranslationBundle): string {
  const why = error instanceof Error ? error.message : String(error);
  return trans.__('The file cannot be read now (%1). This is tried again.', why);
}
