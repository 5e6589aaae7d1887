import { PNG } from 'pngjs';

/** A region in CSS pixels. */
export interface Region {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Share of a region's pixels that are not white, 0 to 1. */
export function ink(png: Uint8Array, region: Region, scale = 2): number {
  const image = PNG.sync.read(Buffer.from(png));
  const { left, top, right, bottom } = region;
  let dark = 0;
  for (let y = top * scale; y < bottom * scale; y++) {
    for (let x = left * scale; x < right * scale; x++) {
      const at = (y * image.width + x) * 4;
      if (Math.min(image.data[at], image.data[at + 1], image.data[at + 2]) < 200) dark += 1;
    }
  }
  return dark / ((right - left) * (bottom - top) * scale * scale);
}
