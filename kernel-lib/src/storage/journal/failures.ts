import { codeOf } from './node';

/** What failed calls of the system mean for a study, and what to do. */
const MEANINGS: Record<string, [got: string, advice: string]> = {
  ENOSPC: ['a full disk', 'Make room, then go on: all that was told before is in the file.'],
  EDQUOT: ['a full quota', 'Make room, then go on: all that was told before is in the file.'],
  EFBIG: ['a file at its largest size', 'Export the study, and go on in another file.'],
  EROFS: ['a read-only disk', 'Copy the file to where you may write.'],
  EACCES: ['no permission', 'Choose a folder in which you may write, and make sure that the file is yours.'], // prettier-ignore
  EPERM: ['no permission', 'Choose a folder in which you may write, and make sure that the file is yours.'], // prettier-ignore
  ENOENT: ['a folder that does not exist', 'Make the folder, or correct the path.'],
  ENOTDIR: ['a path through a file', 'Correct the path.'],
  EISDIR: ['a folder', 'Name a file in it, such as study.log.'],
  EIO: ['a failing disk', 'Copy the file to another disk, and open the study from there.'],
  ESTALE: ['a network folder that was lost', 'Wait until it is back, and open the study again.'],
  ETIMEDOUT: ['a network folder that does not answer', 'Wait until it does, and try again.']
};

const RULES = {
  read: 'the journal must be a file that can be read',
  write: 'the journal must be a file that can be written',
  lock: 'beside the journal there must be room for its lock',
  store: 'what was written must reach the disk'
};

/** An error of the system as one of a study: what must hold, what came, what to do. */
export function failure(name: string, action: keyof typeof RULES, cause: unknown): Error {
  const [got, advice] = MEANINGS[codeOf(cause)] ?? [
    (cause as Error).message,
    'What was told before is in the file.'
  ];
  return new Error(`${name}: ${RULES[action]}, but got ${got}.\n${advice}`, { cause });
}
