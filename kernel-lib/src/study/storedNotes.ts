import type { Json, Operation } from '../storage/operation';
import { storable } from '../storage/storable';
import type { StudyNotes } from './book';
import type { Notes } from './ledger';
import { RESERVED } from './notes';
import type { StoredStudy } from './replay';

/** The longest piece of a note that optuna-dashboard keeps in one attribute. */
const PIECE = 2045;
const TAGS = 'tunelab:tags';

// Notes of studies and trials lie in attributes of the study, as optuna-dashboard has them and shows them: Optuna
// takes no more attributes for a trial that has ended. Tags lie beside them.
const noteKey = (trial?: number) => `dashboard:${trial === undefined ? '' : `${trial}:`}note_`;
const tagsKey = (trial?: number) => (trial === undefined ? TAGS : `${TAGS}:${trial}`);

/** The trial (by its id in the storage) that an attribute of the study speaks of; `undefined` for the study itself. */
export function trialOf(key: string): number | undefined {
  const match = /^(?:dashboard:(\d+):note_|tunelab:tags:(\d+)$)/.exec(key);
  return match ? Number(match[1] ?? match[2]) : undefined;
}

/** The note and the tags of a study, or of a trial by its id in the storage; without those that there are none of. */
export function readNotes(
  { systemAttributes, userAttributes }: StoredStudy,
  trial?: number
): Pick<Notes, 'note' | 'tags'> {
  const pieces: string[] = [];
  for (let i = 0; ; i++) {
    const piece = systemAttributes.get(`${noteKey(trial)}str:${i}`);
    if (typeof piece !== 'string' || piece === '') {
      break;
    }
    pieces.push(piece);
  }
  const tags = userAttributes.get(tagsKey(trial));
  return {
    ...(pieces.length > 0 && { note: pieces.join('') }),
    ...(Array.isArray(tags) && tags.length > 0 && { tags: Object.freeze(tags.map(String)) })
  };
}

/** The notes of a study, complete. */
export function studyNotes(study: StoredStudy): StudyNotes {
  const attributes = [...study.userAttributes].filter(([name]) => !name.startsWith(RESERVED));
  const { note, tags = Object.freeze([]) } = readNotes(study);
  return { attributes: Object.freeze(Object.fromEntries(attributes)), note, tags };
}

/** The operations that write notes down, about the study or about a trial by its id in the storage. */
export function noteOperations(study: StoredStudy, notes: Notes, trial?: number): Operation[] {
  const { attributes = {}, note, tags } = notes;
  const operations: Operation[] = Object.entries(attributes).map(([key, value]) =>
    trial === undefined
      ? { op: 'studyUserAttribute', study: study.id, key, value: storable(value) }
      : { op: 'trialUserAttribute', trial, key, value: storable(value) }
  );
  if (note !== undefined) {
    const set = (name: string, value: Json) =>
      operations.push({
        op: 'studySystemAttribute',
        study: study.id,
        key: `${noteKey(trial)}${name}`,
        value
      });
    const version = study.systemAttributes.get(`${noteKey(trial)}ver`);
    set('ver', (typeof version === 'number' ? version : 0) + 1);
    const pieces = Math.ceil(note.length / PIECE);
    // Pieces of a longer note before are emptied.
    for (
      let i = 0;
      i < pieces || study.systemAttributes.get(`${noteKey(trial)}str:${i}`) !== undefined;
      i++
    ) {
      set(`str:${i}`, note.slice(i * PIECE, (i + 1) * PIECE));
    }
  }
  if (tags) {
    operations.push({
      op: 'studyUserAttribute',
      study: study.id,
      key: tagsKey(trial),
      value: tags
    });
  }
  return operations;
}
