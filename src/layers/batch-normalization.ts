/**
 * Normalises each channel (the last axis) by mean and variance: of the batch while training, of the moving averages
 * otherwise (Ioffe and Szegedy 2015). As Keras: the variance is the biased one, also in the moving average.
 */

import { frozen, type LayerBase, type LayerDefinition, type WeightName, type WeightSpecification } from './layer.js';
import { LayerOptions } from './layer-options.js';

/** Options of `batchNormalization`. */
export interface BatchNormalizationOptions {
  /** Share of the old moving average that each step keeps; default 0.99. */
  momentum?: number;
  /** Added to the variance; default 1e-3. */
  epsilon?: number;
  name?: string;
  /** False: its weights stay as they are, and training uses the moving averages, as in Keras. Default true. */
  trainable?: boolean;
}

export interface BatchNormalization extends LayerBase<'batchNormalization'> {
  readonly momentum: number;
  readonly epsilon: number;
}

/**
 * Normalises each channel by mean and variance, of the batch in training and of the moving averages otherwise, as
 * Keras's BatchNormalization.
 * @throws InklingError (model) for a value out of range
 * @example
 * ```ts
 * new Sequential([conv2d({ filters: 32, kernelSize: 3 }), batchNormalization(), activation('relu'), flatten(), dense({ units: 10 })]);
 * ```
 */
export function batchNormalization(options: BatchNormalizationOptions = {}): BatchNormalization {
  return frozen(batchNormalizationDefinition.create(options));
}

export const batchNormalizationDefinition: LayerDefinition<BatchNormalization> = {
  type: 'batchNormalization',
  create(given) {
    const options = new LayerOptions('batchNormalization', given, ['momentum', 'epsilon']);
    return {
      type: 'batchNormalization',
      ...options.common(),
      momentum: options.number('momentum', { most: 1 }, 0.99),
      epsilon: options.number('epsilon', { least: 1e-12, most: 1 }, 1e-3),
    };
  },
  outputShape: (_, inputShape) => inputShape,
  weights(layer, inputShape) {
    const trained = layer.trainable ?? true;
    const channels = inputShape[inputShape.length - 1];
    const weight = (name: WeightName, initializer: 'zeros' | 'ones', trainable: boolean): WeightSpecification => ({
      name,
      shape: [channels],
      initializer,
      fanIn: channels,
      fanOut: channels,
      trainable,
      l2: 0,
    });
    return [
      weight('gamma', 'ones', trained),
      weight('beta', 'zeros', trained),
      weight('movingMean', 'zeros', false),
      weight('movingVariance', 'ones', false),
    ];
  },
  multiplyAdds: () => 0,
};
