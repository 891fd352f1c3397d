/**
 * What is known of a run when it ends, as plain data. Whoever trains fills it in; everything in a run's folder is made
 * from it, so that two equal records give two equal folders. Counts and scores that follow from these fields are not
 * fields.
 */

import type { CalibrationResult } from '../evaluation/evaluate-calibration.js';
import type { EvaluationReport } from '../evaluation/evaluate-predictions.js';
import type { Predictions } from '../evaluation/predictions.js';
import type { RobustnessReport } from '../evaluation/robustness.js';
import type { Model } from '../model/model.js';
import type { Tensor } from '../numerics/tensor.js';
import type { Preprocessing } from '../preprocessing/settings.js';
import type { History } from '../training/history.js';
import type { Loss } from '../training/losses.js';
import type { Optimizer } from '../training/optimizers.js';
import type { TrainingState } from '../training/training-state.js';

/** A run when it ends, as plain data: `runFiles` makes its folder of it. */
export interface RunRecord {
  readonly model: Model;
  /** By path such as `conv2d/kernel`, in Keras's layout: the weights that were tested. */
  readonly weights: ReadonlyMap<string, Float32Array>;
  /** Stored with the model; left out where nothing is known of how its inputs were made. */
  readonly preprocessing?: Preprocessing;
  /** One name a class. */
  readonly classNames: readonly string[];
  readonly configuration: RunConfiguration;
  readonly data: RunData;
  /** The epochs that were finished; none where a run was stopped in its first. With a profile where there is one. */
  readonly history: History;
  readonly outcome: RunOutcome;
  /** On the test images. */
  readonly evaluation: EvaluationReport;
  /**
   * On the test images; there where validation images were set aside to fit a calibration on. It is stored with the
   * model.
   */
  readonly calibrationResult?: CalibrationResult;
  /** On the test images, in their order. */
  readonly predictions: Predictions;
  /** On some of the test images, distorted. Given where it was measured. */
  readonly robustness?: RobustnessReport | undefined;
  /** Whether somebody ended its measuring. */
  readonly isRobustnessMissing?: boolean;
  /** `[N, H, W, C]`: the pictures of the gallery are taken from them. */
  readonly testImages: Tensor<Uint8Array>;
  readonly timing: RunTiming;
  readonly environment: RunEnvironment;
  /** The exact command line that repeats the run, where one made it. */
  readonly command?: string;
}

/** How a run was trained. */
export interface RunConfiguration {
  /** Name of the recipe that was followed but for what was asked otherwise, where there is one. */
  readonly recipe?: string;
  readonly seed: number;
  /** Of the split, where it has a seed of its own. */
  readonly splitSeed?: number;
  /** How many were asked for. */
  readonly epochs: number;
  readonly batchSize: number;
  /** With its learning rate or schedule. */
  readonly optimizer: Optimizer;
  readonly loss: Loss;
  /** How training images were changed by chance, and what that is called; undefined where they were not. */
  readonly augmentation?: (NonNullable<TrainingState['augmentation']> & { readonly name: string }) | undefined;
}

/** What a run was trained on. */
export interface RunData {
  readonly name: string;
  /** As it was given, where the data is a folder of one's own. */
  readonly folder?: string | undefined;
  /** The size that the folder's images were scaled to, where they were. */
  readonly resize?: readonly [height: number, width: number] | undefined;
  /** Where the data came from, for people. */
  readonly source?: string;
  /** Hexadecimal SHA-256 over all of it. */
  readonly sha256?: string;
  /** Images that the weights were trained on; those for validation are not among them. 0 where nobody told. */
  readonly trainingImages: number;
  /** 0 where there was no validation. */
  readonly validationImages: number;
}

/** `interrupted`: somebody ended it, perhaps in the midst of an epoch. */
export type RunOutcome = 'finished' | 'interrupted';

/** When a run was trained, and how fast. */
export interface RunTiming {
  /** ISO 8601, in UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Wall time of training, validation excluded. */
  readonly trainSeconds: number;
  /** Training images over `trainSeconds`. */
  readonly imagesPerSecond: number;
}

/** What a run was trained with. */
export interface RunEnvironment {
  readonly threads: number;
  readonly arithmetic: 'plain' | 'fused';
  /** Width of the engine's vectors; results do not depend on it. */
  readonly vectorBits: 128 | 256;
  /** What ran, such as `{ inkling: '0.1.0', node: '24.1.0', v8: '13.6' }`. */
  readonly versions: Readonly<Record<string, string>>;
  /** Operating system and processor, such as `linux x64, AMD EPYC 7763`. */
  readonly machine?: string;
}
