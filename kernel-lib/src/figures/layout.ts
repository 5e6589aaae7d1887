/** Everything around the marks: title, axes, legend, colour bar, note. */
import type { Axis } from '../scales/axis';
import type { ColorAxis, FigurePayload1 as FigurePayload } from './format';
import { extent, position, ticks } from './positions';
import { plain, wrap } from './text';
import { categoryColors, continuousScale, DEFAULT_FONT, MUTED, steppedScale } from './theme';
import type { ColorScale, FigureTheme } from './theme';

/** An object for Plotly. */
export type Plain = Record<string, unknown>;

const TITLE_WIDTH = 62;
const TITLE_LINES = 3;
// Room at both ends of a range, so that marks on its ends are drawn whole.
const PADDING = 0.04;
const LEGEND_CHARACTERS = 60;
const MOST_IN_LEGEND = 24;

function padded([low, high]: [number, number], share: number): [number, number] {
  const room = share * (high - low || 1);
  return [low - room, high + room];
}

/** A Plotly axis. `own` says that the traces hold positions even where Plotly has a log axis. */
function plotlyAxis(
  axis: Axis,
  places: [number, number] | undefined,
  own: boolean,
  theme: FigureTheme
): Plain {
  const ends = axis.range?.map(value => position(axis, value)) as [number, number] | undefined;
  const seen = ends ?? places;
  const category = axis.scale === 'category';
  const native = axis.scale === 'log' && !own;
  const result: Plain = {
    title: { text: plain(axis.label), standoff: 10 },
    type: native ? 'log' : 'linear',
    automargin: true,
    gridcolor: theme.grid,
    linecolor: theme.foreground,
    tickcolor: theme.foreground,
    showline: true,
    ticks: 'outside',
    ticklen: 5,
    zeroline: false
  };
  if (category) {
    result.range = [-0.5, Math.max(axis.categories?.length ?? 1, 1) - 0.5];
  } else if (ends) {
    result.range = padded(ends, PADDING);
  } else if (own && places) {
    result.range = padded(places, PADDING / 2);
  }
  if (native) {
    // Plain numbers: 0.0001, 0.002; where some would need a power of ten, all have one: 1e-10, 1e-6.
    // Plotly chooses the ticks anew when one zooms.
    const lowest = axis.range?.[0] ?? (places ? 10 ** places[0] : 1);
    result.tickformat = lowest < 1e-5 ? '~e' : '~g';
    // Few enough that labels as long as 0.0001 stand apart: powers of ten from four decades on.
    result.nticks = 5;
  } else if (seen || category) {
    Object.assign(result, ticks(axis, ...(seen ?? [0, 0])));
  }
  if (axis.integer && axis.scale === 'linear') {
    result.tickformat = 'd';
    if (seen && seen[1] - seen[0] <= 10) {
      result.dtick = 1;
    }
  }
  return result;
}

/** Plotly's colour axis: what the marks' colours are read from. */
export interface ColorAxisLayout extends Plain {
  colorscale: ColorScale;
  cmin: number;
  cmax: number;
}

function colorAxisLayout(
  axis: ColorAxis,
  places: [number, number] | undefined,
  theme: FigureTheme
): ColorAxisLayout {
  const count = axis.categories?.length ?? 0;
  const ends = axis.range?.map(value => position(axis, value)!) as [number, number] | undefined;
  let [low, high] = axis.scale === 'category' ? [-0.5, count - 0.5] : (ends ?? places ?? [0, 1]);
  if (low === high) {
    [low, high] = [low - 0.5, high + 0.5];
  }
  return {
    colorscale:
      axis.scale === 'category' && count > 0
        ? steppedScale(theme, count)
        : continuousScale(theme, axis.better),
    cmin: low,
    cmax: high,
    colorbar: {
      // The bar is as long as the plot is high: about two lines of 40 characters.
      title: { text: wrap(axis.label, 40, 2).map(plain).join('<br>'), side: 'right' },
      thickness: 14,
      len: 1,
      ypad: 0,
      outlinewidth: 0,
      ticks: 'outside',
      ticklen: 4,
      tickcolor: theme.foreground,
      ...ticks(axis, low, high)
    }
  };
}

/** Where the legend stands: above the plot when it fits there, else where nothing else is. */
function legend(names: string[], hasColorBar: boolean): Plain {
  const characters = names.reduce((sum, name) => sum + name.length + 5, 0);
  const above = names.length <= 5 && characters <= LEGEND_CHARACTERS;
  return above
    ? { orientation: 'h', x: 0, xanchor: 'left', y: 1.01, yanchor: 'bottom' }
    : hasColorBar
      ? { orientation: 'h', x: 0, xanchor: 'left', y: -0.22, yanchor: 'top' }
      : { orientation: 'v', x: 1.02, xanchor: 'left', y: 1, yanchor: 'top' };
}

