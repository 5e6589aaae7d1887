import fc from 'fast-check';
import type { Column, FigurePayload, NumericColumn } from 'tunelab/dist/figures/payload';
import { decodeColumn, encodeColumn, LIMITS, parsePayload } from 'tunelab/dist/figures/payload';
import { decodeBase64, encodeBase64 } from 'tunelab/dist/figures/base64';
import { curvesOfSeveralRuns, histogramOfSeveral, scatterOnOneMinusLog } from './examples';

type Changes = Record<string, unknown>;

function scatterJson(changes: Changes = {}): Changes {
  return {
    kind: 'figure',
    version: 1,
    figure: 'scatter',
    title: 'two marks',
    alt: 'Two marks.',
    axes: { x: { label: 'x', scale: 'log' }, y: { label: 'y', scale: 'linear' } },
    columns: {
      x: encodeColumn([0.1, 1]),
      y: encodeColumn([2, NaN]),
      name: encodeColumn(['a', 'b'])
    },
    series: [{ name: 'all', x: 'x', y: 'y', text: 'name' }],
    ...changes
  };
}

function withColumn(name: string, column: unknown): Changes {
  return scatterJson({ columns: { ...(scatterJson().columns as Changes), [name]: column } });
}

function histogramJson(edges: number[], counts: number[]): Changes {
  return scatterJson({
    figure: 'histogram',
    axes: { x: { label: 'x', scale: 'linear' }, y: { label: 'y', scale: 'linear' } },
    columns: { edges: encodeColumn(edges), counts: encodeColumn(counts) },
    series: [{ name: 'all', edges: 'edges', counts: 'counts' }]
  });
}

describe('columns', () => {
  it('encodes bytes as Node does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      })
    );
  });

  it('keeps every double through a round trip, NaN and infinities included', () => {
    fc.assert(
      fc.property(fc.array(fc.double()), values => {
        expect(Array.from(decodeColumn(encodeColumn(values)))).toEqual(values);
      })
    );
  });

  it.each([Float64Array, Float32Array, Int32Array, Uint32Array, Uint8Array])(
    'keeps the type and values of %p',
    Kind => {
      const values = Kind.from([0, 1, 2, 250]);
      expect(decodeColumn(encodeColumn(values))).toEqual(values);
    }
  );

  it('reads a part of a larger buffer', () => {
    const part = Float64Array.of(1, 2, 3, 4).subarray(1, 3);
    expect(Array.from(decodeColumn(encodeColumn(part)))).toEqual([2, 3]);
  });

  it('is little-endian', () => {
    expect(encodeColumn(Int32Array.of(1))).toEqual({ dtype: 'int32', length: 1, data: 'AQAAAA==' });
  });

  it('turns narrower integers into int32 and missing numbers into NaN', () => {
    expect(encodeColumn(Int16Array.of(-5)).dtype).toBe('int32');
    expect(Array.from(decodeColumn(encodeColumn([1, null, undefined])))).toEqual([1, NaN, NaN]);
  });

  it('refuses arrays that mix numbers and strings', () => {
    expect(() => encodeColumn([1, 'two'] as unknown as number[])).toThrow(/`?string`? at index 1/);
  });

  it.each(['AQAA AA=', 'AQAAAA=A', 'AQAAA\u0141==', '====AAAA'])('refuses %j as base64', data => {
    expect(() => decodeBase64(data, 4, 'x')).toThrow(/x: base64 uses/);
  });
});

