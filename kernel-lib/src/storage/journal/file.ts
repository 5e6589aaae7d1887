import { damageMessage, keepBeside, writeAll, type Damage } from './damage';
import { Disk } from './disk';
import type { Identity } from './identity';
import { JournalLock, type Patience } from './lock';
import { codeOf, files, paths, type Files } from './node';
import { JournalReader } from './reader';
import { failure } from './failures';

/**
 * File systems of one machine, by the numbers that Linux has for them: ext, xfs, btrfs, overlay, tmpfs, f2fs, zfs.
 * There everybody sees at once what was written. Elsewhere, on a network, others see it for certain once it is
 * stored, so the lock is kept until then.
 */
const LOCAL = [0xef53, 0x58465342, 0x9123683e, 0x794c7630, 0x01021994, 0xf2f52010, 0x2fc12fc1];

interface Open {
  readonly fd: number;
  readonly path: string;
  readonly inode: number;
  /** Why it can only be read; `undefined` if it can be written. */
  readonly refusal: unknown;
  readonly local: boolean;
  readonly reader: JournalReader;
  readonly lock: JournalLock;
}

/** The journal's bytes on the disk: read as they grow, written under the lock. */
export class JournalFile {
  readonly #name: string;
  readonly #identity: Identity;
  readonly #patience: Patience;
  readonly #disk = new Disk();
  #open: Open | undefined;
  #closed = false;

  constructor(name: string, identity: Identity, patience: Patience) {
    this.#name = name;
    this.#identity = identity;
    this.#patience = patience;
  }

  /**
   * What was written since the last time; nothing if there is no file yet.
   * @param end where to stop; default: the file's end
   */
  async read(end?: number): Promise<Awaited<ReturnType<JournalReader['read']>>> {
    const open = this.#opened(false);
    if (!open) {
      return { operations: [], damage: [] };
    }
    return open.reader.read(end);
  }

