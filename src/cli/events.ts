/**
 * What `--json` prints: one event a line. Scores are fractions from 0 to 1, what is unknown is null.
 * docs/command-line.md tells all.
 */

import type { DatasetDescription } from '../data/describe.js';
import type { TrainingProfile } from '../engine/training-profile.js';
import type { Calibration } from '../evaluation/calibration.js';
import type { ClassMetrics } from '../evaluation/classification-report.js';
import type { ConfusionMatrix } from '../evaluation/confusion-matrix.js';
import type { RobustnessReport } from '../evaluation/robustness.js';
import type { ExportFormat } from '../formats/export/export-formats.js';
import type { Preprocessing } from '../preprocessing/settings.js';
import type { Progress } from '../progress/reporter.js';
import type { CalibrationScores } from '../report/calibration-scores.js';
import type { Comparison } from '../report/comparison.js';
import type { RunSummary } from '../report/summary.js';
import type { RankCorrelation } from '../sweeps/results.js';
import type { EpochLogs } from '../training/history.js';
import type { Loss } from '../training/losses.js';
import type { Optimizer } from '../training/optimizers.js';
import type { NamedAugmentation } from './augmentation-choice.js';
import type { RunEntry } from './run-entries.js';

/** Data, model and engine as they were chosen. */
export interface Setup {
  readonly data: {
    readonly name: string;
    readonly source: string;
    readonly sha256: string;
    readonly imageShape: readonly number[];
    readonly classNames: readonly string[];
    /** Only for `train`; `validationImages` too. */
    readonly trainingImages?: number;
    readonly validationImages?: number;
    readonly testImages: number;
  };
  readonly model: { readonly name: string; readonly parameters: number; readonly multiplyAdds: number };
  readonly threads: number;
  readonly arithmetic: 'plain' | 'fused';
  readonly vectorBits: 128 | 256;
}

/** With what the calibration is worth, all null where the model has none. */
export interface Scores extends CalibrationScores {
  readonly testAccuracy: number;
  /** Wilson's 95 % interval. */
  readonly testAccuracyInterval: readonly [low: number, high: number];
  readonly testLoss: number;
  readonly top2Accuracy: number;
}

export interface SummaryLayer {
  readonly name: string;
  readonly type: string;
  readonly outputShape: readonly number[];
  readonly parameters: number;
  readonly multiplyAdds: number;
}

/** A trial of a sweep that has ended. */
export interface TrialEvent {
  readonly trial: unknown;
  readonly configuration: unknown;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly seed: unknown;
  readonly fold: unknown;
  readonly state: string;
  readonly valAccuracy: number | null;
  readonly weightsSha256: unknown;
  readonly error: unknown;
}

/** A model without its weights. */
export interface NetworkSummary {
  readonly model: string;
  readonly inputShape: readonly number[];
  readonly parameters: number;
  readonly multiplyAdds: number;
  readonly layers: readonly SummaryLayer[];
}

/** An ensemble as it was made, and what it is worth on images that none of its members was trained on. */
export interface EnsembleDescription {
  readonly folder: string;
  /** In their order, from which folders. */
  readonly members: readonly { readonly folder: string; readonly from: string; readonly accuracy: number | null }[];
  /** How many such images there are; accuracies are null where they are too few. */
  readonly images: number;
  readonly accuracy: number | null;
  /** null where they are too few. */
  readonly calibration: Calibration | null;
  readonly weightsSha256: string;
}

export type CommandEvent =
  | ({
      readonly event: 'start';
      /** The run's folder: that which is written, or that which is evaluated. */
      readonly folder: string;
      /** Only for `train`. */
      readonly training?: {
        recipe: string;
        seed: number;
        epochs: number;
        batchSize: number;
        optimizer: Optimizer;
        loss: Loss;
        /** How pictures will be prepared for the model; stored with it. */
        preprocessing: Preprocessing;
        /** Only with `--augment`. */
        augmentation?: NamedAugmentation;
      };
    } & Setup)
  | ({ readonly event: 'progress' } & Progress)
  | ({ readonly event: 'epoch'; readonly epochs: number } & EpochLogs)
  | { readonly event: 'interrupted' }
  | ({
      readonly event: 'evaluation';
      readonly classes: readonly ClassMetrics[];
      readonly confusionMatrix: ConfusionMatrix;
    } & Scores)
  | ({ readonly event: 'robustness' } & RobustnessReport)
  | ({ readonly event: 'profile' } & TrainingProfile)
  | ({ readonly event: 'result'; readonly folder: string } & (RunSummary | (Scores & { weightsSha256: string })))
  | ({
      readonly event: 'data';
      readonly contactSheet: string;
      readonly augmentation?: NamedAugmentation;
      /** How `train` would have pictures prepared. */
      readonly preprocessing: Preprocessing;
    } & DatasetDescription)
  | ({ readonly event: 'summary' } & (
      | NetworkSummary
      | (Omit<NetworkSummary, 'layers'> & { readonly members: readonly NetworkSummary[] })
    ))
  | ({ readonly event: 'ensemble' } & EnsembleDescription)
  | {
      readonly event: 'export';
      readonly format: ExportFormat;
      readonly files: readonly { readonly file: string; readonly bytes: number }[];
      readonly weightsSha256: string;
    }
  | ({ readonly event: 'run' } & RunEntry)
  | ({ readonly event: 'comparison' } & Comparison)
  | ({ readonly event: 'trial' } & TrialEvent)
  | {
      readonly event: 'sweep';
      readonly folder: string;
      /** Best first. */
      readonly configurations: readonly object[];
      readonly rankCorrelations: readonly RankCorrelation[];
      readonly best: TrialEvent;
      /** That trains the best again. */
      readonly command: string;
      readonly testAccuracy: number | null;
    }
  | { readonly event: 'studio'; readonly address: string }
  | { readonly event: 'error'; readonly kind: string; readonly message: string };
