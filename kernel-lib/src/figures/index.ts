/** The figures, as the public name `figures` offers them. */
export { batchNorm } from './distributions/batchNorm';
export type { BatchNormFigureOptions, BatchNormStages } from './distributions/batchNorm';
export { covariateShift } from './distributions/covariateShift';
export type { CovariateShiftOptions, ShiftData } from './distributions/covariateShift';
export { histogram } from './distributions/histogram';
export type { HistogramOptions } from './distributions/histogram';
export type { HistogramValues } from './distributions/sets';
export { layers } from './distributions/layers';
export type { LayersOptions } from './distributions/layers';
export { learningCurves } from './training/learningCurves';
export type { LearningCurvesOptions } from './training/learningCurves';
export { optimizerPaths } from './training/optimizerPaths';
export type { LossSurface, OptimizerPathsOptions } from './training/optimizerPaths';
export type { OptimizerPath } from './training/paths';
export type { LossGrid } from './training/surface';
export { runCurves } from './training/runCurves';
export type { RunCurvesOptions } from './training/runCurves';
export { scale } from './distributions/scale';
export type { ScaleOptions } from './distributions/scale';
export { schedule } from './training/schedule';
export type { ScheduleFigureOptions, ScheduleSource } from './training/schedule';
export { contour } from './study/public/contour';
export type { ContourOptions } from './study/public/contour';
export type { StudyFigureOptions, TrialName } from './study/public/ofStudy';
export { parallelCoordinates } from './study/public/parallelCoordinates';
export type { ParallelCoordinatesOptions } from './study/public/parallelCoordinates';
export { paretoFront } from './study/public/paretoFront';
export type { ParetoFrontOptions } from './study/public/paretoFront';
export { rank } from './study/public/rank';
export type { RankOptions } from './study/public/rank';
export { scatter } from './study/public/scatter';
export type { ScatterOptions } from './study/public/scatter';
export { scatterMatrix } from './study/public/scatterMatrix';
export type { ScatterMatrixOptions } from './study/public/scatterMatrix';
export { slice } from './study/public/slice';
export type { SliceOptions } from './study/public/slice';
export { trialTable } from './study/public/trialTable';
export type { TrialColumnName, TrialTableOptions } from './study/public/trialTable';
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
export { curves } from './distributions/curves';
export type { Curve, CurvesOptions } from './distributions/curves';
export { percentiles } from './distributions/percentiles';
export type { PercentilesOptions } from './distributions/percentiles';
export type { NamedOverSteps, OverSteps, SamplesOverSteps } from './distributions/overSteps';
export { ridgeline } from './distributions/ridgeline';
export type { RidgelineOptions } from './distributions/ridgeline';
export { compareStudies } from './study/public/compareStudies';
export type { CompareStudiesOptions } from './study/public/compareStudies';
export { distribution } from './study/public/distribution';
export { history } from './study/public/history';
export { importance } from './study/public/importance';
export type { ImportanceFigureOptions } from './study/public/importance';
export { intermediateValues } from './study/public/intermediateValues';
export { timeline } from './study/public/timeline';
