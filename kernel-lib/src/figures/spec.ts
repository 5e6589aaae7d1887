/** The door to Plotly specs of figures, for pictures and the extension. Pure: no DOM, no Node. */
import { encodeBase64 } from './base64';
import type { FigurePayload } from './format';
import { heightOf, USUAL_HEIGHT } from './plotly/height';
import { MOST_LIVE_SVG_MARKS, MOST_SVG_MARKS, sceneMarks, sceneSpec } from './plotly/sceneSpec';
import type { SceneOptions, SceneSpec } from './plotly/sceneSpec';
import { sceneOf } from './sceneOf';
import { LIGHT_THEME } from './theme';
import type { FigureTheme } from './theme';

export { DARK_THEME, LIGHT_THEME, THEMES } from './theme';
export type { FigureTheme, ThemeName } from './theme';
export { heightOf, MOST_LIVE_SVG_MARKS, MOST_SVG_MARKS, sceneMarks, sceneSpec, USUAL_HEIGHT };
export type { SceneOptions, SceneSpec };

/** How a spec is made; see `SceneOptions`. */
export type SpecOptions = Pick<SceneOptions, 'webgl' | 'still' | 'size'>;

/**
 * The Plotly spec of a figure that `parsePayload` accepts. As wide and as high as its place, unless
 * the theme has a size.
 * @param theme Default: dark on white.
 * @throws RangeError with a sentence if the view of a study names what its table does not have.
 * @example Plotly.react(node, plotlySpec(payload).data, plotlySpec(payload).layout)
 */
export function plotlySpec(
  payload: FigurePayload,
  theme: FigureTheme = LIGHT_THEME,
  options: SpecOptions = {}
): SceneSpec {
  return sceneSpec(sceneOf(payload), { ...options, title: payload.title, theme });
}

const DTYPES = new Map<unknown, string>([
  [Float64Array, 'f8'],
  [Float32Array, 'f4'],
  [Int32Array, 'i4']
]);

/** For `JSON.stringify`: typed arrays of a spec as Plotly reads them, base64 with their type. */
export function specReplacer(_key: string, value: unknown): unknown {
  const dtype = ArrayBuffer.isView(value) ? DTYPES.get(value.constructor) : undefined;
  if (dtype === undefined) return value;
  const { buffer, byteOffset, byteLength } = value as Float64Array;
  return { dtype, bdata: encodeBase64(new Uint8Array(buffer, byteOffset, byteLength)) };
}
