/** Colours of numbers, for those marks whose colour Plotly does not find itself. */
import type { ColorScale } from './theme';

/** A colour by its channels, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** The channels of `#rrggbb`. */
export function parseHex(color: string): Rgb {
  const value = parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

// As many colours as a screen can show along one scale.
const STEPS = 256;

/** A function from a number to its colour on a scale of `#rrggbb` from `low` to `high`. */
export function colorMap(scale: ColorScale, low: number, high: number): (value: number) => Rgb {
  const table = Array.from({ length: STEPS }, (_, i): Rgb => {
    const u = i / (STEPS - 1);
    const found = scale.findIndex(([place]) => place >= u);
    const above = Math.max(1, found === -1 ? scale.length - 1 : found);
    const [from, fromColor] = scale[above - 1];
    const [to, toColor] = scale[above];
    const t = to > from ? (u - from) / (to - from) : 1;
    const [a, b] = [parseHex(fromColor), parseHex(toColor)];
    return [0, 1, 2].map(c => Math.round(a[c] + t * (b[c] - a[c]))) as unknown as Rgb;
  });
  return value => {
    const u = Math.min(1, Math.max(0, (value - low) / (high - low)));
    return table[Math.round(u * (STEPS - 1))];
  };
}
