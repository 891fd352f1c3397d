/** What several networks say together: the mean of their probabilities. */

import { InklingError } from '../errors.js';
import { exp, log } from '../numerics/elementary.js';
import { formatShape, type Tensor } from '../numerics/tensor.js';
import { checkLogits, logSumExp } from './logits.js';

/**
 * The logarithm of the mean of the networks' probabilities, softmax(logits) of each: logits of all together, since
 * softmax of them is that mean. The mean of plain probabilities is what an ensemble commonly is (Lakshminarayanan,
 * Pritzel, Blundell, "Simple and scalable predictive uncertainty estimation using deep ensembles", 2017). Float64 from
 * IEEE operations, added in the order of the networks.
 *
 * @param all logits `[N, classes]` of each network for the same rows; one network at least
 * @returns `[N, classes]`, never infinite
 * @throws InklingError (argument) where there is none, or where shapes differ, (data) where a logit is not finite
 * @example
 * ```ts
 * const other = await Sequential.load('runs/other');
 * const logits = logMeanProbabilities([await model.predictLogits(test.images), await other.predictLogits(test.images)]);
 * console.log(negativeLogLikelihood(logits, test.labels)); // of both together
 * ```
 */
export function logMeanProbabilities(all: readonly Tensor<Float32Array>[]): Tensor<Float32Array> {
  const [first] = all;
  if (first === undefined) {
    throw new InklingError('argument', 'logMeanProbabilities: expected the logits of one network at least.');
  }
  const other = all.find(({ shape }) => formatShape(shape) !== formatShape(first.shape));
  if (other) {
    throw new InklingError(
      'argument',
      `logMeanProbabilities: expected logits of one shape. Received: ${formatShape(first.shape)} and ${formatShape(other.shape)}.`,
    );
  }
  const networks = all.map((logits) => {
    const { data, classes } = checkLogits(logits);
    return { data, classes, sums: logSumExp(data, classes) };
  });
  const { classes } = networks[0];
  const data = new Float32Array(first.data.length);
  const logProbabilities = new Float64Array(networks.length);
  for (let index = 0; index < data.length; index++) {
    const row = Math.floor(index / classes);
    for (const [network, { data, sums }] of networks.entries()) logProbabilities[network] = data[index] - sums[row];
    // Relative to the largest, so that no probability is lost to underflow.
    const largest = Math.max(...logProbabilities);
    const sum = logProbabilities.reduce((total, value) => total + exp(value - largest), 0);
    data[index] = largest + log(sum / networks.length);
  }
  return { data, shape: [...first.shape] };
}
