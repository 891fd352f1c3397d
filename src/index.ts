/** The public API of Inkling. */

export type { ExplanationChartOptions } from './charts/explanation-to-show.js';
export {
  type Augmentation,
  type AugmentationName,
  type AugmentationOptions,
  augmentation,
  augmentationNames,
} from './data/augmentation.js';
export { type Dataset, evenlySpaced, type LabelledImages, select, take } from './data/dataset.js';
export { type DatasetFile, type DatasetFilesOptions, datasetFiles } from './data/dataset-files.js';
export type { DatasetLayout } from './data/dataset-layouts.js';
export { loadDataset } from './data/folder.js';
export { readIdx, writeIdx } from './data/idx.js';
export type { LoadDatasetOptions } from './data/image-folder.js';
export { type LoadMnistOptions, loadMnist } from './data/mnist.js';
export { oneHot, reshape, scale } from './data/preprocess.js';
export { stratifiedSplit } from './data/split.js';
export { type AugmentedImagesOptions, augmentedImages } from './engine/augmented-images.js';
export { type DefaultThreads, defaultThreads, type EngineOptions } from './engine/engine-options.js';
export { formatTrainingProfile } from './engine/profile-table.js';
export { setThreadWorker } from './engine/threads/thread-worker.js';
export type { ProfiledKernel, ProfilePart, ProfilePartKind, TrainingProfile } from './engine/training-profile.js';
export { type ErrorKind, InklingError } from './errors.js';
export { topKAccuracy, wilsonInterval } from './evaluation/accuracy.js';
export { type Calibration, calibrate } from './evaluation/calibration.js';
export {
  type ClassificationReport,
  classificationReport,
  formatClassificationReport,
} from './evaluation/classification-report.js';
export { confidenceThreshold } from './evaluation/confidence-threshold.js';
export {
  type ConfusionMatrix,
  confusionMatrix,
  formatConfusionMatrix,
  normalizeConfusionMatrix,
} from './evaluation/confusion-matrix.js';
export {
  type CalibrationResult,
  evaluateCalibration,
  type ProbabilityQuality,
} from './evaluation/evaluate-calibration.js';
export { type EvaluationReport, evaluatePredictions } from './evaluation/evaluate-predictions.js';
export { softmax } from './evaluation/logits.js';
export { type McnemarResult, mcnemarTest } from './evaluation/mcnemar.js';
export { logMeanProbabilities } from './evaluation/mean-probabilities.js';
export { type Mistake, worstMistakes } from './evaluation/mistakes.js';
export { negativeLogLikelihood } from './evaluation/negative-log-likelihood.js';
export { type Predictions, predictedClasses } from './evaluation/predictions.js';
export { rejectionThreshold } from './evaluation/rejection-threshold.js';
export { expectedCalibrationError, type ReliabilityBin, reliabilityBins } from './evaluation/reliability.js';
export {
  type Classifier,
  type ClassifierScore,
  type DistortionScores,
  formatRobustness,
  measureRobustness,
  type RobustnessOptions,
  type RobustnessReport,
  type RobustnessStep,
} from './evaluation/robustness.js';
export { fitTemperature } from './evaluation/temperature.js';
export type { LoadedEnsemble } from './formats/ensemble-file.js';
export { type ExportFormat, exportFormats } from './formats/export/export-formats.js';
export { type ExportedModel, exportModel } from './formats/export/export-model.js';
export { inklingVersion } from './formats/inkling-version.js';
export { type LoadedModel, type ModelExtras, modelFiles, modelFromFiles } from './formats/model-file.js';
export { weightsSha256 } from './formats/weights-sha256.js';
export type { DetectedDigit, DetectedNumber, Detection } from './inference/detection.js';
export { Ensemble, type EnsembleResult } from './inference/ensemble.js';
export { type ExplainedLayer, type Explanation, type ExplanationOptions, explain } from './inference/explanation.js';
export { networkClassifier, type PredictingModel } from './inference/network-classifier.js';
export { pictureClassifier } from './inference/picture-classifier.js';
export type { Recognition, RecognitionState } from './inference/recognition.js';
export { type RecognizeOptions, Recognizer } from './inference/recognizer.js';
export { type ActivationOptions, activation } from './layers/activation.js';
export { type ActivationName, activationNames } from './layers/activations.js';
export { averagePooling2d } from './layers/average-pooling2d.js';
export { type BatchNormalizationOptions, batchNormalization } from './layers/batch-normalization.js';
export { type Conv2dOptions, conv2d } from './layers/conv2d.js';
export { type DenseOptions, dense } from './layers/dense.js';
export { type DropoutOptions, dropout } from './layers/dropout.js';
export { flatten } from './layers/flatten.js';
export { globalAveragePooling2d } from './layers/global-average-pooling2d.js';
export { type InitializerName, initializerNames } from './layers/layer.js';
export type { Layer } from './layers/layers.js';
export { maxPooling2d } from './layers/max-pooling2d.js';
export type { Pooling2dOptions } from './layers/pooling2d.js';
export { type ArchitectureName, architecture, architectureNames } from './model/architectures.js';
export { freezeLayers, unfreezeLayers } from './model/freeze-layers.js';
export { type InspectedLayer, inspectModel, type ModelInspection } from './model/inspect-model.js';
export { type Model, type ModelConfig, modelFromData } from './model/model.js';
export type { Targets } from './model/rows.js';
export type { SummaryOptions } from './model/summary.js';
export type { Shape, Tensor } from './numerics/tensor.js';
export { type DecodePictureOptions, decodePicture } from './pictures/decode-picture.js';
export type { Picture } from './pictures/picture.js';

