import { PNG } from 'pngjs';
import { indexed } from 'tunelab/dist/pictures/palette';
import { encodeIndexed } from 'tunelab/dist/pictures/png';
import { unit } from '../figures/examples';

/** A picture's bytes from the colour of each pixel, 0xRRGGBB. */
function pixelsOf(colors: readonly number[]): Uint8Array {
  return Uint8Array.from(colors.flatMap(c => [c >> 16, (c >> 8) & 255, c & 255, 255]));
}

function throughPng(pixels: Uint8Array, width: number, height: number): Uint8Array {
  // pngjs reads the file, and not code of ours.
  return PNG.sync.read(encodeIndexed(indexed(pixels), width, height)).data;
}

describe('a picture with a palette', () => {
  it('of up to 256 colours is the same, pixel for pixel', () => {
    const colors = Array.from({ length: 300 }, (_, i) => Math.floor(unit(i % 256) * 2 ** 24));
    const pixels = pixelsOf(colors);
    expect(Array.from(throughPng(pixels, 20, 15))).toEqual(Array.from(pixels));
  });

  it('of one colour has one', () => {
    expect(indexed(pixelsOf(Array<number>(12).fill(0x123456)))).toEqual({
      palette: [0x123456],
      indices: new Uint8Array(12)
    });
  });

  it('of many colours keeps white white, and every pixel near to what it was', () => {
    // Half white, and 20,000 shades from blue to yellow as the edges of marks have them.
    const shade = (i: number): number => {
      const [at, light] = [unit(i), unit(i, 2)];
      const mix = (low: number, high: number): number => {
        return Math.round((low + (high - low) * at) * (1 - light) + 255 * light);
      };
      return (mix(68, 253) << 16) | (mix(1, 231) << 8) | mix(84, 37);
    };
    const colors = Array.from({ length: 40_000 }, (_, i) => (i % 2 ? 0xffffff : shade(i)));
    const before = pixelsOf(colors);
    const after = throughPng(before, 200, 200);
    const off = Array.from(before, (value, i) => Math.abs(value - after[i]));
    const most = (list: readonly number[]): number => list.reduce((a, b) => Math.max(a, b), 0);
    expect(most(off)).toBeLessThan(40);
    expect(off.reduce((sum, one) => sum + one, 0) / off.length).toBeLessThan(3);
    expect(most(off.filter((_, i) => colors[i >> 2] === 0xffffff))).toBe(0);
    expect(indexed(before).palette).toHaveLength(256);
  });
});
