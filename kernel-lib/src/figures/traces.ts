/** The marks: one Plotly trace for each series of a figure. */
import type { Axis } from '../scales/axis';
import { colorMap } from './colors';
import { decodeColumn } from './columns';
import type { CurvesPayload, HistogramPayload, MarkSymbol, ScatterPayload } from './format';
import type { ColorAxisLayout, Drawn, Plain } from './layout';
import { describeValue, position } from './positions';
import { plain, plainInTemplate } from './text';
import { categoryColors, MUTED } from './theme';
import type { FigureTheme } from './theme';

type Place = number | null;

const PLOTLY_SYMBOLS: Record<MarkSymbol, string> = {
  circle: 'circle',
  cross: 'x-thin',
  diamond: 'diamond-open',
  star: 'star'
};

type Columns = ScatterPayload['columns'];

function numbers(columns: Columns, name: string): ArrayLike<number> {
  return decodeColumn(columns[name]) as ArrayLike<number>;
}

function positions(axis: Axis, values: ArrayLike<number>): Place[] {
  return Array.from(values, value => position(axis, value));
}

/** What Plotly is given along an axis: values on its own log axis, positions elsewhere. */
function forPlotly(axis: Axis, values: ArrayLike<number>, places: Place[]): Place[] {
  return axis.scale === 'log'
    ? places.map((place, i) => (place === null ? null : values[i]))
    : places;
}

/** A line of hover text: Plotly's own number where positions are values, else our words. */
function hoverLine(axis: Axis, field: 'x' | 'y', at: number): string {
  const direct = axis.scale === 'linear' || axis.scale === 'log';
  const value = direct ? `%{${field}:.4~g}` : `%{customdata[${at}]}`;
  return `${plainInTemplate(axis.label)}: ${value}`;
}

/** Fewer marks can be larger. */
function markSize(count: number): number {
  return count <= 200 ? 9 : count <= 1000 ? 7 : count <= 5000 ? 5 : 4;
}

export function scatterTraces(payload: ScatterPayload, theme: FigureTheme, gl: boolean): Drawn {
  const { axes, columns } = payload;
  const places = { x: [] as Place[][], y: [] as Place[][], color: [] as Place[][] };
  const muted = theme.muted ?? MUTED;
  const palette = categoryColors(theme);
  let plainSeries = 0;
  const coloredCircles = payload.series.filter(
    series => axes.color && series.color && (series.symbol ?? 'circle') === 'circle'
  );
  const data = payload.series.map((series): Plain => {
    const xs = numbers(columns, series.x);
    const ys = numbers(columns, series.y);
    const x = positions(axes.x, xs);
    const y = positions(axes.y, ys);
    places.x.push(x);
    places.y.push(y);
    const symbol = series.symbol ?? 'circle';
    const open = symbol === 'cross' || symbol === 'diamond';
    const marker: Plain = {
      symbol: PLOTLY_SYMBOLS[symbol],
      size: series.size ?? (symbol === 'star' ? 17 : markSize(x.length)),
      line: { width: open ? 2 : symbol === 'star' ? 1.5 : x.length <= 1000 ? 0.75 : 0 }
    };
    const line = marker.line as Plain;
    line.color = open ? muted : symbol === 'star' ? theme.foreground : theme.background;
    if (series.color !== undefined && axes.color) {
      const color = positions(axes.color, numbers(columns, series.color));
      places.color.push(color);
      marker.color = color;
      marker.coloraxis = 'coloraxis';
    } else {
      marker.color = open ? muted : palette[plainSeries++ % palette.length];
    }
    if (x.length > 5000) {
      marker.opacity = 0.7;
    }
    const trace: Plain = {
      type: gl ? 'scattergl' : 'scatter',
      mode: 'markers',
      name: plain(series.name),
      x: forPlotly(axes.x, xs, x),
      y: forPlotly(axes.y, ys, y),
      marker,
      // A mark on the border of the plot is a trial too, not half of one.
      cliponaxis: false
    };
    if (coloredCircles.length === 1 && coloredCircles[0] === series) {
      trace.showlegend = false;
    }
    if (series.text !== undefined) {
      trace.text = (decodeColumn(columns[series.text]) as string[]).map(plain);
      trace.hovertemplate = '%{text}<extra></extra>';
    } else {
      const lines = [hoverLine(axes.x, 'x', 0), hoverLine(axes.y, 'y', 1)].join('<br>');
      trace.hovertemplate = `${lines}<extra>${plainInTemplate(series.name)}</extra>`;
      if (lines.includes('%{customdata')) {
        trace.customdata = Array.from(xs, (value, i) => [
          plain(describeValue(axes.x, value)),
          plain(describeValue(axes.y, ys[i]))
        ]);
      }
    }
    return trace;
  });
  return {
    data,
    places: { x: places.x.flat(), y: places.y.flat(), color: places.color.flat() }
  };
}

