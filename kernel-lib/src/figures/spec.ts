/**
 * From a figure's data to a Plotly spec: the one step that kernel and extension share. Pure: no DOM,
 * no Node, and the result is JSON (missing values are `null`).
 */
import type { FigurePayload, FigurePayload1, Series } from './format';
import { figureLayout } from './layout';
import type { ColorAxisLayout, Drawn } from './layout';
import { LIGHT_THEME } from './theme';
import type { FigureTheme } from './theme';
import { curveTraces, histogramTraces, nameListedColors, scatterTraces } from './traces';

export { LIGHT_THEME } from './theme';
export type { FigureTheme } from './theme';

/** Up to this many marks SVG is fast enough, and sharper. */
export const MOST_SVG_MARKS = 5000;

export interface SpecOptions {
  /** Draw with WebGL above 5,000 marks. A picture made without a browser cannot. Default: `false`. */
  webgl?: boolean;
}

function draw(payload: FigurePayload1, theme: FigureTheme, gl: boolean): Drawn {
  switch (payload.figure) {
    case 'scatter':
      return scatterTraces(payload, theme, gl);
    case 'histogram':
      return histogramTraces(payload, theme);
    case 'curves':
      return curveTraces(payload, theme, gl);
  }
}

function version1(payload: FigurePayload): FigurePayload1 {
  if (payload.version !== 1) {
    throw new RangeError('Scenes are drawn by plotly/.');
  }
  return payload;
}

/** Number of marks that a figure draws: points or bars of all its series. */
export function markCount(payload: FigurePayload): number {
  const { series } = version1(payload);
  const length = (name: string): number => {
    const column = payload.columns[name];
    return column.dtype === 'string' ? column.values.length : column.length;
  };
  return (series as readonly Series[]).reduce(
    (sum, one) => sum + length('counts' in one ? one.counts : one.x),
    0
  );
}

/**
 * The Plotly spec of a figure that `parsePayload` accepts. As wide and as high as its place, unless
 * the theme has a size.
 * @param theme Default: dark on white.
 * @example Plotly.react(node, plotlySpec(payload).data, plotlySpec(payload).layout)
 */
export function plotlySpec(
  payload: FigurePayload,
  theme: FigureTheme = LIGHT_THEME,
  options: SpecOptions = {}
): { data: object[]; layout: object } {
  const gl = options.webgl === true && markCount(payload) > MOST_SVG_MARKS;
  const drawn = draw(version1(payload), theme, gl);
  const layout = figureLayout(version1(payload), drawn, theme);
  if (layout.coloraxis) {
    nameListedColors(drawn.data, layout.coloraxis as ColorAxisLayout);
  }
  return { data: drawn.data, layout };
}
