import { PNG } from 'pngjs';

/** A part of a picture, in shares of its width and height. */
export interface Region {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * Share of the pixels in a region that are clearly darker than white: text and marks, not a faint grid.
 * A picture whose font is missing has no ink where its title should be.
 */
export function inkIn(picture: Uint8Array, { left, top, right, bottom }: Region): number {
  const { width, height, data } = PNG.sync.read(Buffer.from(picture));
  let dark = 0;
  let all = 0;
  for (let y = Math.floor(top * height); y < bottom * height; y++) {
    for (let x = Math.floor(left * width); x < right * width; x++) {
      const i = 4 * (y * width + x);
      const grey = 0.3 * data[i] + 0.59 * data[i + 1] + 0.11 * data[i + 2];
      dark += data[i + 3] > 128 && grey < 128 ? 1 : 0;
      all++;
    }
  }
  return dark / all;
}
