/** The negative log-likelihood of the truth: what a cross-entropy without label smoothing measures. */

import { InklingError } from '../errors.js';
import type { Tensor } from '../numerics/tensor.js';
import { checkLogits, logSumExp, requireTemperature } from './logits.js';
import { requireLabels } from './predictions.js';

/**
 * The mean of -log softmax(logits / temperature)[label], in nats.
 *
 * @param logits `[N, classes]`; N at least 1
 * @param labels N class indices
 * @param temperature above 0; default 1
 * @throws InklingError where shapes do not fit, a logit is not finite or the temperature is not above 0
 * @example
 * ```ts
 * const logits = await model.predictLogits(test.images);
 * console.log(negativeLogLikelihood(logits, test.labels, calibration.temperature));
 * ```
 */
export function negativeLogLikelihood(
  logits: Tensor<Float32Array>,
  labels: ArrayLike<number>,
  temperature = 1,
): number {
  const { data, count, classes } = checkLogits(logits);
  requireLabels(labels, count, classes);
  requireTemperature(temperature);
  if (count === 0) throw new InklingError('argument', 'The likelihood of no examples is undefined. Pass at least one.');
  const scaled = Float64Array.from(data, (logit) => logit / temperature);
  const whole = logSumExp(scaled, classes);
  return whole.reduce((sum, value, example) => sum + (value - scaled[example * classes + labels[example]]), 0) / count;
}
