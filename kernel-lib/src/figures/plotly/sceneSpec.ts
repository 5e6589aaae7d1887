/**
 * From a scene to a Plotly spec: the one step that kernel and extension share. Pure: no DOM, no Node. Up to
 * 5,000 values in a trace the result is JSON (missing values are `null`); beyond, typed arrays.
 */
import type { Layer, Numbers, Panel, Scene } from '../scene/scene';
import { plain } from '../text';
import { categoryColors, DEFAULT_FONT, LIGHT_THEME } from '../theme';
import type { FigureTheme } from '../theme';
import { colorMapping, hasValues } from './colorScale';
import type { ColorMapping } from './colorScale';
import type { Drawn, LayerPlace, Plain, Size, Trace } from './drawing';
import { layOut, titleHeight } from './grid';
import type { Grid } from './grid';
import { heightOf } from './height';
import { drawLayer } from './layers';
import { isOpen } from './layers/points';
import { LegendBook, legendOf, plotlyLegend } from './legend';
import { axesOf, axisLayouts, endsOf, framesOf } from './panelAxes';
import type { PlacedAxes } from './panelAxes';
import { annotationsOf, COLOR_BAR, frame } from './surroundings';

/** Up to this many marks SVG is fast enough, and sharper. */
export const MOST_SVG_MARKS = 5000;
/** So many where they are drawn again and again. */
export const MOST_LIVE_SVG_MARKS = 400;

export interface SceneOptions {
  /** Above the figure. Default: none. */
  title?: string;
  /** Default: dark on white. */
  theme?: FigureTheme;
  /** Draw many marks with WebGL. A picture made without a browser cannot. Default: `false`. */
  webgl?: boolean;
  /** Above how many. Default: `MOST_SVG_MARKS`. */
  mostSvg?: number;
  /** Nobody will hover: leaves out what only hovering shows. Default: `false`. */
  still?: boolean;
  /**
   * Above 5,000 marks in all, every mark is asked for its text one by one: for who draws crowded marks and shows the
   * words beside them (`marks/crowd.ts`). Default: `false`.
   */
  asked?: boolean;
  /** CSS pixels that the figure will take, as far as known: gaps are laid out for it. Default: the theme's, else 640 wide. */
  size?: Partial<Size>;
}

export interface SceneSpec {
  data: Plain[];
  layout: Plain;
  /** What hovering over a mark shows, by index of its trace, where Plotly has not been told: many marks. */
  hover: Map<number, (index: number) => string>;
  /** Numbers of the trials that marks stand for, by index of their trace. */
  trials: Map<number, Numbers>;
}

/** Number of marks that a layer draws. */
function layerMarks(layer: Layer): number {
  switch (layer.kind) {
    case 'points':
    case 'line':
    case 'band':
    case 'labels':
      return layer.x.length;
    case 'bars':
      return layer.at.length;
    case 'histogram':
      return layer.counts.length;
    default:
      // One image, one line, one trace of few lines.
      return 1;
  }
}

/** Number of marks that a scene draws: points, bars and the like of all its layers. */
export function sceneMarks({ panels }: Scene): number {
  return panels.reduce(
    (sum, { layers }) => layers.reduce((marks, layer) => marks + layerMarks(layer), sum),
    0
  );
}

/** Order of the groups that take a colour from the palette. */
function groupsOf(panels: readonly Panel[]): Map<string, number> {
  const groups = new Map<string, number>();
  for (const { layers } of panels) {
    for (const layer of layers) {
      const takesColor =
        layer.kind === 'points'
          ? layer.color === undefined && !isOpen(layer.symbol)
          : layer.kind === 'bars'
            ? layer.color === undefined
            : layer.kind === 'line'
              ? layer.level === undefined && !layer.neutral
              : layer.kind === 'band' || layer.kind === 'histogram';
      const group = layer.group ?? layer.name;
      if (takesColor && !groups.has(group)) groups.set(group, groups.size);
    }
  }
  return groups;
}

/** What identifies the axes of a scene: while it stays, a reader's zoom does. */
function revisionOf({ panels }: Scene): string {
  return panels
    .map(({ row, column, x, y }) => [row, column, x.label, x.scale, y.label, y.scale].join(' '))
    .join(';');
}

const EMPTY: Panel = {
  row: 0,
  column: 0,
  x: { label: '', scale: 'linear', hidden: true },
  y: { label: '', scale: 'linear', hidden: true },
  layers: []
};

