/**
 * A calibration and what it is worth in numbers, as programs get them. Shares are fractions from 0 to 1; what is
 * unknown is null.
 */

import type { CalibrationResult } from '../evaluation/evaluate-calibration.js';

/** A score of the network's own probabilities, and of those at the calibration's temperature. */
export interface BeforeAndAfter {
  readonly before: number;
  readonly after: number;
}

export interface CalibrationScores {
  readonly temperature: number | null;
  readonly confidenceThreshold: number | null;
  readonly rejectionThreshold: number | null;
  /** Validation images that it was fitted on. */
  readonly calibrationImages: number | null;
  readonly expectedCalibrationError: BeforeAndAfter | null;
  /** In nats. */
  readonly negativeLogLikelihood: BeforeAndAfter | null;
  /** Share of the test images that are not answered surely. */
  readonly notSure: number | null;
  /** Share of the test images that get no answer, as if they were no digits; they count as not sure too. */
  readonly rejected: number | null;
  /** Share of right answers among the rest. */
  readonly sureAccuracy: number | null;
}

/** All null where there is no calibration. */
export function calibrationScores(result: CalibrationResult | undefined): CalibrationScores {
  const { temperature = null, confidenceThreshold = null, rejectionThreshold = null } = result?.calibration ?? {};
  const both = (name: 'expectedCalibrationError' | 'negativeLogLikelihood') =>
    result ? { before: result.before[name], after: result.after[name] } : null;
  return {
    temperature,
    confidenceThreshold,
    rejectionThreshold,
    calibrationImages: result?.calibration.images ?? null,
    expectedCalibrationError: both('expectedCalibrationError'),
    negativeLogLikelihood: both('negativeLogLikelihood'),
    notSure: result ? result.notSure / result.images : null,
    rejected: result ? result.rejected / result.images : null,
    sureAccuracy: result?.sureAccuracy ?? null,
  };
}
