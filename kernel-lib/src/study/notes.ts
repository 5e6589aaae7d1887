import { knownOptions, rangeError, show, typeError } from '../errors';
import type { Trial } from '../trials/trial';
import type { Notes } from './ledger';

/** Attributes with this beginning are tunelab's own in a storage. */
export const RESERVED = 'tunelab:';

/**
 * Checks what somebody wants to write down.
 * @param trial what it is about; the study itself without one
 * @throws RangeError for attributes of a trial that has ended, or reserved names; TypeError for what is no text.
 */
export function checkNotes(notes: Notes, trial?: Trial<unknown>): void {
  const where = 'study.annotate';
  knownOptions(where, notes, ['attributes', 'note', 'tags']);
  const { attributes, note, tags } = notes;
  if (note !== undefined && typeof note !== 'string') {
    throw typeError(where, '`note` must be a text', show(note), "Pass '' to take a note away.");
  }
  if (tags !== undefined && !(Array.isArray(tags) && tags.every(tag => typeof tag === 'string'))) {
    throw typeError(where, '`tags` must be an array of texts', show(tags), "Pass for example ['lecture'], or [] to take them away."); // prettier-ignore
  }
  if (attributes === undefined) {
    return;
  }
  checkAttributes(where, attributes);
  if (trial && trial.ended !== null) {
    throw rangeError(
      where,
      'a trial takes attributes until it ends',
      `trial ${trial.number}, which is ${trial.state}`,
      'Tell them with the value ({ value, attributes }), or write a note or tags.'
    );
  }
}

/** @throws TypeError unless `attributes` is an object, RangeError if a name in it is reserved. */
export function checkAttributes(where: string, attributes: unknown): void {
  if (typeof attributes !== 'object' || attributes === null || Array.isArray(attributes)) {
    throw typeError(
      where,
      '`attributes` must be an object of named values',
      show(attributes),
      'Pass for example { epochs: 20 }.'
    );
  }
  const reserved = Object.keys(attributes).find(name => name.startsWith(RESERVED));
  if (reserved !== undefined) {
    throw rangeError(
      where,
      `names of attributes must not begin with \`${RESERVED}\``,
      `\`${reserved}\``,
      'Choose another name.'
    );
  }
}