describe('parsePayload', () => {
  it.each([scatterOnOneMinusLog, histogramOfSeveral, curvesOfSeveralRuns])(
    'gives back what %p wrote, through JSON',
    example => {
      const { payload } = example();
      expect(parsePayload(JSON.parse(JSON.stringify(payload)))).toEqual(payload);
    }
  );

  it('leaves fields behind that the format does not name', () => {
    expect(parsePayload(scatterJson({ onclick: 'alert(1)' }))).not.toHaveProperty('onclick');
  });

  it.each<[string, unknown, RegExp]>([
    ['null', null, /^payload: must be an object, but got null/],
    ['a list', [], /^payload: must be an object, but got a list of 0/],
    ['an unknown kind', scatterJson({ kind: 'quiz' }), /payload\.kind: .*"quiz"/],
    ['a newer version', scatterJson({ version: 3 }), /payload\.version: .*got 3\.\n.*update/],
    ['an unknown figure', scatterJson({ figure: 'pie' }), /payload\.figure: .*`scatter`.*"pie"/],
    ['no title', scatterJson({ title: undefined }), /payload\.title: .*nothing/],
    [
      'an endless title',
      scatterJson({ title: 'x'.repeat(10_001) }),
      /payload\.title: at most 10000/
    ],
    ['no axes', scatterJson({ axes: undefined }), /payload\.axes: .*nothing/],
    [
      'an unknown scale',
      scatterJson({ axes: { x: { label: 'x', scale: 'cubic' }, y: {} } }),
      /payload\.axes\.x\.scale: .*"cubic"/
    ],
    [
      'a log axis that begins at 0',
      scatterJson({
        axes: { x: { label: 'x', scale: 'log', range: [0, 1] }, y: { label: 'y', scale: 'linear' } }
      }),
      /payload\.axes\.x\.range: a log axis begins above 0, but got 0/
    ],
    [
      'a range upside down',
      scatterJson({
        axes: {
          x: { label: 'x', scale: 'linear', range: [1, 0] },
          y: { label: 'y', scale: 'linear' }
        }
      }),
      /payload\.axes\.x\.range: .*lower one first/
    ],
    [
      'categories that are missing',
      scatterJson({
        axes: { x: { label: 'x', scale: 'category' }, y: { label: 'y', scale: 'linear' } }
      }),
      /payload\.axes\.x\.categories: must be a list/
    ],
    ['columns as a list', scatterJson({ columns: [] }), /payload\.columns: must be an object/],
    [
      'a column that is missing',
      scatterJson({ series: [{ name: 'a', x: 'x', y: 'z' }] }),
      /payload\.series\[0\]\.y: must name a column of `columns`, but got "z"/
    ],
    [
      'a column inherited from Object',
      scatterJson({ series: [{ name: 'a', x: 'x', y: 'toString' }] }),
      /payload\.series\[0\]\.y: must name a column/
    ],
    [
      'texts where numbers must be',
      scatterJson({ series: [{ name: 'a', x: 'x', y: 'name' }] }),
      /payload\.series\[0\]\.y: must name a column of numbers/
    ],
    [
      'colours without their axis',
      scatterJson({ series: [{ name: 'a', x: 'x', y: 'y', color: 'y' }] }),
      /payload\.axes\.color: must be there/
    ],
    [
      'columns of different lengths',
      withColumn('y', encodeColumn([1])),
      /series\[0\]\.y: .*2 values/
    ],
    ['an unknown dtype', withColumn('x', { dtype: 'float16' }), /columns\.x\.dtype: .*"float16"/],
    [
      'a negative length',
      withColumn('x', { dtype: 'uint8', length: -1, data: '' }),
      /columns\.x\.length: .*-1/
    ],
    [
      'a huge length with little data',
      withColumn('x', { dtype: 'float64', length: Number.MAX_SAFE_INTEGER, data: 'AAAA' }),
      /columns\.x: all columns together may take 67108864 bytes/
    ],
    [
      'less data than announced',
      withColumn('x', { dtype: 'float64', length: 2, data: 'AAAA' }),
      /columns\.x\.data: 2 values of float64 take 24 characters of base64, but got 4/
    ],
    [
      'letters that base64 does not have',
      withColumn('x', { dtype: 'uint8', length: 2, data: 'A!A=' }),
      /columns\.x\.data: must be padded base64/
    ],
    [
      'a text column with a number in it',
      withColumn('name', { dtype: 'string', values: ['a', 1] }),
      /columns\.name\.values\[1\]: must be a text, but got 1/
    ],
    [
      'an unknown symbol',
      scatterJson({ series: [{ name: 'a', x: 'x', y: 'y', symbol: 'skull' }] }),
      /series\[0\]\.symbol: .*"skull"/
    ],
    [
      'a mark of no size',
      scatterJson({ series: [{ name: 'a', x: 'x', y: 'y', size: 0 }] }),
      /series\[0\]\.size: .*above 0/
    ],
    [
      'too many series',
      scatterJson({ series: Array(1001).fill({ name: 'a', x: 'x', y: 'y' }) }),
      /payload\.series: at most 1000/
    ],
    [
      'edges that fall',
      histogramJson([0, 2, 1], [1, 1]),
      /series\[0\]\.edges: .*increase, but got 1/
    ],
    ['edges that are NaN', histogramJson([0, NaN], [1]), /series\[0\]\.edges: .*finite/],
    ['negative counts', histogramJson([0, 1], [-1]), /series\[0\]\.counts: .*-1/],
    ['as many edges as counts', histogramJson([0, 1], [1, 1]), /series\[0\]\.edges: .*3 values/]
  ])('refuses %s and names the field', (_, value, message) => {
    expect(() => parsePayload(value)).toThrow(message);
  });

  it('refuses a column named __proto__, and does not touch Object', () => {
    const text = JSON.stringify(scatterJson()).replace('"name":{', '"__proto__":{');
    expect(() => parsePayload(JSON.parse(text))).toThrow(/payload\.columns: .*__proto__/);
    expect(({} as { dtype?: string }).dtype).toBeUndefined();
  });

  it('answers values nested 100,000 deep with a sentence', () => {
    let deep: unknown = [];
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(() => parsePayload(scatterJson({ title: deep }))).toThrow(
      /payload\.title: .*a list of 1/
    );
    expect(parsePayload(scatterJson({ extra: deep })).title).toBe('two marks');
  });

  it('adds up the bytes of all columns, and the marks of all series', () => {
    const half = LIMITS.columnBytes / 2 + 8;
    const big: Column = encodeColumn(new Uint8Array(half));
    expect(() => parsePayload(scatterJson({ columns: { a: big, b: big } }))).toThrow(
      /payload\.columns\.b: all columns together/
    );
    const columns = { x: big, y: big.dtype === 'uint8' ? encodeColumn(new Uint8Array(8)) : big };
    const series = Array(20).fill({ name: 'a', x: 'x', y: 'x' });
    expect(() => parsePayload(scatterJson({ columns, series }))).toThrow(
      /payload\.series\[0\]: all layers together may have 8388608 marks/
    );
  });

  it('never fails otherwise than with its own sentence', () => {
    const paths: [string, ...(string | number)[]][] = [
      ['axes', 'x', 'range'],
      ['axes', 'y', 'scale'],
      ['columns', 'x', 'length'],
      ['columns', 'x', 'data'],
      ['columns', 'name'],
      ['series', 0, 'text'],
      ['series', 0],
      ['series'],
      ['note']
    ];
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.anything(), (path, junk) => {
        const payload = scatterJson();
        let at = payload as Record<string | number, unknown>;
        for (const key of path.slice(0, -1)) at = at[key] as typeof at;
        at[path[path.length - 1]] = junk;
        let message = '';
        try {
          parsePayload(payload);
        } catch (error) {
          message = (error as Error).message;
        }
        expect(message).toMatch(/^$|^payload\.[^:]+: [^]+, but got [^]+\.\n[^]+\.$/);
      }),
      { numRuns: 500 }
    );
  });

  it('reads a column of 4 million numbers in well under a second', () => {
    const x = encodeColumn(new Float32Array(4_000_000)) as NumericColumn;
    const started = process.cpuUsage();
    const payload: FigurePayload = parsePayload(
      scatterJson({ columns: { x }, series: [{ name: 'a', x: 'x', y: 'x' }] })
    );
    decodeColumn(payload.columns.x);
    // The processor's time: 64 ms alone, more where threads share a core.
    expect(process.cpuUsage(started).user).toBeLessThan(2e6);
  });
});
