/** An activation function as a layer of its own. `softmax` works along the last axis. */

import { type ActivationName, activationNames, defaultNegativeSlope } from './activations.js';
import { frozen, type LayerBase, type LayerDefinition } from './layer.js';
import { LayerOptions } from './layer-options.js';

/** Options of `activation`. */
export interface ActivationOptions {
  activation: ActivationName;
  /** Slope of `leakyRelu` below zero; default 0.2. */
  negativeSlope?: number;
  name?: string;
  /** Of no effect, since the layer has no weights. Default true. */
  trainable?: boolean;
}

export interface Activation extends LayerBase<'activation'> {
  readonly activation: ActivationName;
  readonly negativeSlope: number;
}

/**
 * An activation function as a layer of its own, as Keras's Activation.
 * @throws InklingError (model) for an unknown activation
 * @example
 * ```ts
 * activation('relu');
 * activation({ activation: 'leakyRelu', negativeSlope: 0.1 });
 * ```
 */
export function activation(options: ActivationOptions | ActivationName): Activation {
  return frozen(activationDefinition.create(typeof options === 'string' ? { activation: options } : options));
}

export const activationDefinition: LayerDefinition<Activation> = {
  type: 'activation',
  create(given) {
    const options = new LayerOptions('activation', given, ['activation', 'negativeSlope']);
    return {
      type: 'activation',
      ...options.common(),
      activation: options.choice('activation', activationNames),
      negativeSlope: options.number('negativeSlope', { most: 1 }, defaultNegativeSlope),
    };
  },
  outputShape: (_, inputShape) => inputShape,
  weights: () => [],
  multiplyAdds: () => 0,
};
