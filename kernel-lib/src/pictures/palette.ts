/**
 * At most 256 colours for a picture. The edges of many marks have tens of thousands of colours, which no compression
 * takes well; nobody sees the difference, and the file is a third.
 *
 * Method: median cut. All colours lie in one box of the colour cube; the box that spreads widest for what it holds is
 * cut at its median, until there are enough.
 * @see Heckbert 1982, "Color image quantization for frame buffer display".
 */

/** A colour as 0xRRGGBB, and how many pixels have it. */
interface Counted {
  color: number;
  count: number;
}

interface Box {
  colors: Counted[];
  /** How much it asks to be cut. */
  spread: number;
  /** Bits to the right of the channel along which it is widest. */
  shift: number;
}

export interface Indexed {
  /** 0xRRGGBB, at most 256. */
  palette: number[];
  /** Of each pixel into the palette. */
  indices: Uint8Array;
}

const MOST = 256;
const SHIFTS = [16, 8, 0] as const;

function boxOf(colors: Counted[]): Box {
  let [widest, shift] = [0, 0];
  for (const channel of SHIFTS) {
    let [low, high] = [255, 0];
    for (const { color } of colors) {
      const value = (color >> channel) & 255;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (high - low > widest) [widest, shift] = [high - low, channel];
  }
  const count = colors.reduce((sum, one) => sum + one.count, 0);
  // The fourth root: rare colours, such as those of a few crosses, keep places of their own.
  return { colors, spread: widest * count ** 0.25, shift };
}

function cut({ colors, shift }: Box): [Box, Box] {
  const sorted = colors.sort((a, b) => ((a.color >> shift) & 255) - ((b.color >> shift) & 255));
  const half = sorted.reduce((sum, { count }) => sum + count, 0) / 2;
  let at = 0;
  for (let sum = 0; at < sorted.length - 1 && sum < half; at++) sum += sorted[at].count;
  at = Math.max(1, at);
  return [boxOf(sorted.slice(0, at)), boxOf(sorted.slice(at))];
}

/** The colour that most of a box has, so that white stays white; else the mean. */
function colorOf({ colors }: Box): number {
  const all = colors.reduce((sum, { count }) => sum + count, 0);
  const first = colors.reduce((best, one) => (one.count > best.count ? one : best));
  if (first.count > all / 2) return first.color;
  return SHIFTS.reduce<number>((sum, shift) => {
    const channel = colors.reduce(
      (part, { color, count }) => part + ((color >> shift) & 255) * count,
      0
    );
    return sum | (Math.round(channel / all) << shift);
  }, 0);
}

/** @param pixels four bytes each: red, green, blue, and an opacity that is not looked at. */
export function indexed(pixels: Uint8Array): Indexed {
  const colors = new Map<number, Counted>();
  const counted: Counted[] = new Array<Counted>(pixels.length / 4);
  let last: Counted = { color: -1, count: 0 };
  for (let i = 0; i < counted.length; i++) {
    const color = (pixels[4 * i] << 16) | (pixels[4 * i + 1] << 8) | pixels[4 * i + 2];
    if (color !== last.color) {
      last = colors.get(color) ?? { color, count: 0 };
      colors.set(color, last);
    }
    last.count += 1;
    counted[i] = last;
  }
  const boxes = [boxOf([...colors.values()])];
  while (boxes.length < Math.min(MOST, colors.size)) {
    let widest = 0;
    boxes.forEach(({ spread }, i) => {
      if (spread > boxes[widest].spread) widest = i;
    });
    boxes.push(...cut(boxes.splice(widest, 1)[0]));
  }
  const places = new Map(boxes.flatMap((box, i) => box.colors.map(color => [color, i] as const)));
  return {
    palette: boxes.map(colorOf),
    indices: Uint8Array.from(counted, color => places.get(color)!)
  };
}
