/** About how wide a text is, where nobody can measure it: before a figure is laid out. */

// Letters and digits of the shipped font are about half as wide as they are high.
const WIDTH = 0.52;

export function textWidth(text: string, fontSize: number): number {
  return [...text].length * WIDTH * fontSize;
}

/** How many characters go into `pixels`. */
export function charactersIn(pixels: number, fontSize: number): number {
  return Math.max(1, Math.floor(pixels / (WIDTH * fontSize)));
}
