import { PNG } from 'pngjs';

/** A region in CSS pixels. */
export interface Region {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Share of a region's pixels that are unlike the background (`#rrggbb`), 0 to 1. */
export function ink(png: Uint8Array, region: Region, scale = 2, background = '#ffffff'): number {
  const paper = [1, 3, 5].map(at => parseInt(background.slice(at, at + 2), 16));
  const image = PNG.sync.read(Buffer.from(png));
  const { left, top, right, bottom } = region;
  let dark = 0;
  for (let y = top * scale; y < bottom * scale; y++) {
    for (let x = left * scale; x < right * scale; x++) {
      const at = (y * image.width + x) * 4;
      if (paper.some((value, i) => Math.abs(value - image.data[at + i]) > 55)) dark += 1;
    }
  }
  return dark / ((right - left) * (bottom - top) * scale * scale);
}
