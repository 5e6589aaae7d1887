import fc from 'fast-check';
import { createRng, scales, type Scale } from 'tunelab';

const family: [string, Scale<number>, number, number][] = [
  ['linear', scales.linear(-2, 6), -2, 6],
  ['log', scales.log(1e-4, 1), 1e-4, 1],
  ['oneMinusLog', scales.oneMinusLog(0.9, 0.999), 0.9, 0.999],
  ['integer', scales.integer(2, 9), 2, 9],
  ['quantized', scales.quantized(0.1, 0.55, 0.05), 0.1, 0.55],
  ['expression', scales.expression('r^3', { r: [-1, 2] }), -1, 8],
  ['expression', scales.expression('1 / s', { s: [2, 8] }), 0.125, 0.5],
  [
    'expression',
    scales.expression('1 - 10^-r', { r: [1, 3] }, { inverse: '-log10(1 - x)' }),
    0.9,
    0.999
  ]
];
const unit = fc.double({ min: 0, max: 1, noNaN: true });
const sample = <T>(scale: Scale<T>, n = 1e5) => {
  const rng = createRng(3);
  return Array.from({ length: n }, () => scale.fromUnit(rng.uniform()));
};
const share = (values: number[], low: number, high: number) =>
  values.filter(value => value >= low && value < high).length / values.length;

describe.each(family)('the scale %s keeps the contract:', (kind, scale, low, high) => {
  it('maps every position of [0, 1] into its domain', () => {
    fc.assert(fc.property(unit, u => scale.contains(scale.fromUnit(u))));
  });

  it('meets both ends exactly, and stays inside beyond them', () => {
    expect([scale.fromUnit(0), scale.fromUnit(1)]).toEqual([low, high]);
    expect([scale.fromUnit(-0.1), scale.fromUnit(1.1)]).toEqual([low, high]);
  });

  it('comes back to the same value through its position', () => {
    fc.assert(
      fc.property(unit, u => {
        const value = scale.fromUnit(u);
        expect(scale.fromUnit(scale.toUnit(value))).toBeAllclose(value, { rtol: 1e-9 });
      })
    );
  });

  it('grows with the position', () => {
    fc.assert(
      fc.property(unit, unit, (a, b) =>
        a <= b === true ? scale.fromUnit(a) <= scale.fromUnit(b) : true
      )
    );
  });

  it('has a grid with both ends, all values different, equally far apart on the scale', () => {
    const grid = scale.grid(4);
    expect([grid[0], grid[3]]).toEqual([low, high]);
    expect(new Set(grid).size).toBe(4);
    expect(scale.grid(1)).toHaveLength(1);
    expect(() => scale.grid(0)).toThrow(/whole number of points >= 1, but got 0/);
  });

  it('does not contain what is outside, NaN or of another kind', () => {
    for (const value of [low - 1, high + 1, NaN, 'a', null, undefined]) {
      expect(scale.contains(value)).toBe(false);
    }
  });

  it('describes itself as plain data, and its axis', () => {
    const described = kind === 'expression' ? { kind } : { kind, low, high };
    expect(JSON.parse(JSON.stringify(scale.toJSON()))).toMatchObject(described);
    expect(scale.axis('name')).toMatchObject({ label: 'name', range: [low, high] });
  });
});

describe('where samples fall', () => {
  it('log: each decade from 0.0001 to 1 gets a quarter, as r = -4 * rand(), alpha = 10^r', () => {
    const alpha = sample(scales.log(1e-4, 1));
    for (const decade of [1e-4, 1e-3, 1e-2, 1e-1]) {
      expect(share(alpha, decade, 10 * decade)).toBeCloseTo(0.25, 2);
    }
  });

  it('linear: nine tenths of the learning rates fall between 0.1 and 1', () => {
    expect(share(sample(scales.linear(1e-4, 1)), 0.1, 1)).toBeCloseTo(0.9, 2);
  });

  it('oneMinusLog: as many betas in [0.9, 0.99) as in [0.99, 0.999), as beta = 1 - 10^(-r - 1)', () => {
    const beta = sample(scales.oneMinusLog(0.9, 0.999));
    expect(share(beta, 0.9, 0.99)).toBeCloseTo(0.5, 2);
  });

  it('integer: every whole number has the same chance, the ends too', () => {
    const layers = sample(scales.integer(1, 4));
    for (const n of [1, 2, 3, 4]) {
      expect(share(layers, n, n + 0.5)).toBeCloseTo(0.25, 2);
    }
  });
});