export { type ChosenPreprocessing, choosePreprocessing } from './preprocessing/choose-preprocessing.js';
export type { Box } from './preprocessing/connected-components.js';
export type { DroppedMark, DropReason } from './preprocessing/dropped-marks.js';
export { type PreparedImage, prepareImage } from './preprocessing/prepare-image.js';
export { prepareDigits } from './preprocessing/prepare-page.js';
export { type PreparedDigit, prepareDigit } from './preprocessing/preprocess.js';
export {
  type DigitPreprocessing,
  type ImagePreprocessing,
  type Preprocessing,
  preprocessingLikeMnist,
  preprocessingOfImages,
} from './preprocessing/settings.js';
export { type Progress, type ProgressListener, ProgressReporter } from './progress/reporter.js';
export {
  plotConfusionMatrix,
  plotExplanation,
  plotHistory,
  plotReliability,
  plotRobustness,
} from './report/plots.js';
export { configurationDifferences, type SettingDifference } from './report/run-configuration.js';
export { runFiles } from './report/run-files.js';
export type {
  RunConfiguration,
  RunData,
  RunEnvironment,
  RunOutcome,
  RunRecord,
  RunTiming,
} from './report/run-record.js';
export { type ReportedModel, type ReportOptions, writeReport } from './report/write-report.js';
export { Sequential, type SequentialOptions } from './sequential.js';
export { augmentedExamples } from './training/augmented-examples.js';
export {
  BackupAndRestore,
  type BackupAndRestoreOptions,
  type CheckpointStorage,
} from './training/backup-and-restore.js';
export { calibrateModel, type TrainedModel } from './training/calibrate-model.js';
export type {
  BeginLogs,
  Callback,
  CallbackState,
  StepLogs,
  TrainingControl,
  WeightValues,
} from './training/callback.js';
export type { CompileOptions } from './training/compile-options.js';
export { EarlyStopping, type EarlyStoppingOptions } from './training/early-stopping.js';
export type { EvaluateOptions, EvaluateOutputs, EvaluateResult } from './training/evaluate-options.js';
export type { FitOptions } from './training/fit-options.js';
export { type EpochLogs, History, historyToCsv } from './training/history.js';
export { learningRateAt, type TrainingLength } from './training/learning-rate.js';
export {
  categoricalCrossentropy,
  type Loss,
  type LossName,
  type LossOptions,
  sparseCategoricalCrossentropy,
} from './training/losses.js';
export { ModelCheckpoint, type ModelCheckpointOptions } from './training/model-checkpoint.js';
export {
  type AdamOptions,
  type AdamwOptions,
  adam,
  adamw,
  type Optimizer,
  type OptimizerName,
  type OptimizerOptions,
  optimizerByName,
  optimizerNames,
  type RmspropOptions,
  rmsprop,
  type SgdOptions,
  sgd,
} from './training/optimizers.js';
export { type Recipe, type RecipeName, recipe, recipeNames } from './training/recipes.js';
export { ReduceLROnPlateau, type ReduceLROnPlateauOptions } from './training/reduce-lr-on-plateau.js';
export type { ClassWeight } from './training/sample-weights.js';
export {
  type CosineDecayOptions,
  constantSchedule,
  cosineDecay,
  type ExponentialDecayOptions,
  exponentialDecay,
  type OneCycleOptions,
  oneCycle,
  type Schedule,
  scheduleByName,
  scheduleNames,
  stepDecay,
} from './training/schedules.js';
export { TerminateOnNaN } from './training/terminate-on-nan.js';
