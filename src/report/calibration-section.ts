/** The report's tables on how far to trust a network's probabilities. */

import type { CalibrationResult } from '../evaluation/evaluate-calibration.js';
import { term } from './glossary.js';
import { type Html, html } from './html.js';
import { integer, percent } from './number-format.js';
import { factsTable, numbersTable } from './report-tables.js';

/** Scores before and after, and what the thresholds mean on the test images. */
export function calibrationTables(result: CalibrationResult): Html {
  const { calibration, before, after, images, notSure, rejected, sureAccuracy } = result;
  const { temperature, confidenceThreshold, rejectionThreshold } = calibration;
  const fraction = (count: number) =>
    `${integer(count)} of ${integer(images)} test images (${percent(count / images)})`;
  const scores = numbersTable(
    `The test images' probabilities before and after dividing the logits by ${temperature.toFixed(3)}; lower is better`,
    ['Score', 'Before', 'After'],
    [
      [
        html`${term('expected-calibration-error', 'Expected calibration error')} (15 bins)`,
        percent(before.expectedCalibrationError),
        percent(after.expectedCalibrationError),
      ],
      [
        html`${term('cross-entropy', 'Negative log-likelihood')} (nats)`,
        before.negativeLogLikelihood.toFixed(4),
        after.negativeLogLikelihood.toFixed(4),
      ],
    ],
  );
  const thresholds = factsTable(`When not to answer, as fitted on ${integer(calibration.images)} validation images`, [
    [
      'Sure',
      confidenceThreshold === null
        ? 'never: not even the most probable answer has a calibrated probability of 99.9 %'
        : `from a probability of ${percent(confidenceThreshold)}, as the calibrated probabilities of such answers are 99.9 % in the mean`,
    ],
    [
      'No answer',
      `below a probability of ${percent(rejectionThreshold)}, where 0.5 % of the answers lay at most; here ${fraction(rejected)}`,
    ],
    [
      'Not sure',
      `${fraction(notSure)}, those without an answer among them; ` +
        (sureAccuracy === null ? 'none remain' : `of the rest ${percent(sureAccuracy)} are right`),
    ],
  ]);
  const isWorse = after.negativeLogLikelihood > before.negativeLogLikelihood;
  const note = html`
<p>The temperature does not help here: it was fitted on validation images, and these probabilities were good before.</p>`;
  return html`${scores}${isWorse ? note : undefined}${thresholds}`;
}
