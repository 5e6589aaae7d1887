/** Which files are journals of studies, tunelab's or Optuna's own: by their names, and by how they begin. */
import { BEGINNING, decode } from 'tunelab/dist/storage/journal/decode';

/** The file type of `.journal`, and the factory of the document that shows a journal. */
export const JOURNAL_FILE_TYPE = 'tunelab-journal';
export const JOURNAL_FACTORY = 'tunelab journal';

/** `yes` by the name alone; `perhaps`: the first line has to say it, with `beginsJournal`. */
export function mayBeJournal(name: string): 'yes' | 'perhaps' | 'no' {
  if (/\.journal$/i.test(name)) {
    return 'yes';
  }
  return /\.(log|jsonl)$/i.test(name) ? 'perhaps' : 'no';
}

/** Whether a file that begins with this text is a journal. A first line that is cut off is judged by its beginning. */
export function beginsJournal(text: string): boolean {
  const end = text.indexOf('\n');
  return text.startsWith(BEGINNING) && (end < 0 || decode(text.slice(0, end)).isOperation);
}
