import fc from 'fast-check';
import { ColumnBook, compactColumn } from 'tunelab/dist/figures/compact';
import type { FigurePayload, ScenePayload, StudyPayload } from 'tunelab/dist/figures/payload';
import { decodeColumn, parsePayload } from 'tunelab/dist/figures/payload';
import type { Scene } from 'tunelab/dist/figures/scene/scene';
import { readScene, sceneFigure } from 'tunelab/dist/figures/scene/store';
import { sceneOf } from 'tunelab/dist/figures/sceneOf';
import { tableOfStudy } from 'tunelab/dist/figures/study/fromStudy';
import { studyFigure, tableOf } from 'tunelab/dist/figures/study/store';
import { study, trial } from './examples';
import { LAYERS } from './hostile/bases';

function throughJson<T extends FigurePayload>(payload: FigurePayload): T {
  return parsePayload(JSON.parse(JSON.stringify(payload))) as T;
}

function spread(count: number, at: (share: number) => number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => at(i / count));
}

describe('a column', () => {
  it.each<[string, ArrayLike<number>, string]>([
    ['small whole numbers', [0, 255], 'uint8'],
    ['whole numbers', [-1, 2 ** 31 - 1], 'int32'],
    ['whole numbers beyond int32', [2 ** 31, 0], 'float64'],
    ['whole numbers, one missing', [1, NaN], 'float64'],
    ['1,000 numbers', spread(1000, Math.sin), 'float64'],
    ['more than 1,000', spread(1001, Math.sin), 'float32'],
    [
      'more than 1,000 that lie closer than float32 tells',
      spread(1001, x => 1e6 + x / 10),
      'float64'
    ],
    ['more than float32 can hold', spread(1001, x => x * 1e300), 'float64'],
    [
      'more than 1,000, some missing or infinite',
      [...spread(1001, x => x), NaN, Infinity],
      'float32'
    ]
  ])('of %s is stored as narrow as it can be', (_, values, dtype) => {
    expect(compactColumn(values).dtype).toBe(dtype);
  });

  it('keeps on oneMinusLog what tells values near 1 apart', () => {
    const momentum = spread(2000, x => 0.9 + 0.0999 * x);
    const nearer = spread(2000, x => 1 - 10 ** (-1 - 6 * x));
    expect(compactColumn(momentum, 'oneMinusLog').dtype).toBe('float32');
    expect(compactColumn(nearer, 'oneMinusLog').dtype).toBe('float64');
  });

  it('keeps on log the digits of the smallest', () => {
    const rates = spread(2000, x => 10 ** (-30 + 30 * x));
    const stored = decodeColumn(compactColumn(rates, 'log'));
    expect(stored).toBeInstanceOf(Float32Array);
    rates.forEach((rate, i) =>
      expect(Math.abs((stored[i] as number) / rate - 1)).toBeLessThan(1e-6)
    );
    expect(
      compactColumn(
        spread(2000, x => 10 ** (-44 + 44 * x)),
        'log'
      ).dtype
    ).toBe('float64');
  });

  it('of whole numbers and of up to 1,000 numbers comes back exactly', () => {
    const numbers = fc.oneof(
      fc.array(fc.double(), { maxLength: 100 }),
      fc.array(fc.integer(), { maxLength: 300 })
    );
    fc.assert(
      fc.property(numbers, values => {
        const plain = values.map(value => value + 0);
        expect(Array.from(decodeColumn(compactColumn(plain)))).toEqual(plain);
      })
    );
  });

  it('shares its name with equal ones, and only with those', () => {
    const book = new ColumnBook();
    const names = [
      book.numbers('x', [1, 2]),
      book.numbers('x', [1, 3]),
      book.numbers('y', Uint8Array.of(1, 2)),
      book.strings('x', ['1', '2']),
      book.strings('t', ['1', '2'])
    ];
    expect(names).toEqual(['x', 'x 2', 'x', 'x 3', 'x 3']);
    expect(Object.keys(book.columns)).toEqual(['x', 'x 2', 'x 3']);
  });
});

