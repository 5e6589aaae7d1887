/** Small pictures in rows and columns of one panel: where each stands. */
import { rangeError, show } from '../../errors';
import type { PanelAxis } from '../scene/scene';

/** Of a place, the gap between pictures. */
const GAP = 0.12;

export interface PictureGrid {
  columns: number;
  rows: number;
  /** From the top of one row of pictures to that of the next; a column is 1 wide. */
  pitch: number;
  /** Left, right, bottom and top of picture `i`, bottom and top going up. */
  place(i: number): { left: number; right: number; bottom: number; top: number };
  x: PanelAxis;
  y: PanelAxis;
}

/** How much wider than high the place for the pictures is. */
const ASPECT = 1.6;

/**
 * How many columns make `count` pictures largest.
 * @param pitch height of a picture with all that belongs to it, for a width of 1
 */
export function bestColumns(count: number, pitch: number): number {
  const size = (across: number) =>
    Math.min(ASPECT / across, 1 / (Math.ceil(count / across) * pitch));
  let best = 1;
  for (let across = 2; across <= count; across++) {
    best = size(across) > size(best) ? across : best;
  }
  return best;
}

/**
 * Places for `count` pictures.
 * @param ratio height of a picture for a width of 1
 * @param caption height that is kept free below each picture, in widths
 */
export function pictureGrid(
  count: number,
  ratio: number,
  caption: number,
  columns: number | undefined
): PictureGrid {
  const height = (1 - GAP) * ratio;
  const pitch = height + GAP + caption;
  const across = Math.min(count, columns ?? bestColumns(count, pitch));
  const rows = Math.ceil(count / across);
  const hidden = { label: '', scale: 'linear', hidden: true } as const;
  return {
    columns: across,
    rows,
    pitch,
    place(i) {
      const left = (i % across) + GAP / 2;
      const top = (rows - Math.floor(i / across)) * pitch - GAP / 2;
      return { left, right: left + 1 - GAP, bottom: top - height, top };
    },
    x: { ...hidden, range: [0, across] },
    y: { ...hidden, range: [0, rows * pitch], equal: true }
  };
}

/**
 * Height and width in pixels of a picture of `count` numbers. Default: a square.
 * @throws RangeError if they do not make `count`.
 */
export function pictureSize(
  where: string,
  size: readonly [number, number] | undefined,
  count: number,
  what: string
): readonly [number, number] {
  const side = Math.sqrt(count);
  const [height, width] = size ?? [side, side];
  if (!Number.isInteger(height) || !Number.isInteger(width) || height * width !== count) {
    throw rangeError(
      where,
      `\`size\` must be whole numbers whose product is the ${count} ${what}`,
      size === undefined ? 'no size, and no square' : show(size),
      `Pass for example size: [1, ${count}].`
    );
  }
  return [height, width];
}
