/** Writes PNG files of 8 bits a channel, without filters: RGBA, for an image inside an SVG, and with a palette. */
import zlib from 'node:zlib';
import { crc32 } from '../numeric/crc32';
import type { Indexed } from './palette';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

function chunk(type: string, data: Uint8Array): Buffer {
  const result = Buffer.alloc(data.length + 12);
  result.writeUInt32BE(data.length, 0);
  result.write(type, 4, 'latin1');
  result.set(data, 8);
  result.writeUInt32BE(crc32(result.subarray(4, data.length + 8)), data.length + 8);
  return result;
}

/** Colour types of the format. */
const PALETTE = 3;
const RGBA = 6;

function file(
  type: typeof PALETTE | typeof RGBA,
  { width, height }: { width: number; height: number },
  pixels: Uint8Array,
  ...before: Buffer[]
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, type, 0, 0, 0], 8);
  const row = pixels.length / height;
  const rows = Buffer.alloc(height * (row + 1));
  for (let y = 0; y < height; y++) {
    rows.set(pixels.subarray(y * row, (y + 1) * row), y * (row + 1) + 1);
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...before,
    chunk('IDAT', zlib.deflateSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array())
  ]);
}

/** The PNG file of `width` x `height` pixels, four bytes each: red, green, blue, alpha. */
export function encodePng(pixels: Uint8Array, width: number, height: number): Buffer {
  return file(RGBA, { width, height }, pixels);
}

/** The PNG file of `width` x `height` pixels, each a place in the palette. */
export function encodeIndexed(
  { palette, indices }: Indexed,
  width: number,
  height: number
): Buffer {
  const colors = palette.flatMap(color => [color >> 16, (color >> 8) & 255, color & 255]);
  return file(PALETTE, { width, height }, indices, chunk('PLTE', Uint8Array.from(colors)));
}
