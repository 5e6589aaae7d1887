import { heightOf, sceneMarks, sceneSpec, specReplacer } from 'tunelab/dist/figures/spec';
import type { SceneSpec } from 'tunelab/dist/figures/spec';
import type { Layer, Panel, Scene } from 'tunelab/dist/figures/scene/scene';
import { color, layers, linear, matrix, numbers, sceneOfLayers } from './scenes';

type Fields = Record<string, unknown>;

const axesIn = ({ layout }: SceneSpec): Record<string, Fields> =>
  Object.fromEntries(
    Object.entries(layout).filter(([name]) => /^[xy]axis\d*$/.test(name))
  ) as Record<string, Fields>;

const listed = ({ data }: SceneSpec): unknown[] =>
  data.filter(trace => trace.showlegend === true).map(({ name }) => name);

const many = (count: number, more: object = {}): Layer => ({
  kind: 'points',
  name: 'trials',
  x: Float64Array.from({ length: count }, (_, i) => i),
  y: Float64Array.from({ length: count }, (_, i) => i % 7),
  ...more
});

describe('panels', () => {
  it('of a column share one x axis, those of a row one y axis: 100 panels take 20 axes', () => {
    const axes = axesIn(sceneSpec(matrix(10)));
    expect(Object.keys(axes)).toHaveLength(20);
  });

  it('that share a word in other columns follow each other', () => {
    const panels = [0, 1].map((column): Panel => ({
      row: 0,
      column,
      x: linear('z', { shared: 'z' }),
      y: linear('count', { shared: 'count' }),
      layers: [{ kind: 'line', name: 'a', x: [column, column + 1], y: [0, 1] }]
    }));
    const { xaxis, xaxis2, yaxis } = axesIn(sceneSpec({ panels }));
    expect(xaxis2.matches).toBe('x');
    expect(xaxis2.range).toEqual(xaxis.range);
    expect(yaxis.matches).toBeUndefined();
  });

  it('name a shared axis once, at the outer border', () => {
    const axes = Object.values(axesIn(sceneSpec(matrix(3))));
    expect(axes.map(({ showticklabels }) => showticklabels)).toEqual(axes.map(() => true));
    // Anchored to the lowest row and the leftmost column.
    const { xaxis, yaxis2 } = axesIn(sceneSpec(matrix(3)));
    expect(xaxis.anchor).toBe('y3');
    expect(yaxis2.anchor).toBe('x');
  });

  it('do not overlap, and leave room for names between them', () => {
    const panels = numbers(4, i => i).map((i): Panel => ({
      row: Math.floor(i / 2),
      column: i % 2,
      x: linear(`x ${i}`),
      y: linear(`y ${i}`),
      layers: [{ kind: 'line', name: 'a', x: [0, 1], y: [0, 1] }]
    }));
    const axes = axesIn(sceneSpec({ panels }, { size: { width: 640, height: 500 } }));
    const domain = (name: string): number[] => axes[name].domain as number[];
    expect((domain('xaxis2')[0] - domain('xaxis')[1]) * 540).toBeGreaterThan(40);
    expect((domain('yaxis')[0] - domain('yaxis3')[1]) * 400).toBeGreaterThan(30);
  });

  it('with equal units have them, also beside each other', () => {
    const panel = (column: number): Panel => ({
      row: 0,
      column,
      x: linear('', { hidden: true }),
      y: linear('', { hidden: true, equal: true }),
      layers: [{ ...layers.image, x: [0, 8 + column], y: [0, 8] } as Layer]
    });
    const { xaxis2, yaxis } = axesIn(sceneSpec({ panels: [panel(0), panel(1)] }));
    expect(yaxis).toMatchObject({ scaleanchor: 'x', scaleratio: 1, constrain: 'domain' });
    expect(xaxis2.scaleanchor).toBe('y');
  });

  it('run backwards where their axis does', () => {
    const { yaxis } = axesIn(
      sceneSpec(sceneOfLayers([layers.line], { y: linear('y', { reversed: true }) }))
    );
    const [from, to] = yaxis.range as number[];
    expect(from).toBeGreaterThan(to);
  });
});

