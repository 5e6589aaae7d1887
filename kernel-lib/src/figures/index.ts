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
export { confusion } from './training/confusion';
export type { ConfusionFigureOptions } from './training/confusion';
export { decisionRegions } from './training/decisionRegions';
export type {
  Classifier,
  ClassifierOutputs,
  DecisionRegionsOptions,
  ExampleInputs,
  LabelledInputs
} from './training/decisionRegions';
export { images } from './training/images';
export type { ImagesOptions } from './training/images';
export { probabilities } from './training/probabilities';
export type { ProbabilitiesOptions } from './training/probabilities';
export { simplex } from './training/simplex';
export type { SimplexOptions } from './training/simplex';
export { weights } from './training/weights';
export type { WeightsOptions } from './training/weights';
