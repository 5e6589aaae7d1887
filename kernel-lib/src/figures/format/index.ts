/** What a figure is when it travels or is stored: FORMAT.md as types and limits. */
import type { FigurePayload1 } from './version1';
import type { ScenePayload, StudyPayload } from './version2';

export { FIGURE_MIME, FIGURE_VERSION, LIMITS, SYMBOLS } from './common';
export type { ColorAxis, MarkSymbol } from './common';
export { LAYER_COLUMNS } from './layers';
export type { ColumnKind, StoredLayer, StoredPanel } from './layers';
export type {
  CurveMark,
  CurveSeries,
  CurvesPayload,
  FigurePayload1,
  HistogramPayload,
  HistogramSeries,
  ScatterPayload,
  ScatterSeries,
  Series
} from './version1';
export type { ScenePayload, SparseTexts, Steer, SteerControl, StoredTable, StudyPayload } from './version2'; // prettier-ignore

/** What is written now. */
export type FigurePayload2 = ScenePayload | StudyPayload;

/** A figure as plain data: JSON writes and reads it without loss. */
export type FigurePayload = FigurePayload1 | FigurePayload2;
