/**
 * tunelab: hyperparameter tuning, batch normalization and softmax as a working laboratory.
 * This file is the whole public API; the dot is the catalogue: `layers.`, `scales.`, `samplers.`, …
 */
export { caviar, type CaviarOptions } from './caviar/caviar';
export { compare, type CompareOptions, type Comparison } from './caviar/compare';
export { command, type Command, type CommandOptions } from './caviar/command';
export type { Executor, Place, RunTools } from './caviar/executor';
export * as datasets from './datasets/catalogue';
export type { Dataset, Examples, Inputs, Split } from './datasets/dataset';
export type { RegressionData, RegressionExamples } from './datasets/regression';
import './display/listing';
import './display/save';
export { show, type Shown, type ShowOptions } from './display/show';
export { check, ClaimFailed, type Expectation } from './exercises/check';
export { exercise, type Exercise, type ExerciseOptions } from './exercises/exercise';
export type { Figure, SaveOptions } from './figures/figure';
export * as figures from './figures/index';
export { type Kernel, type MimeBundle } from './host';
export { importance, type Importance, type ImportanceOptions } from './importance/importance';
export { lecturePriorities } from './importance/priorities';
export { batchNorm, type BatchNormOptions } from './layers/batchNorm';
export * as layers from './layers/catalogue';
export { hardmax } from './layers/hardmax';
export * as initializations from './layers/initializations';
export { softmax } from './layers/softmax';
export { crossEntropy } from './losses/crossEntropy';
export { logisticLoss } from './losses/logisticLoss';
export { meanSquaredError } from './losses/meanSquaredError';
export { createRng, hashSeed, type Rng } from './numeric/rng';
export type { RankCorrelation } from './numeric/ranks';
export type { MathMatrix, Tensor } from './numeric/tensor';
export * as optimizers from './optimizers/catalogue';
export * as pruners from './pruners/catalogue';
export type { PruneContext, Pruner } from './pruners/pruner';
export type { ExerciseAnswer, QuizQuestion } from './quiz/format';
export { quiz, type Quiz, type QuizOptions, type Score } from './quiz/quiz';
export { retune, type ProbeResult, type RetuneOptions, type Retuning } from './retune/retune';
export * as samplers from './samplers/catalogue';
export type { SearchHistory } from './samplers/history';
export type { AskContext, Dimension, Sampler } from './samplers/sampler';
export type { Axis } from './scales/axis';
export * as scales from './scales/catalogue';
export type { Scale, ScaleDescription } from './scales/scale';
export * as schedules from './schedules/catalogue';
export type { Schedule, ScheduleContext } from './schedules/schedule';
export { panda, type BranchOptions, type Run } from './panda/panda';
export { replay, type ReplayOptions } from './panda/replay';
export type { PandaOptions } from './panda/options';
export type { Changes, RunEvent, RunHistory, Settings as RunSettings } from './panda/format';
export { exportCsv, importCsv, type ImportCsvOptions } from './exchange/csv';
export { exportJson, importJson } from './exchange/json';
export { optunaSqlite } from './exchange/sqlite';
export type { Damage } from './storage/journal/damage';
export { journal, type JournalStorage } from './storage/journal/journal';
export type { Operation, StoredOperation } from './storage/operation';
export type { StudyStorage } from './storage/storage';
export { Pruned, type Objective, type ObjectiveTools, type Outcome } from './study/objective';
export { SearchStopped, type OptimizeOptions } from './study/optimize';
export { study } from './study/create';
export { openStudy } from './study/open';
export type { Notes } from './study/ledger';
export type { StoredStudyOptions, StudyOptions } from './study/settings';
export * as stopRules from './study/stopRules';
export type { SearchProgress, StopRule } from './study/stopRules';
export type { Study } from './study/study';
export { activations, type LayerActivations } from './training/activations';
export { TrainingDiverged } from './training/divergence';
export type { Distribution } from './training/distribution';
export type { EarlyStoppingOptions } from './training/earlyStopping';
export { estimateBatchNorm } from './training/estimateBatchNorm';
export { evaluate, type Evaluation } from './training/evaluate';
export { loadFile, saveFile } from './training/files';
export { fit } from './training/fit';
export type { FitOptions, UpdateOptions } from './training/fitOptions';
export {
  checkGradients,
  type GradientCheck,
  type GradientCheckOptions,
  type ParameterCheck
} from './training/gradientCheck';
export {
  TrainingStopped,
  type EpochRecord,
  type History,
  type StepRecord
} from './training/history';
export * as metrics from './training/metrics/catalogue';
export { miniBatches, type MiniBatchOptions } from './training/miniBatches';
export { sequential, type Layer, type Network, type NetworkOptions } from './training/network';
export { predict, predictClasses, type Predictions } from './training/predict';
export { probe, type ProbeOptions, type ProbeRecord, type ProbeSubject } from './training/probes';
export { load, save } from './training/save';
export { backward, forward, trainStep, update, type StepResult } from './training/steps';
export { summary, type LayerSummary, type NetworkSummary } from './training/summary';
export type { TrainingData } from './training/trainingSet';
export type { Direction, Trial, TrialState } from './trials/trial';
export type { ConfigOf, NameOf, PartialConfig, Space, SpaceNode, StudyView } from './trials/view';
export { version } from './version';
export type { ClipLimits, Mode, OptimizerPlan, Parameter, Variant } from './wasm/engine';
export { engineInfo } from './wasm/select';
