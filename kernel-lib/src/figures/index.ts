/** The figures, as the public name `figures` offers them. */
export { histogram } from './histogram';
export type { HistogramOptions, HistogramValues } from './histogram';
export { learningCurves } from './learningCurves';
export type { LearningCurvesOptions } from './learningCurves';
export { runCurves } from './runCurves';
export type { RunCurvesOptions } from './runCurves';
export { scale } from './scale';
export type { ScaleOptions } from './scale';
export { scatter } from './scatter';
export type { ScatterName, ScatterOptions } from './scatter';
