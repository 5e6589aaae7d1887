/**
 * Writes small PNG files in Node and page alike: heat maps and images of a figure. Rows are told by their difference
 * from the one above, and runs of equal pixels by their length: cells enlarged to many pixels take almost nothing.
 */
import { crc32 } from '../../numeric/crc32';
import { encodeBase64 } from '../base64';

/** Pixels of a picture: one byte each into a palette, or red, green and blue. */
export interface Pixels {
  width: number;
  height: number;
  /** Row after row from the top: `width * height` bytes, three times as many without a palette. */
  data: Uint8Array;
  /** Colours with their opacity, 0 to 255 each; at most 256. */
  palette?: readonly (readonly [red: number, green: number, blue: number, alpha: number])[];
}

class Bits {
  private bytes = new Uint8Array(1024);
  private length = 0;
  private buffer = 0;
  private held = 0;

  /** The low `count` bits of `value`, the lowest first. */
  write(value: number, count: number): void {
    this.buffer |= value << this.held;
    this.held += count;
    while (this.held >= 8) {
      if (this.length === this.bytes.length) {
        const grown = new Uint8Array(this.length * 2);
        grown.set(this.bytes);
        this.bytes = grown;
      }
      this.bytes[this.length++] = this.buffer & 255;
      this.buffer >>>= 8;
      this.held -= 8;
    }
  }

  /** Codes of Huffman are written from their highest bit. */
  code(value: number, count: number): void {
    let turned = 0;
    for (let bit = 0; bit < count; bit++) turned |= ((value >> bit) & 1) << (count - 1 - bit);
    this.write(turned, count);
  }

  finish(): Uint8Array {
    if (this.held > 0) this.write(0, 8 - this.held);
    return this.bytes.subarray(0, this.length);
  }
}

// RFC 1951, 3.2.6: the fixed code of literals and lengths.
function writeSymbol(bits: Bits, symbol: number): void {
  if (symbol < 144) bits.code(0x30 + symbol, 8);
  else if (symbol < 256) bits.code(0x190 + symbol - 144, 9);
  else if (symbol < 280) bits.code(symbol - 256, 7);
  else bits.code(0xc0 + symbol - 280, 8);
}

// RFC 1951, 3.2.5: the shortest length of each code from 257, and its extra bits.
const LENGTHS = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
  163, 195, 227, 258
];
const EXTRA = [
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
];
const LONGEST = 258;

function writeRun(bits: Bits, length: number, distance: number): void {
  let index = LENGTHS.length - 1;
  while (LENGTHS[index] > length) index -= 1;
  writeSymbol(bits, 257 + index);
  bits.write(length - LENGTHS[index], EXTRA[index]);
  // Distances of 1 to 4 have the codes 0 to 3 and no extra bits.
  bits.code(distance - 1, 5);
}

/** A zlib stream of `data`, in which what repeats after `distance` (1 to 4) bytes is told by its length. */
export function deflateRuns(data: Uint8Array, distance: number): Uint8Array {
  const bits = new Bits();
  // The last block, with fixed codes.
  bits.write(1, 1);
  bits.write(1, 2);
  let at = 0;
  while (at < data.length) {
    let length = 0;
    if (at >= distance) {
      const most = Math.min(LONGEST, data.length - at);
      while (length < most && data[at + length] === data[at + length - distance]) length += 1;
    }
    if (length >= 3) {
      writeRun(bits, length, distance);
      at += length;
    } else {
      writeSymbol(bits, data[at]);
      at += 1;
    }
  }
  writeSymbol(bits, 256);
  const body = bits.finish();
  const result = new Uint8Array(body.length + 6);
  result.set([0x78, 0x01]);
  result.set(body, 2);
  new DataView(result.buffer).setUint32(body.length + 2, adler32(data));
  return result;
}

function adler32(data: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of data) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function chunk(type: string, data: ArrayLike<number>): Uint8Array {
  const result = new Uint8Array(data.length + 12);
  const view = new DataView(result.buffer);
  view.setUint32(0, data.length);
  result.set(
    Array.from(type, letter => letter.charCodeAt(0)),
    4
  );
  result.set(data, 8);
  view.setUint32(data.length + 8, crc32(result.subarray(4, data.length + 8)));
  return result;
}

/** The file of a picture. */
export function encodePixels({ width, height, data, palette }: Pixels): Uint8Array {
  const channels = palette ? 1 : 3;
  const row = width * channels;
  const filtered = new Uint8Array(height * (row + 1));
  for (let y = 0; y < height; y++) {
    const to = y * (row + 1);
    // Filter 2: the difference from the row above, which is 0 for the first.
    filtered[to] = 2;
    for (let i = 0; i < row; i++) {
      filtered[to + 1 + i] = data[y * row + i] - (y > 0 ? data[(y - 1) * row + i] : 0);
    }
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, palette ? 3 : 2, 0, 0, 0], 8);
  const parts = [
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', header),
    ...(palette
      ? [
          chunk(
            'PLTE',
            palette.flatMap(([red, green, blue]) => [red, green, blue])
          ),
          chunk(
            'tRNS',
            palette.map(([, , , alpha]) => alpha)
          )
        ]
      : []),
    chunk('IDAT', deflateRuns(filtered, channels)),
    chunk('IEND', [])
  ];
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/** The same as a source of an image. */
export function pngUri(pixels: Pixels): string {
  return `data:image/png;base64,${encodeBase64(encodePixels(pixels))}`;
}
