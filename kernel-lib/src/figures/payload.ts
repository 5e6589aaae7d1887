/**
 * The door to figures as data, for the library and the extension alike: types, limits, columns, and
 * the check of what comes from outside. Pure: nothing here needs Node or a DOM.
 */
export { decodeColumn, encodeColumn } from './columns';
export type { Column, NumericColumn, NumericDtype, NumericValues, StringColumn } from './columns';
export { FIGURE_MIME, FIGURE_VERSION, LIMITS, SYMBOLS } from './format';
export type {
  ColorAxis,
  CurveSeries,
  CurvesPayload,
  FigurePayload,
  FigurePayload1,
  FigurePayload2,
  HistogramPayload,
  HistogramSeries,
  MarkSymbol,
  ScatterPayload,
  ScatterSeries,
  ScenePayload,
  Series,
  StoredLayer,
  StoredPanel,
  StoredTable,
  StudyPayload
} from './format';
export { parsePayload } from './parsePayload';
export type { Axis } from '../scales/axis';
