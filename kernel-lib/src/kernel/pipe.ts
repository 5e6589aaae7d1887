/**
 * The pipe between the server and the process of the user's code: values one after another, each
 *
 *     number of parts, length of each part | what v8.serialize made of the value | blob | …
 *
 * Blobs are bytes that go through as they are, so that big outputs are not copied more than needed.
 */
import { deserialize, serialize } from 'node:v8';

const WORD = 4;

/** The bytes of one value with its blobs, to be written one after another. */
export function encodeFrame(value: unknown, blobs: readonly Uint8Array[] = []): Uint8Array[] {
  const parts = [serialize(value), ...blobs];
  const head = Buffer.allocUnsafe(WORD * (1 + parts.length));
  head.writeUInt32LE(parts.length, 0);
  parts.forEach((part, i) => head.writeUInt32LE(part.byteLength, WORD * (1 + i)));
  return [head, ...parts];
}

/** Puts values together again from the pieces in which a pipe delivers them. */
export class FrameReader<T> {
  #chunks: Buffer[] = [];
  #length = 0;

  constructor(private readonly take: (value: T, blobs: Buffer[]) => void) {}

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    for (let parts = this.#next(); parts; parts = this.#next()) {
      const [value, ...blobs] = parts as [Buffer, ...Buffer[]];
      this.take(deserialize(value) as T, blobs);
    }
  }

  #next(): Buffer[] | undefined {
    if (this.#length < WORD) {
      return undefined;
    }
    const count = this.#joined(WORD).readUInt32LE(0);
    const start = WORD * (1 + count);
    if (this.#length < start) {
      return undefined;
    }
    const head = this.#joined(start);
    const lengths = Array.from({ length: count }, (_, i) => head.readUInt32LE(WORD * (1 + i)));
    const size = lengths.reduce((sum, length) => sum + length, start);
    if (this.#length < size) {
      return undefined;
    }
    const all = this.#joined(size);
    this.#chunks[0] = all.subarray(size);
    this.#length -= size;
    let at = start;
    return lengths.map(length => all.subarray(at, (at += length)));
  }

  /** The first chunk, made at least `size` long. Joining only then keeps big values linear. */
  #joined(size: number): Buffer {
    if (this.#chunks[0]!.length < size) {
      this.#chunks = [Buffer.concat(this.#chunks)];
    }
    return this.#chunks[0]!;
  }
}