/** The Plotly spec of a scene. As wide and as high as its place, unless the theme has a size. */
export function sceneSpec(given: Scene, options: SceneOptions = {}): SceneSpec {
  const scene = given.panels.length > 0 ? given : { ...given, panels: [EMPTY] };
  const theme = options.theme ?? LIGHT_THEME;
  const font = { ...DEFAULT_FONT, ...theme.font };
  const width = options.size?.width ?? theme.width ?? 640;
  const height = options.size?.height ?? theme.height ?? heightOf(scene, { width });
  const legend = legendOf(scene, width - 100, font.size);
  const { lines, titleSize, margins } = frame(scene, options.title ?? '', width, font.size, legend);
  const plot = {
    width: Math.max(50, width - margins.l - margins.r),
    height: Math.max(50, height - margins.t - margins.b)
  };
  const grid = layOut(scene, plot, font.size);
  const axes = axesOf(scene.panels);
  const usesColors = scene.panels.some(({ layers }) => layers.some(hasValues));
  const scale = usesColors ? colorMapping(scene, theme) : undefined;
  const crowded =
    (options.webgl || options.asked) === true &&
    sceneMarks(scene) > (options.mostSvg ?? MOST_SVG_MARKS);
  const drawn = drawPanels(scene, grid, axes, {
    theme,
    scale,
    still: options.still === true,
    asked: crowded && options.asked === true,
    webgl: crowded && options.webgl === true
  });
  const book = new LegendBook(legend);
  const traces = [
    ...drawn.flatMap(({ layer, drawing, refs }) => book.enter(layer, drawing, refs)),
    ...(scale ? [barCarrier(scale)] : [])
  ];
  const shapes = [
    ...framesOf(grid, axes, theme),
    ...drawn.flatMap(({ drawing }) => drawing.shapes ?? [])
  ];
  const images = drawn.flatMap(({ drawing }) => drawing.images ?? []);
  const annotations = [
    ...annotationsOf(scene, grid, axes, margins, font.size),
    ...drawn.flatMap(({ drawing }) => drawing.annotations ?? [])
  ];
  const topTitles = scene.panels.some(({ row, title }) => row === 0 && title);
  const legendTop = 1 + ((topTitles ? titleHeight(grid.fontSize) : 0) + 4) / plot.height;
  const legendRight = 1 + (scene.color ? COLOR_BAR : 10) / plot.width;
  const layout: Plain = {
    ...axisLayouts(grid, axes, theme),
    title: {
      text: lines.map(plain).join('<br>'),
      font: { size: titleSize },
      x: 0,
      xref: 'paper',
      xanchor: 'left',
      y: 1,
      yref: 'container',
      yanchor: 'top',
      // Plotly centres several lines on the place of one.
      pad: { t: Math.round(14 + Math.max(0, lines.length - 1) * titleSize * 0.65) }
    },
    font: { ...font, color: theme.foreground },
    paper_bgcolor: theme.background,
    plot_bgcolor: theme.background,
    colorway: [...categoryColors(theme)],
    margin: margins,
    ...(scale ? { coloraxis: scale.layout } : {}),
    showlegend: legend.shown,
    legend: { ...plotlyLegend(legend, legendTop, legendRight), bgcolor: 'rgba(0,0,0,0)' },
    hovermode: hoverMode(scene),
    hoverlabel: {
      align: 'left',
      bgcolor: theme.background,
      bordercolor: theme.foreground,
      font: { ...font, color: theme.foreground }
    },
    barmode: 'overlay',
    bargap: 0,
    ...(annotations.length > 0 ? { annotations } : {}),
    ...(shapes.length > 0 ? { shapes } : {}),
    ...(images.length > 0 ? { images } : {}),
    // What a reader has zoomed or hidden stays so when data are added.
    uirevision: revisionOf(scene),
    ...(theme.width === undefined ? {} : { width: theme.width }),
    ...(theme.height === undefined ? {} : { height: theme.height }),
    autosize: theme.width === undefined
  };
  return {
    data: traces.map(({ spec }) => spec),
    layout,
    hover: indexed(traces, ({ hover }) => hover),
    trials: indexed(traces, ({ trials }) => trials)
  };
}

/** A trace without marks: Plotly draws a colour bar only where a trace asks for it, which images cannot. */
function barCarrier({ layout }: ColorMapping): Trace {
  return {
    spec: {
      type: 'scatter',
      mode: 'markers',
      x: [null],
      y: [null],
      marker: { color: [layout.cmin], coloraxis: 'coloraxis' },
      showlegend: false,
      hoverinfo: 'skip'
    }
  };
}

function indexed<T>(
  traces: readonly Trace[],
  read: (trace: Trace) => T | undefined
): Map<number, T> {
  const result = new Map<number, T>();
  traces.forEach((trace, i) => {
    const value = read(trace);
    if (value !== undefined) result.set(i, value);
  });
  return result;
}

/** Lines over one x are compared; marks are looked at one by one. */
function hoverMode({ panels }: Scene): string {
  const layers = panels.flatMap(panel => panel.layers);
  const lines = layers.filter(({ kind }) => kind === 'line');
  const others = layers.filter(({ kind }) => !['line', 'band', 'rule', 'labels'].includes(kind));
  return lines.length > 0 && lines.length <= 12 && others.length === 0 ? 'x unified' : 'closest';
}

interface DrawnLayer {
  layer: Layer;
  drawing: Drawn;
  refs: LayerPlace['refs'];
}

function drawPanels(
  scene: Scene,
  grid: Grid,
  axes: readonly PlacedAxes[],
  shared: Pick<LayerPlace, 'theme' | 'scale' | 'still' | 'asked' | 'webgl'>
): DrawnLayer[] {
  const groups = groupsOf(scene.panels);
  const palette = categoryColors(shared.theme);
  return grid.places.flatMap(({ panel, size }, i) => {
    const { x, y, coordinates } = axes[i];
    const refs = { xaxis: x.ref, yaxis: y.ref };
    return panel.layers.map(layer => {
      const order = groups.get(layer.group ?? layer.name) ?? 0;
      const place: LayerPlace = {
        ...shared,
        x: coordinates.x,
        y: coordinates.y,
        refs,
        ranges: { x: endsOf(x), y: endsOf(y) },
        size,
        fontSize: grid.fontSize,
        color: palette[order % palette.length],
        round: Math.floor(order / palette.length)
      };
      return { layer, drawing: drawLayer(layer, place, panel.layers), refs };
    });
  });
}
