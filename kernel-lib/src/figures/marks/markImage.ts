/**
 * Many marks as one image. Ten thousand marks as SVG elements take a browser a second and jsdom hundreds of
 * megabytes; as pixels they take milliseconds, and the picture's size does not grow with their number.
 */
import type { Rgb } from '../colors';

/** Which pixels a mark covers, from 0 to 1, at (dx, dy) from its middle; `r` is its radius, `half` half of its stroke. */
type Coverage = (dx: number, dy: number, r: number, half: number) => number;

// Half of the stroke of open marks, CSS pixels.
const STROKE = 1;

// A mark lies on one of so many places within a pixel, across and down.
const PHASES = 4;

function clamp(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

// Half a pixel of gradient at the border of a shape smooths it.
const COVERAGES: Record<string, Coverage> = {
  circle: (dx, dy, r) => clamp(r + 0.5 - Math.hypot(dx, dy)),
  'x-thin': (dx, dy, r, half) => {
    const across = Math.min(Math.abs(dx - dy), Math.abs(dx + dy)) / Math.SQRT2;
    return clamp(half + 0.5 - across) * clamp(r + 0.5 - Math.max(Math.abs(dx), Math.abs(dy)));
  },
  'diamond-open': (dx, dy, r, half) => {
    const rim = Math.abs(Math.abs(dx) + Math.abs(dy) - r) / Math.SQRT2;
    return clamp(half + 0.5 - rim);
  }
};

/** The coverage of a mark at one place within a pixel. */
interface Phase {
  /** Row after row of a square. */
  alphas: Float32Array;
  /** The first column of each row that the mark covers, and the one after the last. */
  first: Int32Array;
  end: Int32Array;
}

/** The coverage of a mark at each place within a pixel, worked out once for all marks of its form and size. */
export interface Stamp {
  /** Pixels from the middle to a side. */
  reach: number;
  phases: readonly Phase[];
}

/** The stamp of marks of a diameter in CSS pixels, of which each has `density`; `symbol` is Plotly's name. */
export function stampOf(symbol: string, diameter: number, density: number, opacity: number): Stamp {
  const coverage = COVERAGES[symbol] ?? COVERAGES.circle;
  const [r, half] = [(diameter / 2) * density, STROKE * density];
  const reach = Math.ceil(r + (coverage === COVERAGES.circle ? 0.5 : half + 1)) + 1;
  const side = 2 * reach;
  const phases = Array.from({ length: PHASES * PHASES }, (_, phase) => {
    const [x, y] = [(phase % PHASES) / PHASES, Math.floor(phase / PHASES) / PHASES];
    const alphas = Float32Array.from({ length: side * side }, (_each, at) => {
      const [column, row] = [at % side, Math.floor(at / side)];
      return opacity * coverage(column + 0.5 - reach - x, row + 0.5 - reach - y, r, half);
    });
    const first = new Int32Array(side).fill(side);
    const end = new Int32Array(side);
    alphas.forEach((alpha, at) => {
      if (alpha === 0) return;
      const [column, row] = [at % side, Math.floor(at / side)];
      first[row] = Math.min(first[row], column);
      end[row] = column + 1;
    });
    return { alphas, first, end };
  });
  return { reach, phases };
}

// What shines through so little changes no byte by more than a few steps.
const UNSEEN = 0.01;

/** Pixels on which marks are laid under each other: where none below would be seen, none is worked out. */
export class MarkImage {
  // Premultiplied, in floating point: thousands of translucent marks would round away in bytes.
  private readonly layers: Float32Array;

  constructor(
    readonly width: number,
    readonly height: number
  ) {
    this.layers = new Float32Array(width * height * 4);
  }

  /** Takes all marks away. */
  clear(): void {
    this.layers.fill(0);
  }

  /** Lays a mark with its middle at (x, y) under what is there: the uppermost comes first. */
  mark(x: number, y: number, { reach, phases }: Stamp, [red, green, blue]: Rgb): void {
    const { layers, width, height } = this;
    const [across, down] = [Math.round(x * PHASES), Math.round(y * PHASES)];
    const left = Math.floor(across / PHASES) - reach;
    const top = Math.floor(down / PHASES) - reach;
    const side = 2 * reach;
    if (left >= width || top >= height || left + side <= 0 || top + side <= 0) return;
    const { alphas, first, end } = phases[(down & (PHASES - 1)) * PHASES + (across & (PHASES - 1))];
    const lastRow = Math.min(side, height - top);
    for (let row = Math.max(0, -top); row < lastRow; row++) {
      const firstColumn = Math.max(first[row], -left);
      const lastColumn = Math.min(end[row], width - left);
      let from = row * side + firstColumn;
      let at = ((top + row) * width + left + firstColumn) * 4;
      for (let column = firstColumn; column < lastColumn; column++, from++, at += 4) {
        const rest = 1 - layers[at + 3];
        if (rest < UNSEEN) continue;
        const alpha = alphas[from] * rest;
        layers[at] += red * alpha;
        layers[at + 1] += green * alpha;
        layers[at + 2] += blue * alpha;
        layers[at + 3] += alpha;
      }
    }
  }

  /** The image as RGBA bytes, in `bytes` where they are given. */
  pixels(bytes = new Uint8ClampedArray(this.layers.length)): Uint8ClampedArray {
    const { layers } = this;
    for (let i = 0; i < layers.length; i += 4) {
      const alpha = layers[i + 3];
      if (alpha === 0) {
        bytes[i + 3] = 0;
        continue;
      }
      // Bytes of this kind are rounded when they are stored.
      bytes[i] = layers[i] / alpha;
      bytes[i + 1] = layers[i + 1] / alpha;
      bytes[i + 2] = layers[i + 2] / alpha;
      bytes[i + 3] = alpha * 255;
    }
    return bytes;
  }
}