  /**
   * Writes lines in one piece.
   * @param steps `lines` is asked for them under the lock, after `read` took up the last that others wrote;
   *   `meanwhile` does so before, while others may write; `wrote` takes up what was written here
   * @throws Error that says what to do if nothing could be written; then nothing was.
   */
  async write(
    durable: boolean,
    {
      lines,
      read,
      meanwhile,
      wrote
    }: {
      lines: () => readonly string[];
      read: (end?: number) => Promise<void>;
      meanwhile: () => Promise<void>;
      wrote: () => void;
    }
  ): Promise<void> {
    const open = this.#opened(true)!;
    await meanwhile();
    try {
      await open.lock.acquire(meanwhile);
    } catch (error) {
      throw codeOf(error) === '' ? error : failure(this.#name, 'lock', error);
    }
    let length = 0;
    let alone = true;
    try {
      await read(this.#checkInPlace(open));
      const text = lines().join('\n');
      if (text !== '') {
        this.#cutTail(open);
        length = this.#writeText(open, `${text}\n`);
        // False if somebody has written without the lock, or took it for left over while this process stood still.
        alone = files().fstatSync(open.fd).size === open.reader.offset + length;
      }
      if (durable && length > 0 && !open.local) {
        await this.#store(open);
      }
    } finally {
      open.lock.release();
    }
    if (length > 0) {
      if (alone) {
        open.reader.wrote(length);
        wrote();
      } else {
        await read();
      }
      if (durable && open.local) {
        await this.#store(open);
      }
    }
  }

  /** Keeps copies of damaged parts, if the folder can be written; returns where. */
  keep(damage: readonly Damage[]): Damage[] {
    const { fd, path } = this.#open!;
    try {
      const kept = keepBeside(path, fd, damage);
      return damage.map(part => ({ ...part, kept }));
    } catch {
      // The journal itself still has it.
      return [...damage];
    }
  }

  close(): void {
    this.#closed = true;
    if (this.#open) {
      this.#open.lock.close();
      files().closeSync(this.#open.fd);
      this.#open = undefined;
    }
  }

  #opened(create: boolean): Open | undefined {
    if (this.#closed) {
      throw new Error(
        `${this.#name}: the storage must be open, but it was closed.\nMake another one: journal('${this.#name}').`
      );
    }
    if (create && this.#open?.refusal !== undefined) {
      throw failure(this.#name, 'write', this.#open.refusal);
    }
    if (this.#open) {
      return this.#open;
    }
    const fs = files();
    const asked = paths().resolve(this.#name);
    let fd: number;
    let refusal: unknown;
    try {
      const isNew = size(asked) === undefined;
      if (isNew && !create) {
        return undefined;
      }
      fd = fs.openSync(asked, 'a+');
      if (isNew) {
        syncFolder(paths().dirname(asked));
      }
    } catch (error) {
      if (create || !['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error))) {
        throw failure(this.#name, create ? 'write' : 'read', error);
      }
      try {
        fd = fs.openSync(asked, 'r');
        refusal = error;
      } catch (again) {
        throw failure(this.#name, 'read', again);
      }
    }
    // One file has one lock, under whatever links it is opened.
    const path = fs.realpathSync(asked);
    this.#open = {
      fd,
      path,
      inode: fs.fstatSync(fd).ino,
      refusal,
      local: LOCAL.includes((fs.statfsSync?.(path).type ?? 0) >>> 0),
      reader: new JournalReader(this.#name, fd),
      lock: new JournalLock(path, this.#identity, this.#patience)
    };
    return this.#open;
  }

  /**
   * Answers how many bytes it has.
   * @throws Error if the file was deleted, moved or replaced; what is in it is saved under another name.
   */
  #checkInPlace({ fd, path, inode }: Open): number {
    let found: ReturnType<Files['statSync']> | undefined;
    try {
      found = files().statSync(path);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') {
        throw failure(this.#name, 'read', error);
      }
    }
    if (found?.ino === inode) {
      return found.size;
    }
    const { size: length } = files().fstatSync(fd);
    let rescued: string;
    try {
      const all = keepBeside(path, fd, [{ offset: 0, length, reason: 'deleted' }]);
      rescued = `All that was in it is in ${all}: move it back, and open the study again.`;
    } catch (error) {
      rescued = `A copy could not be written either: ${(error as Error).message}. The study is still in this process: exportJson(study).`;
    }
    throw new Error(
      `${this.#name}: the file must stay where it is while it is used, but it was ${found === undefined ? 'deleted' : 'replaced'}.\n${rescued}`
    );
  }

  /** A torn operation at the end would make nonsense of the next one: it is kept beside the file, then cut off. */
  #cutTail({ fd, path, reader }: Open): void {
    if (reader.isWhole) {
      return;
    }
    try {
      const kept = keepBeside(path, fd, [reader.tail]);
      console.warn(damageMessage(this.#name, [{ ...reader.tail, kept }]));
      files().ftruncateSync(fd, reader.offset);
      reader.wasCut();
    } catch (error) {
      throw failure(this.#name, 'write', error);
    }
  }

  #writeText({ fd, reader, lock }: Open, text: string): number {
    if (!lock.isHeld) {
      throw new Error(
        `${this.#name}: the lock must be held while writing, but another process took it, as if this one had ended.\n` +
          'It was stopped for too long. Nothing was written: try again.'
      );
    }
    const bytes = Buffer.from(text);
    try {
      writeAll(fd, bytes);
    } catch (error) {
      // A part of it may be there, and must not be.
      files().ftruncateSync(fd, reader.offset);
      throw failure(this.#name, 'write', error);
    }
    return bytes.length;
  }

  async #store({ fd }: Open): Promise<void> {
    try {
      await this.#disk.store(fd);
    } catch (error) {
      throw failure(this.#name, 'store', error);
    }
  }
}

function size(path: string): number | undefined {
  try {
    return files().statSync(path).size;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/** A new file outlives a power failure only if its folder was stored as well. Not every system can. */
function syncFolder(folder: string): void {
  const fs = files();
  try {
    const fd = fs.openSync(folder, 'r');
    fs.fsyncSync(fd);
    fs.closeSync(fd);
  } catch {
    // The file's own contents are stored all the same.
  }
}
