/** Fully connected layer over a vector: `y = activation(x kernel + bias)`, kernel `[in, units]`, as Keras's Dense. */

import { InklingError } from '../errors.js';
import { formatShape } from '../numerics/tensor.js';
import { type ActivationName, activationNames } from './activations.js';
import {
  biasSpecification,
  frozen,
  type InitializerName,
  initializerNames,
  type LayerBase,
  type LayerDefinition,
} from './layer.js';
import { LayerOptions } from './layer-options.js';

/** Options of `dense`, with Keras's names and defaults. */
export interface DenseOptions {
  /** Outputs. */
  units: number;
  /** Default `linear`. */
  activation?: ActivationName;
  /** Default true. */
  useBias?: boolean;
  /** Default `glorotUniform`. */
  kernelInitializer?: InitializerName;
  /** Default `zeros`. */
  biasInitializer?: InitializerName;
  /** Factor of the L2 penalty on the kernel; default 0. */
  l2?: number;
  name?: string;
  /** False: its weights stay as they are in training. Default true. */
  trainable?: boolean;
}

export interface Dense extends LayerBase<'dense'> {
  readonly units: number;
  readonly activation: ActivationName;
  readonly useBias: boolean;
  readonly kernelInitializer: InitializerName;
  readonly biasInitializer: InitializerName;
  readonly l2: number;
}

/**
 * A fully connected layer, as Keras's Dense: `[features]` to `[units]`.
 * @throws InklingError (model) for a value out of range
 * @example
 * ```ts
 * dense({ units: 10, activation: 'softmax' });
 * ```
 */
export function dense(options: DenseOptions): Dense {
  return frozen(denseDefinition.create(options));
}

export const denseDefinition: LayerDefinition<Dense> = {
  type: 'dense',
  create(given) {
    const known = ['units', 'activation', 'useBias', 'kernelInitializer', 'biasInitializer', 'l2'];
    const options = new LayerOptions('dense', given, known);
    return {
      type: 'dense',
      ...options.common(),
      units: options.positiveInteger('units'),
      activation: options.choice('activation', activationNames, 'linear'),
      useBias: options.boolean('useBias', true),
      kernelInitializer: options.choice('kernelInitializer', initializerNames, 'glorotUniform'),
      biasInitializer: options.choice('biasInitializer', initializerNames, 'zeros'),
      l2: options.number('l2', {}, 0),
    };
  },
  outputShape(layer, inputShape) {
    if (inputShape.length !== 1) {
      throw new InklingError(
        'model',
        `A dense layer needs a vector as its input. Received: ${formatShape(inputShape)}. Put a flatten or globalAveragePooling2d layer before it.`,
      );
    }
    return [layer.units];
  },
  weights(layer, inputShape) {
    const kernel = {
      name: 'kernel',
      shape: [inputShape[0], layer.units],
      initializer: layer.kernelInitializer,
      fanIn: inputShape[0],
      fanOut: layer.units,
      trainable: layer.trainable ?? true,
      l2: layer.l2,
    } as const;
    const bias = biasSpecification(layer.units, layer.biasInitializer, layer.trainable ?? true);
    return layer.useBias ? [kernel, bias] : [kernel];
  },
  multiplyAdds(layer, inputShape) {
    return inputShape[0] * layer.units;
  },
};