/**
 * Colours by name for coloured marks that the legend shows: it would take their numbers for colours.
 */
export function nameListedColors(data: readonly Plain[], coloraxis: ColorAxisLayout): void {
  const toColor = colorMap(coloraxis.colorscale, coloraxis.cmin, coloraxis.cmax);
  for (const trace of data) {
    const marker = trace.marker as Plain;
    if (marker.coloraxis === undefined || trace.showlegend === false) continue;
    delete marker.coloraxis;
    marker.color = (marker.color as Place[]).map(place =>
      place === null ? MUTED : `rgb(${toColor(place).join(', ')})`
    );
  }
}

// Above this many bars, the lines between them would hide them.
const OUTLINED_BARS = 60;

export function histogramTraces(payload: HistogramPayload, theme: FigureTheme): Drawn {
  const { axes, columns } = payload;
  const palette = categoryColors(theme);
  const several = payload.series.length > 1;
  const allEdges: Place[] = [];
  const allCounts: number[] = [0];
  const data = payload.series.map((series, order): Plain => {
    const values = numbers(columns, series.edges);
    const edges = positions(axes.x, values);
    const counts = Array.from(numbers(columns, series.counts));
    for (const edge of edges) allEdges.push(edge);
    for (const count of counts) allCounts.push(count);
    // Bars stand on positions, so that a log axis gets bars as wide as its bins look.
    const middle = (i: number): Place =>
      edges[i] === null || edges[i + 1] === null ? null : (edges[i]! + edges[i + 1]!) / 2;
    return {
      type: 'bar',
      name: plain(series.name),
      x: counts.map((_, i) => middle(i)),
      y: counts,
      width: counts.map((_, i) => (middle(i) === null ? 0 : edges[i + 1]! - edges[i]!)),
      customdata: counts.map((_, i) =>
        [values[i], values[i + 1]].map(edge => plain(describeValue(axes.x, edge))).join(' to ')
      ),
      opacity: several ? 0.6 : 1,
      marker: {
        color: palette[order % palette.length],
        line: { width: counts.length <= OUTLINED_BARS ? 0.75 : 0, color: theme.background }
      },
      hovertemplate: `%{customdata}: %{y}<extra>${plainInTemplate(series.name)}</extra>`
    };
  });
  return { data, places: { x: allEdges, y: allCounts } };
}

// Single points are seen on short curves only; on long ones they make a caterpillar of the line.
const MARKED_POINTS = 30;

export function curveTraces(payload: CurvesPayload, theme: FigureTheme, gl: boolean): Drawn {
  const { axes, columns } = payload;
  const palette = categoryColors(theme);
  const groups = new Map<string, number>();
  const places = { x: [] as Place[][], y: [] as Place[][] };
  const data = payload.series.map((series, order): Plain => {
    // A series without a group is a group of its own; its name cannot meet a group's.
    const group = series.group === undefined ? `series ${order}` : `group ${series.group}`;
    if (!groups.has(group)) {
      groups.set(group, groups.size);
    }
    const color = palette[groups.get(group)! % palette.length];
    const xs = numbers(columns, series.x);
    const ys = numbers(columns, series.y);
    const x = positions(axes.x, xs);
    const y = positions(axes.y, ys);
    places.x.push(x);
    places.y.push(y);
    const marked = x.length <= MARKED_POINTS && !series.faint;
    return {
      type: gl ? 'scattergl' : 'scatter',
      mode: marked ? 'lines+markers' : 'lines',
      name: plain(series.name),
      x: forPlotly(axes.x, xs, x),
      y: forPlotly(axes.y, ys, y),
      line: { color, width: series.faint ? 1 : 2, dash: series.dash ? 'dash' : 'solid' },
      ...(marked ? { marker: { color, size: 5 } } : {}),
      opacity: series.faint ? 0.35 : 1,
      connectgaps: false,
      hovertemplate: `%{y:.4~g}<extra>${plainInTemplate(series.name)}</extra>`
    };
  });
  return { data, places: { x: places.x.flat(), y: places.y.flat() } };
}