describe('scales.integer', () => {
  it('makes a grid of at most as many points as it has numbers', () => {
    expect(scales.integer(1, 3).grid(10)).toEqual([1, 2, 3]);
  });
});

describe('scales.quantized', () => {
  it('gives each step the same chance, in clean decimals', () => {
    const scale = scales.quantized(0, 0.5, 0.1);
    expect(scale.grid(10)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5]);
    expect(scale.size).toBe(6);
    expect(share(sample(scale), 0.3, 0.35)).toBeCloseTo(1 / 6, 2);
    expect([scale.contains(0.3), scale.contains(0.25)]).toEqual([true, false]);
  });

  it('ends at the last step that does not exceed high', () => {
    // optuna.distributions.FloatDistribution(0, 1, step=0.3).high
    expect(scales.quantized(0, 1, 0.3).fromUnit(1)).toBe(0.9);
  });
});

describe('scales.expression', () => {
  it("writes the lecture's scales down: 10^r and 1 - 10^-r", () => {
    const pairs = [
      [scales.expression('10^r', { r: [-4, 0] }), scales.log(1e-4, 1)],
      [scales.expression('1 - 10^-r', { r: [1, 3] }), scales.oneMinusLog(0.9, 0.999)]
    ];
    fc.assert(
      fc.property(unit, u => {
        for (const [written, known] of pairs) {
          expect(written.fromUnit(u)).toBeAllclose(known.fromUnit(u), { rtol: 1e-12 });
          expect(written.toUnit(known.fromUnit(u))).toBeAllclose(u, { atol: 1e-9 });
        }
      })
    );
    expect(pairs.map(([written]) => written.axis('a').scale)).toEqual(['log', 'oneMinusLog']);
  });

  it('counts from the small end when the expression falls', () => {
    const scale = scales.expression('10^-r', { r: [0, 4] });
    expect([scale.fromUnit(0), scale.fromUnit(1)]).toBeAllclose([1e-4, 1], { rtol: 1e-12 });
    expect(scale.toUnit(0.01)).toBeCloseTo(0.5, 12);
  });

  it('finds positions outside and at the ends of its domain', () => {
    const scale = scales.expression('sqrt(r)', { r: [0, 9] });
    expect([-1, 0, 3, 4].map(x => scale.toUnit(x))).toEqual([0, 0, 1, 1]);
  });
});

describe('scales.choice', () => {
  const scale = scales.choice(['relu', 'tanh', 3, null]);

  it('gives each choice the same chance, and finds its way back', () => {
    const drawn = sample(scale);
    for (const value of ['relu', 'tanh', 3, null] as const) {
      expect(drawn.filter(other => other === value).length / drawn.length).toBeCloseTo(0.25, 2);
      expect(scale.fromUnit(scale.toUnit(value))).toBe(value);
    }
  });

  it('is an axis of categories', () => {
    expect(scale.axis('activation')).toEqual({
      label: 'activation',
      scale: 'category',
      categories: ['relu', 'tanh', '3', 'null']
    });
    expect(scale.toNumber('tanh')).toBe(1);
    expect(scale.grid(2)).toHaveLength(4);
  });
});