describe('the legend', () => {
  it('lists each name once, and nothing without a name', () => {
    const line = layers.line as Extract<Layer, { kind: 'line' }>;
    const spec = sceneSpec(
      sceneOfLayers([
        line,
        { ...line, faint: true },
        { ...line, name: 'dev' },
        { ...line, name: '' }
      ])
    );
    expect(listed(spec)).toEqual(['loss', 'dev']);
  });

  it('leaves marks to the colour bar that explains them', () => {
    const best: Layer = { kind: 'points', name: 'best', x: [1], y: [1], symbol: 'star' };
    const spec = sceneSpec(sceneOfLayers([layers.points, best], { color }));
    expect(listed(spec)).toEqual(['best']);
    expect(spec.layout).toHaveProperty('coloraxis.cmax', 0.9);
  });

  it('stands above the plot and, when it is long, beside it with room for both', () => {
    const lines = numbers(20, i => i).map((i): Layer => ({
      kind: 'line',
      name: `a rather long name ${i}`,
      x: [0, 1],
      y: [i, i]
    }));
    const short = sceneSpec(sceneOfLayers(lines.slice(0, 3)));
    const long = sceneSpec(sceneOfLayers(lines));
    expect(short.layout.legend).toMatchObject({ orientation: 'h', yanchor: 'bottom' });
    expect(long.layout.legend).toMatchObject({ orientation: 'v', xanchor: 'left' });
    const right = ({ layout }: SceneSpec): number => (layout.margin as { r: number }).r;
    expect(right(long)).toBeGreaterThan(right(short) + 100);
  });
});

describe('a colour bar', () => {
  it('stands beside cells, which are images and could not ask for it', () => {
    const { data } = sceneSpec(sceneOfLayers([layers.heat], { color }), { still: true });
    expect(data.filter(({ marker }) => (marker as Fields)?.coloraxis === 'coloraxis')).toHaveLength(
      1
    );
  });

  it('has its middle at zero where the quantity has a sign', () => {
    const heat = { ...layers.heat, values: [-1, 0, 1, 2, 3, 4] } as Layer;
    const { layout } = sceneSpec(sceneOfLayers([heat], { color: { ...color, diverging: true } }));
    expect(layout.coloraxis).toMatchObject({ cmin: -4, cmax: 4 });
  });
});

describe('many marks', () => {
  it('bring no texts, and are asked one by one', () => {
    const few = sceneSpec(sceneOfLayers([many(5000)]));
    expect((few.data[0].text as string[])[4]).toBe('x: 4<br>y: 4');
    expect(few.hover.size).toBe(0);
    const spec = sceneSpec(sceneOfLayers([many(5001, { text: (i: number) => `trial ${i}` })]));
    expect(spec.data[0]).toMatchObject({ hoverinfo: 'none' });
    expect(spec.data[0]).not.toHaveProperty('text');
    expect(spec.hover.get(0)!(77)).toBe('trial 77');
  });

  it('keep the arrays that they came in', () => {
    const layer = many(6000) as Extract<Layer, { kind: 'points' }>;
    expect(sceneSpec(sceneOfLayers([layer])).data[0].x).toBe(layer.x);
    const { data } = sceneSpec(sceneOfLayers([layer], { x: { label: 'x', scale: 'log' } }));
    // Zero has no place on a log axis.
    expect((data[0].x as Float64Array)[0]).toBeNaN();
    expect((data[0].x as Float64Array)[5]).toBe(5);
  });

  it('are drawn with WebGL when a page asks for it, and only then', () => {
    const type = (count: number, webgl: boolean): unknown =>
      sceneSpec(sceneOfLayers([many(count)]), { webgl }).data[0].type;
    expect([type(5001, true), type(5001, false), type(5000, true)]).toEqual([
      'scattergl',
      'scatter',
      'scatter'
    ]);
  });

  it('can be stored as JSON that Plotly reads', () => {
    const text = JSON.stringify(sceneSpec(sceneOfLayers([many(5001)])).data, specReplacer);
    const [{ x }] = JSON.parse(text) as { x: { dtype: string; bdata: string } }[];
    expect(x.dtype).toBe('f8');
    const bytes = Buffer.from(x.bdata, 'base64');
    expect(new Float64Array(bytes.buffer, bytes.byteOffset, 5001)[5000]).toBe(5000);
  });

  it('say which trials they stand for', () => {
    expect(sceneSpec(sceneOfLayers([layers.points], { color })).trials.get(0)).toEqual([
      7, 8, 9, 10
    ]);
  });
});

describe('sizes', () => {
  const rows = (count: number): Scene => ({
    panels: numbers(count, i => i).map(row => ({
      row,
      column: 0,
      x: linear('x'),
      y: linear('y'),
      layers: [layers.line]
    }))
  });

  it('one panel is as high as usual; more rows need more', () => {
    expect(heightOf(sceneOfLayers([layers.line]))).toBe(420);
    expect(heightOf(sceneOfLayers([layers.line]), { usual: 300 })).toBe(300);
    expect(heightOf(rows(3))).toBeGreaterThan(heightOf(rows(2)));
    expect(heightOf(rows(100))).toBeLessThanOrEqual(2000);
  });

  it('counts the marks of all layers', () => {
    expect(sceneMarks(sceneOfLayers([layers.points, layers.histogram, layers.image]))).toBe(
      4 + 3 + 1
    );
  });

  it('a scene without panels is its note', () => {
    const { data, layout } = sceneSpec({ panels: [], note: 'The study has no trials yet.' });
    expect(data).toEqual([]);
    expect(layout.annotations).toMatchObject([{ text: 'The study has no trials yet.' }]);
  });
});