/** Positions that the marks of a figure take along each axis. */
export interface Places {
  x: Iterable<number | null>;
  y: Iterable<number | null>;
  color?: Iterable<number | null>;
}

/** Traces, and where their marks lie. */
export interface Drawn {
  data: Plain[];
  places: Places;
}

/** The layout around the marks of a figure. */
export function figureLayout(
  payload: FigurePayload,
  { data, places }: Drawn,
  theme: FigureTheme
): Plain {
  const { axes } = payload;
  const series: readonly { name: string }[] = payload.series;
  const histogram = payload.figure === 'histogram';
  const font = { ...DEFAULT_FONT, ...theme.font };
  const title = wrap(payload.title, TITLE_WIDTH, TITLE_LINES);
  // A colour bar explains the marks that it colours.
  const listed = series.filter((_, i) => (data[i].showlegend as boolean | undefined) ?? true);
  const names = [...new Set(listed.map(({ name }) => name))];
  const showlegend = series.length > 1 && names.length > 0 && names.length <= MOST_IN_LEGEND;
  const place = legend(names, axes.color !== undefined);
  const legendRow = showlegend && place.yanchor === 'bottom' ? font.size * 2 : 0;
  const titleSize = Math.round(font.size * 1.2);
  return {
    title: {
      text: title.map(plain).join('<br>'),
      font: { size: titleSize },
      x: 0,
      xref: 'paper',
      xanchor: 'left',
      y: 1,
      yref: 'container',
      yanchor: 'top',
      // Plotly centres several lines on the place of one.
      pad: { t: Math.round(14 + (title.length - 1) * titleSize * 0.65) }
    },
    font: { ...font, color: theme.foreground },
    paper_bgcolor: theme.background,
    plot_bgcolor: theme.background,
    colorway: [...categoryColors(theme)],
    margin: {
      l: 60,
      r: 24,
      t: Math.round(18 + title.length * titleSize * 1.3 + legendRow + 8),
      b: 52
    },
    xaxis: plotlyAxis(axes.x, extent(places.x), histogram, theme),
    yaxis: {
      ...plotlyAxis(axes.y, extent(places.y), false, theme),
      ...(histogram && axes.y.scale === 'linear' ? { rangemode: 'tozero' } : {})
    },
    ...(axes.color && places.color
      ? { coloraxis: colorAxisLayout(axes.color, extent(places.color), theme) }
      : {}),
    showlegend,
    legend: { ...place, bgcolor: 'rgba(0,0,0,0)' },
    hovermode: payload.figure === 'curves' ? 'x unified' : 'closest',
    hoverlabel: {
      align: 'left',
      bgcolor: theme.background,
      bordercolor: theme.foreground,
      font: { ...font, color: theme.foreground }
    },
    ...(histogram ? { barmode: 'overlay', bargap: 0 } : {}),
    ...overlay(payload, theme),
    // What a reader has zoomed or hidden stays so when data are added.
    uirevision: 'tunelab',
    ...(theme.width === undefined ? {} : { width: theme.width }),
    ...(theme.height === undefined ? {} : { height: theme.height }),
    autosize: theme.width === undefined
  };
}

// Words of a mark on a curve; the whole label is in the figure's alt text.
const MARK_CHARACTERS = 28;

/** The note, and the marks on curves: dotted lines, their words along them from the top. */
function overlay(payload: FigurePayload, theme: FigureTheme): Plain {
  const notes = payload.note ? [noteAnnotation(payload.note)] : [];
  const axis = payload.axes.x;
  const marks = ((payload.figure === 'curves' && payload.marks) || []).flatMap(({ x, label }) => {
    const place = position(axis, x);
    return place === null ? [] : [{ place, label }];
  });
  const color = theme.muted ?? MUTED;
  return {
    ...(notes.length + marks.length > 0 && {
      annotations: [
        ...notes,
        ...marks.map(({ place, label }) => ({
          text: wrap(label, MARK_CHARACTERS, 1).map(plain).join(''),
          showarrow: false,
          textangle: -90,
          x: place,
          xanchor: 'right',
          y: 1,
          yref: 'paper',
          yanchor: 'top',
          font: { size: 10, color }
        }))
      ]
    }),
    ...(marks.length > 0 && {
      shapes: marks.map(({ place }) => ({
        type: 'line',
        x0: place,
        x1: place,
        y0: 0,
        y1: 1,
        yref: 'paper',
        line: { color, width: 1, dash: 'dot' }
      }))
    })
  };
}

function noteAnnotation(note: string): Plain {
  return {
    text: wrap(note, 60, 4).map(plain).join('<br>'),
    showarrow: false,
    xref: 'paper',
    yref: 'paper',
    x: 0.5,
    y: 0.5
  };
}