describe('bounds that make no sense are refused:', () => {
  it.each([
    [
      '0 on a log scale',
      () => scales.log(0, 1),
      /scales.log: `low > 0` must hold, but got low=0, high=1.\nA log scale cannot reach 0/
    ],
    ['a negative log bound', () => scales.log(-1, 1), /`low > 0` must hold/],
    [
      '1 on a oneMinusLog scale',
      () => scales.oneMinusLog(0.9, 1),
      /`high < 1` must hold, but got low=0.9, high=1/
    ],
    [
      'low above high',
      () => scales.linear(1, 0),
      /`low < high` must hold, but got low=1, high=0.\nSwap/
    ],
    ['low equal to high', () => scales.integer(3, 3), /`low < high` must hold.*\n.*needs no scale/],
    ['NaN', () => scales.linear(NaN, 1), /finite numbers, but got low=NaN, high=1/],
    ['infinity', () => scales.log(1, Infinity), /finite numbers, but got low=1, high=Infinity/],
    [
      'a missing bound',
      () => scales.linear(1, undefined as never),
      /but got low=1, high=undefined/
    ],
    ['text', () => scales.linear('0' as never, 1), /but got low="0", high=1/],
    ['half a layer', () => scales.integer(1, 2.5), /whole numbers.*but got low=1, high=2.5/],
    [
      'a range beyond all numbers',
      () => scales.linear(-1e308, 1e308),
      /`high - low` must be a finite number/
    ],
    [
      'more whole numbers than can be counted',
      () => scales.integer(-(2 ** 53 - 1), 2 ** 53 - 1),
      /less than 2\^53 apart/
    ],
    [
      'a step of 0',
      () => scales.quantized(0, 1, 0),
      /`step` must be a number > 0.*but got low=0, high=1, step=0/
    ],
    ['a step beyond the range', () => scales.quantized(0, 1, 2), /step=2/],
    ['no step', () => scales.quantized(0, 1, undefined as never), /step=undefined/],
    [
      'an expression that turns round',
      () => scales.expression('r^2', { r: [-1, 1.5] }),
      /`r\^2` must always rise or always fall with r, but got 1 and 0.99/
    ],
    [
      'a constant expression',
      () => scales.expression('3', { r: [0, 1] }),
      /must always rise or always fall with r, but got 3 and 3/
    ],
    [
      'an expression that mathjs cannot read',
      () => scales.expression('10^', { r: [0, 1] }),
      /mathjs must understand `10\^`, but got .*\nWrite it in mathjs's syntax/
    ],
    [
      'another variable',
      () => scales.expression('10^q', { r: [0, 1] }),
      /`10\^q` must have a value, but got Undefined symbol q/
    ],
    [
      'a complex number',
      () => scales.expression('sqrt(r)', { r: [-1, 1] }),
      /must be a finite real number everywhere in the range, but got i at r=-1/
    ],
    ['a pole', () => scales.expression('1/r', { r: [0, 1] }), /but got Infinity at r=0/],
    ['no range', () => scales.expression('r', {} as never), /one variable and its two ends/],
    ['two variables', () => scales.expression('r', { r: [0, 1], s: [0, 1] }), /but got {r, s}/],
    [
      'a range upside down',
      () => scales.expression('r', { r: [1, 0] }),
      /expression, r: `low < high`/
    ],
    [
      'an inverse of something else',
      () => scales.expression('10^r', { r: [-4, 0] }, { inverse: 'x' }),
      /`inverse` must give r back from the value x/
    ],
    ['no choice', () => scales.choice([]), /array of at least one value, but got \[\]/],
    ['a choice twice', () => scales.choice([1, 2, 1]), /choices must differ/],
    [
      'an object as a choice',
      () => scales.choice([{} as never]),
      /strings, finite numbers, booleans or null/
    ],
    ['NaN as a choice', () => scales.choice([NaN]), /but got NaN/]
  ])('%s', (_, make, message) => {
    expect(make).toThrow(RangeError);
    expect(make).toThrow(message);
  });
});
