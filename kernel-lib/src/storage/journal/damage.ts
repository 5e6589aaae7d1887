import { crc32 } from '../../numeric/crc32';
import { files } from './node';

/** A part of a journal that could not be read. */
export interface Damage {
  /** Where it begins in the file, in bytes. */
  readonly offset: number;
  /** How many bytes it has. */
  readonly length: number;
  /** What is wrong with it. */
  readonly reason: string;
  /** The file beside the journal that keeps its bytes; `undefined` if the folder cannot be written. */
  readonly kept?: string;
}

/** Bytes copied at once. */
const BLOCK = 1 << 22;

function* bytesOf(fd: number, { offset, length }: Damage): Generator<Uint8Array> {
  for (let done = 0; done < length;) {
    const block = Buffer.allocUnsafe(Math.min(BLOCK, length - done));
    const read = files().readSync(fd, block, 0, block.length, offset + done);
    if (read === 0) {
      return;
    }
    done += read;
    yield block.subarray(0, read);
  }
}

/**
 * Keeps a copy of damaged parts beside the journal, named by where the first was and what it is: kept again, it is
 * there already.
 *
 * @param fd the journal, open for reading
 * @returns the copy's path
 * @throws Error of the system if it cannot be written.
 */
export function keepBeside(journal: string, fd: number, damage: readonly Damage[]): string {
  const [first] = damage;
  const start = bytesOf(fd, { ...first, length: Math.min(first.length, BLOCK) }).next().value;
  const sum = crc32(start ?? new Uint8Array(0));
  const path = `${journal}.damaged-${first.offset}-${sum.toString(16).padStart(8, '0')}`;
  const total = damage.reduce((all, { length }) => all + length, 0);
  if (sizeOf(path) === total) {
    return path;
  }
  const copy = files().openSync(path, 'w');
  try {
    for (const part of damage) {
      for (const bytes of bytesOf(fd, part)) {
        writeAll(copy, bytes);
      }
    }
    files().fsyncSync(copy);
  } finally {
    files().closeSync(copy);
  }
  return path;
}

function sizeOf(path: string): number | undefined {
  try {
    return files().statSync(path).size;
  } catch {
    return undefined;
  }
}

/** Writes until all is written: a call may write less than it was given. */
export function writeAll(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) {
    done += files().writeSync(fd, bytes, done, bytes.length - done);
  }
}

/** One line that says what could not be read, and where it is kept. */
export function damageMessage(journal: string, damage: readonly Damage[]): string {
  const shown = damage.slice(0, 3).map(({ offset, length, reason, kept }) => {
    const where = kept ? `; a copy is in ${kept}` : '';
    return `  ${length} bytes from byte ${offset}: ${reason}${where}`;
  });
  const more = damage.length > 3 ? [`  and ${damage.length - 3} more places`] : [];
  return [
    `${journal}: what could be read was read, but not all of it.`,
    ...shown,
    ...more,
    'The study goes on with the rest.'
  ].join('\n');
}
