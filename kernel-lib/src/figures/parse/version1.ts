/** What the schema cannot say of a figure of version 1. */
import type { CurveSeries, FigurePayload1, HistogramSeries, ScatterSeries } from '../format';
import { checkAxis } from './axis';
import { COUNTS, increasing, INCREASING, isCount } from './columns';
import type { ColumnReader } from './columns';
import { wrongType } from './sentences';

function checkHistogram(where: string, series: HistogramSeries, columns: ColumnReader): number {
  const { edges, counts } = series;
  const bars = columns.length(`${where}.counts`, counts);
  columns.expect(`${where}.edges`, edges, bars + 1);
  columns.every(`${where}.edges`, edges, INCREASING, increasing);
  columns.every(`${where}.counts`, counts, COUNTS, isCount);
  return bars;
}

function checkPlaces(
  where: string,
  series: ScatterSeries | CurveSeries,
  columns: ColumnReader
): number {
  const marks = columns.length(`${where}.x`, series.x);
  columns.expect(`${where}.y`, series.y, marks);
  if ('color' in series) columns.expect(`${where}.color`, series.color!, marks);
  if ('text' in series) columns.expect(`${where}.text`, series.text!, marks, 'strings');
  return marks;
}

/** @throws TypeError or RangeError naming the field. */
export function checkVersion1({ axes, series }: FigurePayload1, columns: ColumnReader): void {
  checkAxis(axes.x, 'payload.axes.x');
  checkAxis(axes.y, 'payload.axes.y');
  if (axes.color) checkAxis(axes.color, 'payload.axes.color');
  series.forEach((one, i) => {
    const where = `payload.series[${i}]`;
    const marks =
      'counts' in one ? checkHistogram(where, one, columns) : checkPlaces(where, one, columns);
    if ('color' in one && !axes.color) {
      throw wrongType('payload.axes.color', 'must be there when marks are coloured', undefined);
    }
    columns.draw(where, marks);
  });
}
