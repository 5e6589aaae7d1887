/** The one scale of colours of a scene. */
import type { ColorAxis } from '../format';
import { colorMap, parseHex } from '../colors';
import type { Rgb } from '../colors';
import { ticks } from '../positions';
import type { Layer, Numbers, Scene } from '../scene/scene';
import { plain, wrap } from '../text';
import { continuousScale, DEFAULT_FONT, divergingScale, steppedScale } from '../theme';
import type { ColorScale, FigureTheme } from '../theme';
import { placeOn } from './coordinates';
import type { Plain } from './drawing';

/** Opacity of filled contours that are drawn back. */
export const FAINT_CONTOUR = 0.4;

/** Plotly's colour axis: what the marks' colours are read from. */
export interface ColorAxisLayout extends Plain {
  colorscale: ColorScale;
  cmin: number;
  cmax: number;
}

export interface ColorMapping {
  axis: ColorAxis;
  layout: ColorAxisLayout;
  /** The colours before they are laid half transparently over the background. */
  colorscale: ColorScale;
  /** Position of a value on the scale. */
  place(value: number): number | null;
  /** The same as a share of the scale, 0 to 1. */
  share(value: number): number | null;
  /** The colour at a share of the scale. */
  at(share: number): Rgb;
  /** The colour of a value; `undefined` where it has none. */
  rgb(value: number): Rgb | undefined;
}

function valuesOf(layer: Layer): Numbers | undefined {
  switch (layer.kind) {
    case 'points':
    case 'bars':
      return layer.color;
    case 'line':
      return layer.level === undefined ? undefined : [layer.level];
    case 'heat':
    case 'contour':
      return layer.values;
    default:
      return undefined;
  }
}

/** Whether colours of a layer are read from the scene's scale. */
export function hasValues(layer: Layer): boolean {
  return valuesOf(layer) !== undefined;
}

function ends(axis: ColorAxis, scene: Scene): [number, number] {
  if (axis.scale === 'category') return [-0.5, Math.max(axis.categories?.length ?? 1, 1) - 0.5];
  let [low, high] = [Infinity, -Infinity];
  const take = (values: Numbers): void => {
    for (let i = 0; i < values.length; i++) {
      const place = placeOn(axis, values[i]);
      if (place === null) continue;
      if (place < low) low = place;
      if (place > high) high = place;
    }
  };
  if (axis.range) take(axis.range);
  if (!(low <= high)) {
    for (const { layers } of scene.panels) {
      for (const layer of layers) take(valuesOf(layer) ?? []);
    }
  }
  if (!(low <= high)) [low, high] = [0, 1];
  if (axis.diverging && !axis.range && axis.scale === 'linear') {
    // Its middle is zero.
    const far = Math.max(Math.abs(low), Math.abs(high));
    [low, high] = [-far, far];
  }
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (high - low <= size * 1e-9) {
    const half = Math.max(0.5, size * 0.05);
    return [low - half, high + half];
  }
  return [low, high];
}

/** The opacity of what has colours, when all of it has the same; 1 otherwise. */
function paleness({ panels }: Scene): number {
  const opacities = new Set(
    panels.flatMap(({ layers }) =>
      layers
        .filter(hasValues)
        .map(layer =>
          layer.kind === 'heat'
            ? (layer.opacity ?? 1) * (layer.faint ? 0.5 : 1)
            : layer.kind === 'contour' && layer.filled && layer.faint
              ? FAINT_CONTOUR
              : 1
        )
    )
  );
  const [only] = opacities;
  return opacities.size === 1 && only > 0 && only < 1 ? only : 1;
}

/** Colours over the background of a theme, if that is known by its numbers. */
function blended(scale: ColorScale, { background }: FigureTheme, opacity: number): ColorScale {
  if (!/^#[0-9a-f]{6}$/i.test(background)) return scale;
  const paper = parseHex(background);
  return scale.map(([place, color]) => {
    const mixed = parseHex(color).map((c, i) => Math.round(opacity * c + (1 - opacity) * paper[i]));
    return [place, `#${mixed.map(c => c.toString(16).padStart(2, '0')).join('')}`];
  });
}

/** The scale of a scene's colours, if it has one. */
export function colorMapping(scene: Scene, theme: FigureTheme): ColorMapping | undefined {
  const axis = scene.color;
  if (!axis) return undefined;
  const [low, high] = ends(axis, scene);
  const count = axis.categories?.length ?? 0;
  const fontSize = theme.font?.size ?? DEFAULT_FONT.size;
  const colorscale =
    axis.scale === 'category' && count > 0
      ? steppedScale(theme, count)
      : axis.diverging
        ? divergingScale(theme)
        : continuousScale(theme, axis.better);
  const map = colorMap(colorscale, low, high);
  const seen = paleness(scene);
  return {
    axis,
    colorscale,
    layout: {
      // The bar looks as the marks do that it explains.
      colorscale: seen < 1 ? blended(colorscale, theme, seen) : colorscale,
      cmin: low,
      cmax: high,
      colorbar: {
        // The bar is as long as the plot is high: about two lines of 40 characters.
        title: {
          text: wrap(axis.label, 40, 2).map(plain).join('<br>'),
          side: 'right',
          font: { size: fontSize }
        },
        tickfont: { size: Math.min(12, fontSize) },
        thickness: 14,
        len: 1,
        ypad: 0,
        outlinewidth: 0,
        ticks: 'outside',
        ticklen: 4,
        tickcolor: theme.foreground,
        exponentformat: 'power',
        minexponent: 4,
        ...ticks(axis, low, high)
      }
    },
    place: value => placeOn(axis, value),
    share: value => {
      const place = placeOn(axis, value);
      return place === null ? null : Math.min(1, Math.max(0, (place - low) / (high - low)));
    },
    at: share => map(low + share * (high - low)),
    rgb: value => {
      const place = placeOn(axis, value);
      return place === null ? undefined : map(place);
    }
  };
}
