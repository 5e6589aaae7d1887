import { rangeError } from '../../errors';
import { nextTurn } from '../../host';
import type { StoredOperation } from '../operation';
import { BEGINNING, decodeLine, type Decoded } from './decode';
import type { Damage } from './damage';
import { files } from './node';

/** Bytes read at once: few enough for texts that are forgotten as cheaply as they are made. */
const BLOCK = 1 << 17;
/** After so many blocks others have a turn. */
const BREATH = 32;
/** Longer lines are not made into a text: they are no operations that anybody wrote. */
const LONGEST = 1 << 28;
const NEWLINE = 10;
const NO_TEXT: Decoded = { operations: [], isOperation: false, damage: 'no UTF-8' };

/**
 * Reads a journal as it grows. What is behind the last whole operation, torn or garbage, is not passed over: it may
 * still be growing, and the next who writes here cuts it off.
 */
export class JournalReader {
  readonly #name: string;
  readonly #fd: number;
  /** End of the last whole operation: nothing before it is ever changed. */
  offset = 0;
  #size = 0;

  constructor(name: string, fd: number) {
    this.#name = name;
    this.#fd = fd;
  }

  /** Whether nothing stands behind the last whole operation, as far as was read. */
  get isWhole(): boolean {
    return this.#size === this.offset;
  }

  /** What stands there. */
  get tail(): Damage {
    return { offset: this.offset, length: this.#size - this.offset, reason: 'a torn operation' };
  }

  /**
   * Everything up to the last whole operation that was not read before.
   * @param limit where to stop; default: the file's end
   * @throws RangeError if the file is no journal, or has become shorter.
   */
  async read(limit?: number): Promise<{ operations: StoredOperation[]; damage: Damage[] }> {
    const operations: StoredOperation[] = [];
    const damage: Damage[] = [];
    const size = limit ?? files().fstatSync(this.#fd).size;
    if (size < this.offset) {
      throw rangeError(
        this.#name,
        'a journal only grows',
        `one with ${size} bytes, of which ${this.offset} had been read`,
        'Another program has shortened it: bring back a copy, and open the study again.'
      );
    }
    if (size === this.#size) {
      return { operations, damage };
    }
    let held: Damage[] = [];
    // The bytes from `begin` on that are not read yet stand at the start of the buffer.
    let buffer = Buffer.allocUnsafe(Math.min(BLOCK, size - this.offset));
    let begin = this.offset;
    let used = 0;
    let skipped = 0;
    for (let at = begin, blocks = 0; at < size; blocks++) {
      if (blocks % BREATH === BREATH - 1) {
        await nextTurn();
      }
      if (used === buffer.length) {
        if (buffer.length >= LONGEST) {
          skipped += used;
          used = 0;
        } else {
          buffer = Buffer.concat([buffer], 2 * buffer.length);
        }
      }
      const room = Math.min(buffer.length - used, size - at);
      const length = files().readSync(this.#fd, buffer, used, room, at);
      if (length === 0) {
        break;
      }
      at += length;
      used += length;
      let start = 0;
      if (skipped > 0) {
        start = buffer.subarray(0, used).indexOf(NEWLINE) + 1;
        if (start > 0) {
          note(held, { offset: begin, length: skipped + start, reason: 'a line of more than 256 MB' }); // prettier-ignore
          begin += skipped;
          skipped = 0;
        }
      }
      const end = skipped > 0 ? 0 : buffer.subarray(0, used).lastIndexOf(NEWLINE) + 1;
      if (end > start) {
        held = this.#lines(buffer.subarray(start, end), begin + start, operations, damage, held);
      }
      buffer.copyWithin(0, end, used);
      begin += end;
      used -= end;
    }
    if (this.offset === 0) {
      this.#checkIsJournal();
    }
    this.#size = size;
    return { operations, damage };
  }

  /** Takes note of whole operations that were written here, behind all that was read. */
  wrote(length: number): void {
    this.offset += length;
    this.#size = this.offset;
  }

  /** Takes note that the file now ends behind the last whole operation. */
  wasCut(): void {
    this.#size = this.offset;
  }

  /** Reads whole lines; what is no operation is held back until one follows, and returned if none does. */
  #lines(
    data: Buffer,
    offset: number,
    operations: StoredOperation[],
    damage: Damage[],
    held: Damage[]
  ): Damage[] {
    const text = data.toString();
    // Where all is ASCII, which is what Optuna and tunelab write, places in the text are places in the file.
    const ascii = text.length === data.length;
    for (let at = 0, byte = 0; at < text.length;) {
      const end = text.indexOf('\n', at);
      const line = text.slice(at, end);
      const next = ascii ? end + 1 : data.indexOf(NEWLINE, byte) + 1;
      const found = ascii || isUtf8(line, data.subarray(byte, next)) ? decodeLine(line) : NO_TEXT;
      const isOperation = 'op' in found || found.isOperation;
      if (isOperation) {
        if (held.length > 0) {
          damage.push(...held);
          held = [];
        }
        this.offset = offset + next;
      }
      if ('op' in found) {
        operations.push(found);
      } else {
        operations.push(...found.operations);
        if (found.damage !== undefined) {
          const here = { offset: offset + byte, length: next - byte, reason: found.damage };
          note(isOperation ? damage : held, here);
        }
      }
      at = end + 1;
      byte = next;
    }
    return held;
  }

  /** @throws RangeError if a file without operations is not one whose first operation was torn. */
  #checkIsJournal(): void {
    const start = Buffer.alloc(40);
    const length = files().readSync(this.#fd, start, 0, start.length, 0);
    const text = start.toString('utf8', 0, length);
    if (!text.startsWith(BEGINNING) && !BEGINNING.startsWith(text)) {
      throw rangeError(
        this.#name,
        'a journal consists of lines such as {"op_code":0,…}',
        `a file that begins with ${JSON.stringify(text)}`,
        'This file is not a journal and was left as it is: choose another name.'
      );
    }
  }
}

/** Adds a part that could not be read, to the one before where they touch. */
function note(damage: Damage[], { offset, length, reason }: Damage): void {
  const last = damage[damage.length - 1];
  if (last && last.offset + last.length === offset && last.reason === reason) {
    damage[damage.length - 1] = { offset: last.offset, length: last.length + length, reason };
  } else {
    damage.push({ offset, length, reason });
  }
}

/** Reading puts U+FFFD for bytes that are no text; where one was written by somebody, the bytes are the same. */
function isUtf8(line: string, bytes: Uint8Array): boolean {
  return !line.includes('\uFFFD') || Buffer.from(`${line}\n`).equals(bytes);
}
