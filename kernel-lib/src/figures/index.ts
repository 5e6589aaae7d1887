/** The figures, as the public name `figures` offers them. */
export { histogram } from './distributions/histogram';
export type { HistogramOptions, HistogramValues } from './distributions/histogram';
export { learningCurves } from './training/learningCurves';
export type { LearningCurvesOptions } from './training/learningCurves';
export { runCurves } from './training/runCurves';
export type { RunCurvesOptions } from './training/runCurves';
export { scale } from './distributions/scale';
export type { ScaleOptions } from './distributions/scale';
export { scatter } from './scatter';
export type { ScatterName, ScatterOptions } from './scatter';
