/** How files begin: as much as a list of journals needs, and no more of each than a few kilobytes. */
import { decode } from 'tunelab/dist/storage/journal/decode';
import { beginsJournal } from '../journal/recognize';

/** Bytes that are read of a file. */
export const HEAD = 4096;

/** What the beginning of a file says. */
export interface IHead {
  isJournal: boolean;
  /** Names of the studies that begin there. */
  studies: readonly string[];
  /** How many trials there are, where this is all of the file. */
  trials?: number;
}

const decoder = new TextDecoder();

/** Reads a beginning; with fewer than `HEAD` bytes it is all of the file. */
export function headOf(bytes: Uint8Array): IHead {
  const text = decoder.decode(bytes);
  if (!beginsJournal(text)) {
    return { isJournal: false, studies: [] };
  }
  const operations = text
    .split('\n')
    .slice(0, -1)
    .flatMap(line => decode(line).operations);
  return {
    isJournal: true,
    studies: operations.flatMap(one => (one.op === 'createStudy' ? [one.name] : [])),
    ...(bytes.length < HEAD && {
      trials: operations.filter(({ op }) => op === 'createTrial').length
    })
  };
}
