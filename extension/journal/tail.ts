/** Reads a journal as it grows, from the end of the last line that was read; what stands there is never read again. */
import type { StoredOperation } from 'tunelab/dist/storage/operation';
import { BEGINNING, decodeLine } from 'tunelab/dist/storage/journal/decode';
import { beginsJournal } from './recognize';
import { MissingFile } from './source';
import type { IFileState, ISource } from './source';

/** Bytes that are fetched at first, enough for what is new of most files, and at most: after each part the page has a turn. */
const FIRST = 1 << 16;
const BLOCK = 1 << 22;
/** Nobody writes longer lines: behind the beginning of one nothing more is read. */
const LONGEST = 1 << 24;
/** So many bytes before the end are fetched again with what follows: others there mean another file. */
const OVERLAP = 256;
const NEWLINE = 10;

/** Lines that could not be read, and why the first of them could not. */
export interface IDamage {
  lines: number;
  first: string;
}

/** `missing`: there is no file; `empty`: nothing that says what it is; `other`: it is no journal. */
export type TailState = 'missing' | 'empty' | 'other' | 'journal';

export interface ITailReader {
  /** The file is another one than before: all that was read is void. */
  restart(): void;
  take(operations: readonly StoredOperation[]): void;
  /** A part of what is new was read. */
  progress(bytes: number, size: number | undefined): void;
}

export class Tail {
  /** Where the last whole line ends. */
  private _offset = 0;
  /** The bytes before it. */
  private _before: Uint8Array = new Uint8Array(0);
  private _state: TailState = 'empty';
  private _seen: IFileState | null = null;
  private _damage: IDamage | null = null;
  private _stuck = false;

  constructor(
    private readonly _source: ISource,
    private readonly _reader: ITailReader
  ) {}

  get state(): TailState {
    return this._state;
  }

  get damage(): IDamage | null {
    return this._damage;
  }

  /**
   * Reads what is new; answers whether anything has changed. What fails leaves everything as it was: the next call goes
   * on from there.
   */
  async read(): Promise<boolean> {
    let now: IFileState;
    try {
      now = await this._source.state();
    } catch (error) {
      if (!(error instanceof MissingFile)) throw error;
      const changed = this._state !== 'missing';
      this._state = 'missing';
      this._seen = null;
      return changed;
    }
    const seen = this._seen;
    if (seen && seen.size === now.size && seen.modified === now.modified) {
      return false;
    }
    // What is no journal may be replaced by one, and a missing one come back.
    if ((now.size ?? Infinity) < this._offset || this._state === 'other') {
      this._restart();
    }
    if (now.size !== 0) {
      await this._readAll(now);
    } else {
      this._state = 'empty';
    }
    this._seen = now;
    return true;
  }

  private _restart(): void {
    const held = this._offset > 0;
    this._offset = 0;
    this._before = new Uint8Array(0);
    this._state = 'empty';
    this._damage = null;
    this._stuck = false;
    if (held) {
      this._reader.restart();
    }
  }

  private async _readAll({ size }: IFileState): Promise<void> {
    for (let block = FIRST; !this._stuck;) {
      const overlap = this._before.length;
      const bytes = await this._source.read(this._offset - overlap, overlap + block);
      if (!startsWith(bytes, this._before)) {
        this._restart();
        continue;
      }
      const fresh = bytes.subarray(overlap);
      if (this._offset === 0 && !this._judge(fresh)) {
        return;
      }
      const end = fresh.lastIndexOf(NEWLINE) + 1;
      if (end > 0) {
        this._lines(fresh.subarray(0, end));
        this._offset += end;
        this._before = bytes.slice(Math.max(0, overlap + end - OVERLAP), overlap + end);
        this._reader.progress(this._offset, size);
      }
      if (fresh.length < block) {
        this._state = this._offset > 0 ? 'journal' : 'empty';
        return;
      }
      // A line that is longer than all that was fetched.
      block = end > 0 ? Math.min(4 * block, BLOCK) : 2 * block;
      if (block > LONGEST) {
        this._stuck = true;
        this._damaged(`a line of more than ${LONGEST >> 20} MB, where reading ends`);
        this._state = 'journal';
      }
    }
  }

  /** Whether the file goes on like a journal, by its beginning. */
  private _judge(bytes: Uint8Array): boolean {
    const text = textOf(bytes);
    if (beginsJournal(text)) {
      return true;
    }
    this._state = BEGINNING.startsWith(text) ? 'empty' : 'other';
    return false;
  }

  private _lines(bytes: Uint8Array): void {
    const operations: StoredOperation[] = [];
    const lines = textOf(bytes).split('\n');
    // Behind the last end of a line nothing stands.
    lines.pop();
    for (const line of lines) {
      const found = decodeLine(line);
      if ('op' in found) {
        operations.push(found);
        continue;
      }
      operations.push(...found.operations);
      if (found.damage !== undefined) {
        this._damaged(found.damage);
      }
    }
    this._reader.take(operations);
  }

  private _damaged(reason: string): void {
    const { lines, first } = this._damage ?? { lines: 0, first: reason };
    this._damage = { lines: lines + 1, first };
  }
}

const decoder = new TextDecoder();
const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return bytes.length >= start.length && start.every((byte, i) => bytes[i] === byte);
}
