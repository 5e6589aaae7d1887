import { rangeError } from '../../errors';
import type { StoredOperation } from '../operation';
import { BEGINNING, decode } from './decode';
import type { Damage } from './damage';
import { files } from './node';

/** Bytes read at once; below, one read gives all that is new. */
const BLOCK = 1 << 22;
/** Longer lines are not made into a text: they are no operations that anybody wrote. */
const LONGEST = 1 << 28;
const NEWLINE = 10;

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
   * @throws RangeError if the file is no journal, or has become shorter.
   */
  async read(): Promise<{ operations: StoredOperation[]; damage: Damage[] }> {
    const operations: StoredOperation[] = [];
    const damage: Damage[] = [];
    const { size } = files().fstatSync(this.#fd);
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
    let pending: Damage[] = [];
    let begin = this.offset;
    let carry: Uint8Array = new Uint8Array(0);
    let skipped = 0;
    for (let at = this.offset; at < size;) {
      const block = await this.#block(at, Math.min(BLOCK, size - at));
      if (block.length === 0) {
        break;
      }
      at += block.length;
      const end = block.lastIndexOf(NEWLINE) + 1;
      if (end === 0) {
        if (carry.length + block.length > LONGEST) {
          skipped += carry.length + block.length;
          carry = new Uint8Array(0);
        } else {
          carry = joined(carry, block);
        }
        continue;
      }
      let data = joined(carry, block.subarray(0, end));
      if (skipped > 0) {
        const rest = data.indexOf(NEWLINE) + 1;
        const length = skipped + rest;
        note(pending, { offset: begin, length, reason: 'a line of more than 256 MB' });
        begin += length;
        data = data.subarray(rest);
        skipped = 0;
      }
      carry = block.slice(end);
      pending = this.#lines(data, begin, operations, damage, pending);
      begin += data.length;
    }
    if (this.offset === 0) {
      this.#checkIsJournal();
    }
    this.#size = size;
    return { operations, damage };
  }

  /** Takes note that the file now ends behind the last whole operation. */
  wasCut(): void {
    this.#size = this.offset;
  }

  /** Reads whole lines; what is no operation is held back until one follows, and returned if none does. */
  #lines(
    data: Uint8Array,
    offset: number,
    operations: StoredOperation[],
    damage: Damage[],
    held: Damage[]
  ): Damage[] {
    const text = Buffer.from(data.buffer, data.byteOffset, data.length).toString();
    // Where all is ASCII, which is what Optuna and tunelab write, places in the text are places in the file.
    const ascii = text.length === data.length;
    let at = 0;
    let byte = 0;
    while (at < text.length) {
      const end = text.indexOf('\n', at);
      const line = text.slice(at, end);
      const next = ascii ? end + 1 : data.indexOf(NEWLINE, byte) + 1;
      const found = decode(line);
      const reason = ascii || isUtf8(line, data.subarray(byte, next)) ? found.damage : 'no UTF-8';
      if (found.isOperation) {
        damage.push(...held);
        held = [];
        operations.push(...found.operations);
        this.offset = offset + next;
      }
      if (reason !== undefined) {
        const here = { offset: offset + byte, length: next - byte, reason };
        note(found.isOperation ? damage : held, here);
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

  async #block(at: number, length: number): Promise<Uint8Array> {
    const fs = files();
    const bytes = Buffer.allocUnsafe(length);
    // What is new since the last look is little, and quicker read than waited for.
    const done =
      length < BLOCK
        ? fs.readSync(this.#fd, bytes, 0, length, at)
        : await new Promise<number>((resolve, reject) =>
            fs.read(this.#fd, bytes, 0, length, at, (error, read) =>
              error ? reject(error) : resolve(read)
            )
          );
    return bytes.subarray(0, done);
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

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  return first.length === 0 ? second : Buffer.concat([first, second]);
}

/** Reading puts U+FFFD for bytes that are no text; where one was written by somebody, the bytes are the same. */
function isUtf8(line: string, bytes: Uint8Array): boolean {
  return !line.includes('\uFFFD') || Buffer.from(`${line}\n`).equals(bytes);
}
