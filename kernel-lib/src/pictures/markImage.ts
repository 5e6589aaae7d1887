/**
 * Many marks as one image. Ten thousand marks as SVG elements take jsdom seconds and hundreds of
 * megabytes; as pixels they take milliseconds, and the picture's size does not grow with their number.
 */
import type { Rgb } from '../figures/colors';

/** Which pixels a mark covers, from 0 to 1, at (dx, dy) from its middle; `r` is its radius. */
type Coverage = (dx: number, dy: number, r: number) => number;

const STROKE = 2;

function clamp(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

// Half a pixel of gradient at the border of a shape smooths it.
const COVERAGES: Record<string, Coverage> = {
  circle: (dx, dy, r) => clamp(r + 0.5 - Math.hypot(dx, dy)),
  'x-thin': (dx, dy, r) => {
    const across = Math.min(Math.abs(dx - dy), Math.abs(dx + dy)) / Math.SQRT2;
    return clamp(STROKE + 0.5 - across) * clamp(r + 0.5 - Math.max(Math.abs(dx), Math.abs(dy)));
  },
  'diamond-open': (dx, dy, r) => {
    const rim = Math.abs(Math.abs(dx) + Math.abs(dy) - r) / Math.SQRT2;
    return clamp(STROKE + 0.5 - rim);
  }
};

/** Pixels on which marks are laid over each other. */
export class MarkImage {
  // Premultiplied, in floating point: thousands of translucent marks would round away in bytes.
  private readonly layers: Float32Array;

  constructor(
    readonly width: number,
    readonly height: number
  ) {
    this.layers = new Float32Array(width * height * 4);
  }

  /** Lays a mark of radius `r` pixels at (x, y) over what is there. */
  mark(x: number, y: number, r: number, color: Rgb, opacity: number, symbol: string): void {
    const coverage = COVERAGES[symbol] ?? COVERAGES.circle;
    const reach = r + STROKE + 1;
    const [left, right] = [Math.max(0, Math.floor(x - reach)), Math.min(this.width, x + reach)];
    const [top, bottom] = [Math.max(0, Math.floor(y - reach)), Math.min(this.height, y + reach)];
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) {
        const alpha = opacity * coverage(column + 0.5 - x, row + 0.5 - y, r);
        if (alpha === 0) continue;
        const at = (row * this.width + column) * 4;
        for (let channel = 0; channel < 3; channel++) {
          this.layers[at + channel] =
            color[channel] * alpha + this.layers[at + channel] * (1 - alpha);
        }
        this.layers[at + 3] = alpha + this.layers[at + 3] * (1 - alpha);
      }
    }
  }

  /** The image as RGBA bytes. */
  pixels(): Uint8Array {
    const { layers } = this;
    const bytes = new Uint8Array(layers.length);
    for (let i = 0; i < layers.length; i += 4) {
      const alpha = layers[i + 3];
      if (alpha === 0) continue;
      for (let channel = 0; channel < 3; channel++) {
        bytes[i + channel] = Math.round(layers[i + channel] / alpha);
      }
      bytes[i + 3] = Math.round(alpha * 255);
    }
    return bytes;
  }
}
