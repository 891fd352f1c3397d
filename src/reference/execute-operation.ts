/** One operation of a model in float64: forward, with the way back as a function to be called later. */

import type { Operation } from '../model/operations.js';
import { activationBackward, activationForward } from './activation.js';
import { averagePoolingBackward, averagePoolingForward } from './average-pooling.js';
import {
  batchNormalizationBackward,
  batchNormalizationForward,
  batchNormalizationInferenceBackward,
  batchStatistics,
  movingAverage,
} from './batch-normalization.js';
import { convolutionBackward, convolutionForward } from './convolution.js';
import { denseBackward, denseForward } from './dense.js';
import { dropoutBackward, dropoutForward, dropoutMask } from './dropout.js';
import { globalAveragePoolingBackward, globalAveragePoolingForward } from './global-average-pooling.js';
import { maxPoolingBackward, maxPoolingForward } from './max-pooling.js';
import type { WeightValues } from './optimizers.js';

/** What dropout draws from; the defaults are 0, and dropout is on. */
export interface TrainingOptions {
  readonly seed?: number;
  readonly step?: number;
  readonly dropout?: boolean;
}

/** With `training`, batch normalisation uses the batch's own statistics, and dropout drops; default false. */
export interface ForwardOptions extends TrainingOptions {
  readonly training?: boolean;
}

/** Takes dy; gives dx and the gradients of the operation's weights. */
export type Backward = (dy: Float64Array) => {
  dx: Float64Array;
  weightGradients?: readonly (readonly [path: string, gradient: Float64Array])[];
};

/** An operation executed forward, and the way back of the same mode. */
export interface ExecutedOperation {
  readonly y: Float64Array;
  readonly backward: Backward;
  readonly movingStatistics?: WeightValues;
}

/** @param x `[N, ...inputShape]` @param weights at least the operation's own */
export function executeOperation(
  operation: Operation,
  x: Float64Array,
  weights: WeightValues,
  options: ForwardOptions,
): ExecutedOperation {
  const channels = operation.inputShape[operation.inputShape.length - 1];
  switch (operation.kind) {
    case 'convolution': {
      const kernel = weights.get(operation.kernel.path)!;
      const bias = operation.bias && weights.get(operation.bias.path);
      return {
        y: convolutionForward(x, kernel, bias, operation),
        backward: (dy) => withWeightPaths(operation, convolutionBackward(dy, x, kernel, operation)),
      };
    }
    case 'dense': {
      const kernel = weights.get(operation.kernel.path)!;
      const bias = operation.bias && weights.get(operation.bias.path);
      return {
        y: denseForward(x, kernel, bias, channels),
        backward: (dy) => withWeightPaths(operation, denseBackward(dy, x, kernel, channels)),
      };
    }
    case 'maxPooling': {
      const { y, argmax } = maxPoolingForward(x, operation);
      return { y, backward: (dy) => ({ dx: maxPoolingBackward(dy, argmax, x.length) }) };
    }
    case 'averagePooling':
      return {
        y: averagePoolingForward(x, operation),
        backward: (dy) => ({ dx: averagePoolingBackward(dy, operation) }),
      };
    case 'globalAveragePooling':
      return {
        y: globalAveragePoolingForward(x, operation.inputShape),
        backward: (dy) => ({ dx: globalAveragePoolingBackward(dy, operation.inputShape) }),
      };
    case 'activation': {
      const y = activationForward(x, operation, channels);
      return { y, backward: (dy) => ({ dx: activationBackward(dy, y, operation, channels) }) };
    }
    case 'dropout': {
      const { training = false, dropout = true, seed = 0, step = 0 } = options;
      if (!training || !dropout) return { y: x, backward: (dy) => ({ dx: dy }) };
      const mask = dropoutMask(x.length, operation.rate, { seed, step, layer: operation.layer });
      return { y: dropoutForward(x, mask), backward: (dy) => ({ dx: dropoutBackward(dy, mask) }) };
    }
    case 'batchNormalization':
      // A frozen one uses its moving averages in training too, as in Keras.
      return executeBatchNormalization(operation, x, weights, operation.gamma.trainable && (options.training ?? false));
  }
}

function executeBatchNormalization(
  operation: Extract<Operation, { kind: 'batchNormalization' }>,
  x: Float64Array,
  weights: WeightValues,
  training: boolean,
): ExecutedOperation {
  const { epsilon, momentum } = operation;
  const gamma = weights.get(operation.gamma.path)!;
  const beta = weights.get(operation.beta.path)!;
  const moving = {
    mean: weights.get(operation.movingMean.path)!,
    variance: weights.get(operation.movingVariance.path)!,
  };
  const statistics = training ? batchStatistics(x, gamma.length) : moving;
  const way = training ? batchNormalizationBackward : batchNormalizationInferenceBackward;
  return {
    y: batchNormalizationForward(x, gamma, beta, statistics, epsilon),
    backward: (dy) => {
      const { dx, dGamma, dBeta } = way(dy, x, gamma, statistics, epsilon);
      return {
        dx,
        weightGradients: [
          [operation.gamma.path, dGamma],
          [operation.beta.path, dBeta],
        ],
      };
    },
    movingStatistics: training
      ? new Map([
          [operation.movingMean.path, movingAverage(moving.mean, statistics.mean, momentum)],
          [operation.movingVariance.path, movingAverage(moving.variance, statistics.variance, momentum)],
        ])
      : undefined,
  };
}

function withWeightPaths(
  { kernel, bias }: Extract<Operation, { kind: 'convolution' | 'dense' }>,
  { dx, dKernel, dBias }: { dx: Float64Array; dKernel: Float64Array; dBias: Float64Array },
): ReturnType<Backward> {
  return { dx, weightGradients: [[kernel.path, dKernel], ...(bias ? [[bias.path, dBias] as const] : [])] };
}