describe('a stored scene', () => {
  const scene: Scene = {
    panels: [
      {
        row: 0,
        column: 0,
        x: { label: 'x', scale: 'linear' },
        y: { label: 'y', scale: 'linear' },
        layers: [...LAYERS]
      }
    ],
    color: { label: 'error', scale: 'linear' },
    note: 'a note'
  };
  const parts = { figure: 'everything', title: 'a title', alt: 'words' };

  it('comes back with every layer, field and number', () => {
    const payload = throughJson<ScenePayload>(sceneFigure({ ...parts, scene }).payload);
    const back = readScene(payload);
    // Arrays come back typed: compared as plain ones.
    const plain = (value: unknown): unknown =>
      JSON.parse(
        JSON.stringify(value, (_, one: unknown) =>
          ArrayBuffer.isView(one) ? Array.from(one as unknown as number[]) : one
        )
      );
    expect(plain(back)).toEqual(plain(scene));
    expect(payload.note).toBe('a note');
  });

  it('keeps texts that a function makes, of up to 5,000 marks', () => {
    const of = (count: number): unknown => {
      const x = spread(count, share => share);
      const layers: Scene['panels'][0]['layers'] = [
        { kind: 'points', name: '', x, y: x, text: i => `mark ${i}` }
      ];
      const figure = sceneFigure({ ...parts, scene: { panels: [{ ...scene.panels[0], layers }] } });
      const [layer] = sceneOf(figure.payload).panels[0].layers;
      return (layer as { text?: readonly string[] }).text?.[1];
    };
    expect([of(5000), of(5001)]).toEqual(['mark 1', undefined]);
  });

  it('is refused where its layers do not fit together', () => {
    const layers: Scene['panels'][0]['layers'] = [{ kind: 'line', name: '', x: [1, 2], y: [1] }];
    const broken = { panels: [{ ...scene.panels[0], layers }] };
    expect(() => sceneFigure({ ...parts, scene: broken })).toThrow(
      /payload\.panels\[0\]\.layers\[0\]\.y: the column `y` must have 2 values, but got 1/
    );
  });
});

describe('a stored study', () => {
  const trials = Array.from({ length: 6 }, (_, i) =>
    trial(2 * i, {
      reports: [[1, i]],
      ...(i === 3 ? { state: 'failed', value: null, error: 'loss is NaN', note: 'again' } : {})
    })
  );
  const table = tableOfStudy(study(0, { trials }));

  it('comes back as the table that it was, whatever is stored', () => {
    const { payload } = studyFigure({ figure: 'history', table, view: {} });
    const back = tableOf(throughJson<StudyPayload>(payload));
    const plain = (value: unknown): unknown =>
      JSON.parse(
        JSON.stringify(value, (_, one: unknown) =>
          ArrayBuffer.isView(one) ? Array.from(one as unknown as number[], String) : one
        )
      );
    const typed = {
      ...table,
      number: Float64Array.from(table.number),
      values: table.values.map(values => Float64Array.from(values))
    };
    expect(plain(back)).toEqual(plain(typed));
    expect(back.errors).toEqual({ 3: 'loss is NaN' });
    expect(tableOf(payload as StudyPayload)).toBe(tableOf(payload as StudyPayload));
  });

  it('does not store numbers that only count', () => {
    const counted = studyFigure({ figure: 'history', table: tableOfStudy(study(3)), view: {} });
    expect((counted.payload as StudyPayload).trials).not.toHaveProperty('number');
    expect(Array.from(tableOf(counted.payload as StudyPayload).number)).toEqual([0, 1, 2]);
  });

  it('of many trials and hyperparameters keeps those that its view names', () => {
    const length = 20_000;
    const hyperparameters = Array.from({ length: 30 }, (_, i) => ({
      name: `h${i}`,
      axis: { label: `h${i}`, scale: 'linear' as const },
      values: spread(length, x => Math.sin(x + i))
    }));
    const large = {
      study: 'large',
      directions: ['minimize' as const],
      metrics: [{ label: 'value', scale: 'linear' as const }],
      length,
      number: Int32Array.from({ length }, (_, i) => i),
      state: new Uint8Array(length).fill(2),
      values: [spread(length, Math.cos)],
      hyperparameters,
      importance: { fanova: spread(30, x => x) }
    };
    const { payload } = studyFigure({
      figure: 'scatter',
      table: large,
      view: { x: 'h20', y: 'value', color: 'h29', ranges: { h7: [0, 1] } }
    });
    const { trials } = payload as StudyPayload;
    const names = trials.hyperparameters.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['h7', 'h20', 'h29']));
    expect(names.length).toBeLessThan(10);
    expect(trials).not.toHaveProperty('importance');
    const whole = studyFigure({ figure: 'parallelCoordinates', table: large, view: {} }).payload;
    expect((whole as StudyPayload).trials.hyperparameters).toHaveLength(30);
  });

  it.each([
    [1000, 40_000],
    [10_000, 210_000],
    [100_000, 2_100_000]
  ])('a scatter of %d trials takes at most %d characters', (count, most) => {
    const { payload } = studyFigure({
      figure: 'scatter',
      table: tableOfStudy(study(count)),
      view: { x: 'learningRate', y: 'beta', color: 'value' }
    });
    expect(JSON.stringify(payload).length).toBeLessThan(most);
  });
});
