import { rangeError } from '../errors';
import type { Inputs } from './dataset';

/**
 * Turns images about their middle, or points of two coordinates about the origin, counterclockwise.
 *
 * An image's pixel takes its value from where it was before: the four pixels around that place, weighted
 * by nearness (bilinear), with blank ones (0) beyond the border.
 *
 * @param degrees any finite number; 90 for a quarter turn
 * @returns the turned features
 */
export function rotate(where: string, data: Inputs, degrees: number): Float32Array {
  const angle = (degrees * Math.PI) / 180;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const { x, rows, features, image } = data;
  const result = new Float32Array(x.length);
  if (!image) {
    if (features !== 2) {
      throw rangeError(
        where,
        'rotation needs images or points of two features',
        `${features} features without \`image\``,
        'If each row is an image, say so: { ...data, image: [height, width] }.'
      );
    }
    for (let i = 0; i < x.length; i += 2) {
      result[i] = cos * x[i] - sin * x[i + 1];
      result[i + 1] = sin * x[i] + cos * x[i + 1];
    }
    return result;
  }
  const [height, width] = image;
  if (height * width !== features) {
    throw rangeError(
      where,
      '`image` must be [height, width] with as many pixels as features',
      `${height} x ${width} pixels for ${features} features`,
      'Correct `image`.'
    );
  }
  const middleRow = (height - 1) / 2;
  const middleColumn = (width - 1) / 2;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      // Where this pixel comes from: turned back. Rows count downwards, hence the signs.
      const down = row - middleRow;
      const right = column - middleColumn;
      const fromRow = middleRow + cos * down + sin * right;
      const fromColumn = middleColumn - sin * down + cos * right;
      gather(x, rows, [height, width], fromRow, fromColumn, (image, value) => {
        result[image * features + row * width + column] = value;
      });
    }
  }
  return result;
}

/** Gives every image's value between pixels: the place and its weights are the same for all of them. */
function gather(
  x: Float32Array,
  images: number,
  [height, width]: readonly [number, number],
  row: number,
  column: number,
  set: (image: number, value: number) => void
): void {
  const top = Math.floor(row);
  const left = Math.floor(column);
  const corners: { index: number; weight: number }[] = [];
  for (const [r, c] of [
    [top, left],
    [top, left + 1],
    [top + 1, left],
    [top + 1, left + 1]
  ]) {
    if (r >= 0 && r < height && c >= 0 && c < width) {
      const weight = (1 - Math.abs(row - r)) * (1 - Math.abs(column - c));
      corners.push({ index: r * width + c, weight });
    }
  }
  for (let image = 0; image < images; image++) {
    const start = image * height * width;
    set(
      image,
      corners.reduce((sum, { index, weight }) => sum + weight * x[start + index], 0)
    );
  }
}
