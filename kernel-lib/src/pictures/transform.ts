/** The `transform` attributes of SVG, as far as Plotly writes them. */

/** x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** First `inner`, then `outer`. */
export function compose(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [
    a * g + c * h,
    b * g + d * h,
    a * i + c * j,
    b * i + d * j,
    a * k + c * l + e,
    b * k + d * l + f
  ];
}

function rotation(degrees: number, x = 0, y = 0): Matrix {
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  return [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y];
}

/** The matrix of a `transform` attribute such as `translate(10,20) rotate(-90)`. */
export function parseTransform(text: string | null | undefined): Matrix {
  let result = IDENTITY;
  for (const [, name, list] of (text ?? '').matchAll(/(\w+)\s*\(([^)]*)\)/g)) {
    const numbers = list.split(/[\s,]+/).map(Number);
    // An axis that is being laid out writes `rotate(-90,NaN,NaN)`: it has no place yet.
    if (numbers.some(value => !Number.isFinite(value))) continue;
    const [x, y = 0, z = 0] = numbers;
    const step: Matrix =
      name === 'translate'
        ? [1, 0, 0, 1, x, y]
        : name === 'rotate'
          ? rotation(x, y, z)
          : name === 'scale'
            ? [x, 0, 0, numbers.length > 1 ? y : x, 0, 0]
            : name === 'matrix' && numbers.length === 6
              ? (numbers as unknown as Matrix)
              : IDENTITY;
    result = compose(result, step);
  }
  return result;
}
