import * as figures from 'tunelab/dist/figures/index';
import { encodeColumn, parsePayload } from 'tunelab/dist/figures/payload';
import type { FigurePayload } from 'tunelab/dist/figures/payload';
import type { Layer, PointsLayer } from 'tunelab/dist/figures/scene/scene';
import { sceneOf } from 'tunelab/dist/figures/sceneOf';
import { LIGHT_THEME, plotlySpec, sceneSpec } from 'tunelab/dist/figures/spec';
import type { FigureTheme } from 'tunelab/dist/figures/spec';
import { formatOneMinus } from 'tunelab/dist/figures/text';
import * as examples from './examples';
import { expectStored } from './stored';

/** The parts of a spec that tests look at. */
interface Spec {
  data: {
    type: string;
    x: (number | null)[];
    y: (number | null)[];
    width?: number[];
    text?: string[];
    hovertemplate: string;
    marker: { color: unknown; symbol: string };
    name: string;
  }[];
  layout: {
    title: { text: string };
    xaxis: {
      type: string;
      range?: [number, number];
      tickvals: number[];
      ticktext: string[];
      tickformat?: string;
      dtick?: number;
      title: { text: string };
    };
    coloraxis: { colorscale: [number, string][] };
    annotations?: { text: string }[];
    width?: number;
    uirevision: string;
  };
}

function specOf(figure: { payload: FigurePayload }, theme?: FigureTheme, options = {}): Spec {
  return plotlySpec(figure.payload, theme, options) as unknown as Spec;
}

const stored = Object.entries(examples).filter(([name]) =>
  /^(scatter|histogram|curves)/.test(name)
);

describe('plotlySpec', () => {
  it.each(stored)('%s is drawn as it was', (name, example) => {
    expectStored(name, plotlySpec((example as typeof examples.histogramOfOne)().payload));
  });

  it('is JSON: nothing is lost when it is stored', () => {
    const { data, layout } = specOf(examples.scatterWithFailedAndPruned());
    expect(JSON.parse(JSON.stringify({ data, layout }))).toEqual({ data, layout });
  });

  it('puts 0.9, 0.99 and 0.999 at equal distances on a oneMinusLog axis', () => {
    const { yaxis } = specOf(examples.scatterOnOneMinusLog()).layout as unknown as {
      yaxis: Spec['layout']['xaxis'];
    };
    const at = ['0.9', '0.99', '0.999'].map(text => yaxis.tickvals[yaxis.ticktext.indexOf(text)]);
    expect(at).toBeAllclose([1, 2, 3]);
  });

  it('gives a oneMinusLog hover the value, not its position', () => {
    const { panels, ...scene } = sceneOf(examples.scatterOnOneMinusLog().payload);
    const layers = panels[0].layers.map(layer => ({ ...layer, text: undefined }) as Layer);
    const { data } = sceneSpec({ ...scene, panels: [{ ...panels[0], layers }] }) as unknown as Spec;
    const [layer] = layers as PointsLayer[];
    expect(data[0].text![0]).toContain(`β: ${formatOneMinus(layer.y[0])}`);
  });

  it('makes the bars of a log histogram as wide as their bins look', () => {
    const { width, x } = specOf(examples.histogramOnLogAxis()).data[0];
    expect(width!.every(one => Math.abs(one - width![0]) < 1e-9)).toBe(true);
    expect(x[1]! - x[0]!).toBeCloseTo(width![0], 9);
  });

  it('writes names literally: no markup, no template fields', () => {
    const figure = figures.histogram(
      { '<b>a</b> & %{x}': [1, 2] },
      { title: '<a href="javascript:alert(1)">x</a>' }
    );
    const { data, layout } = specOf(figure);
    expect(layout.title.text).toBe('&lt;a href="javascript:alert(1)"&gt;x&lt;/a&gt;');
    expect(data[0].name).toBe('&lt;b&gt;a&lt;/b&gt; &amp; %{x}');
    expect(data[0].hovertemplate).not.toContain('%{x}');
  });

  it('makes the good end of the colours stand out: dark on light, light on dark', () => {
    const first = (direction: 'minimize' | 'maximize', theme: FigureTheme): string =>
      specOf(
        figures.scatter(examples.study(9, { direction }), { x: 'learningRate', y: 'beta' }),
        theme
      ).layout.coloraxis.colorscale[0][1];
    const dark = { ...LIGHT_THEME, background: 'rgb(17, 17, 17)' };
    expect(first('minimize', LIGHT_THEME)).toBe('#440154');
    expect(first('maximize', LIGHT_THEME)).toBe('#fde725');
    expect(first('minimize', dark)).toBe('#fde725');
    expect(first('maximize', dark)).toBe('#3e4989');
  });

  it('draws with WebGL only when asked and only above 5,000 marks', () => {
    const many = figures.scatter(examples.study(5001), { x: 'learningRate' });
    expect(specOf(many).data[0].type).toBe('scatter');
    expect(specOf(many, LIGHT_THEME, { webgl: true }).data[0].type).toBe('scattergl');
    const few = figures.scatter(examples.study(20), { x: 'learningRate' });
    expect(specOf(few, LIGHT_THEME, { webgl: true }).data[0].type).toBe('scatter');
  });

  it('has a size only when the theme has one', () => {
    expect(specOf(examples.histogramOfOne()).layout).not.toHaveProperty('width');
    expect(specOf(examples.histogramOfOne(), { ...LIGHT_THEME, width: 300 }).layout.width).toBe(
      300
    );
  });

  it('keeps what a reader zoomed when data change', () => {
    const revisions = [10, 20].map(
      count => specOf(figures.scatter(examples.study(count), { x: 'beta' })).layout.uirevision
    );
    expect(revisions[0]).toBe(revisions[1]);
  });

  it('shows whole epochs only', () => {
    const { xaxis } = specOf(figures.learningCurves(examples.history(4, 0.1, 1))).layout;
    expect(xaxis).toMatchObject({ dtick: 1, tickformat: 'd' });
  });

  it('leaves out marks that have no place on a log axis', () => {
    const payload = parsePayload({
      kind: 'figure',
      version: 1,
      figure: 'scatter',
      title: '',
      alt: '',
      axes: { x: { label: 'x', scale: 'log' }, y: { label: 'y', scale: 'linear' } },
      columns: { x: encodeColumn([0, -1, 10, Infinity]), y: encodeColumn([1, 2, 3, 4]) },
      series: [{ name: 'a', x: 'x', y: 'y' }]
    });
    expect(specOf({ payload }).data[0].x).toEqual([null, null, 10, null]);
  });

  it('draws a figure without series as its note', () => {
    const spec = specOf(examples.scatterOfNothing());
    expect(spec.data).toEqual([]);
    expect(spec.layout.annotations![0].text).toBe('The study has no trials yet.');
  });
});
