/** Studies in a file that is only read: a journal, what `exportJson` wrote, or Optuna's SQLite. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { importJson } from '../exchange/json';
import { optunaSqlite } from '../exchange/sqlite';
import { BEGINNING } from '../storage/journal/decode';
import { JournalReader } from '../storage/journal/reader';
import { MemoryStorage } from '../storage/memory';
import type { StudyStorage } from '../storage/storage';
import { openStudy } from '../study/open';
import { sharedReplay } from '../study/shared';
import type { Study } from '../study/study';
import { UsageError } from './options';

const SQLITE = 'SQLite format 3\0';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
  EPERM: 'it may not be read'
};

/** What a file holds. */
export interface StudyFile {
  storage: StudyStorage;
  /** Names of its studies, in the order in which they were begun. */
  names: string[];
  /** How many parts of a journal could not be read. */
  damaged: number;
}

/**
 * Reads all studies of a file. Nothing is written, neither to it nor beside it.
 * @throws UsageError if it cannot be read, or holds no studies.
 */
export async function readStudyFile(file: string): Promise<StudyFile> {
  const { storage, damaged } = await understood(file, () => storageOf(file));
  const shared = sharedReplay(storage);
  await understood(file, () => shared.refresh());
  const names = shared.replay.studies.filter(({ deleted }) => !deleted).map(({ name }) => name);
  if (names.length === 0) {
    throw new UsageError(`${file} holds no study.`);
  }
  return { storage, names, damaged };
}

/**
 * The study of that name.
 * @throws UsageError if there is none, or there are several and none is named; it lists them.
 */
export async function studyIn(
  file: string,
  { storage, names }: StudyFile,
  name: string | undefined
): Promise<Study> {
  const list = names.map(each => JSON.stringify(each)).join(', ');
  if (name === undefined && names.length > 1) {
    throw new UsageError(`${file} holds ${names.length} studies: ${list}.\nSay which one: --study ${JSON.stringify(names[0])}.`); // prettier-ignore
  }
  if (name !== undefined && !names.includes(name)) {
    throw new UsageError(`${file} holds no study ${JSON.stringify(name)}.\nThere is ${list}.`);
  }
  return understood(file, () => openStudy(storage, { name: name ?? names[0] }));
}

async function storageOf(file: string): Promise<{ storage: StudyStorage; damaged: number }> {
  const start = beginningOf(file);
  if (start.startsWith(SQLITE)) {
    return { storage: optunaSqlite(file), damaged: 0 };
  }
  if (start.startsWith('{') && !start.startsWith(BEGINNING)) {
    return { storage: importJson(readFileSync(file, 'utf8')), damaged: 0 };
  }
  const fd = openSync(file, 'r');
  try {
    const { operations, damage } = await new JournalReader(file, fd).read();
    return { storage: new MemoryStorage(file, operations), damaged: damage.length };
  } finally {
    closeSync(fd);
  }
}

/** The first bytes, enough to tell what a file is. */
function beginningOf(file: string): string {
  const fd = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(64);
    return bytes.toString('latin1', 0, readSync(fd, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(fd);
  }
}

async function understood<T>(file: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const reason = REASONS[code];
    throw new UsageError(reason ? `${file} cannot be read: ${reason}.` : message, { cause: error });
  }
}
