/**
 * Adds `expect(actual).toBeAllclose(expected, { rtol, atol })`, as numpy.allclose:
 * |actual - expected| <= atol + rtol * |expected|, element by element, over any nesting.
 */
type Nested = number | ArrayLike<Nested>;

function flatten(value: Nested): number[] {
  return typeof value === 'number' ? [value] : Array.from(value).flatMap(flatten);
}

// What hangs is ended; how long anything takes is measured in bench/, and a busy machine is no failure.
jest.setTimeout(60_000);

expect.extend({
  toBeAllclose(
    actual: Nested,
    expected: Nested,
    { rtol = 1e-6, atol = 0 }: { rtol?: number; atol?: number } = {}
  ) {
    const got = flatten(actual);
    const want = flatten(expected);
    if (got.length !== want.length) {
      return {
        pass: false,
        message: () => `expected ${want.length} numbers, but got ${got.length}`
      };
    }
    const worst = got.findIndex(
      (value, i) => !(Math.abs(value - want[i]) <= atol + rtol * Math.abs(want[i]))
    );
    return {
      pass: worst === -1,
      message: () =>
        worst === -1
          ? 'expected the numbers to differ, but all are close'
          : `element ${worst}: expected ${want[worst]}, but got ${got[worst]} (rtol ${rtol}, atol ${atol})`
    };
  }
});

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jest {
    interface Matchers<R> {
      toBeAllclose(expected: unknown, options?: { rtol?: number; atol?: number }): R;
    }
  }
}

export {};
