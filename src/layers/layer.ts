/** What every layer is: plain data with a type, and a definition that knows shapes, weights and work. */

import type { Shape } from '../numerics/tensor.js';

/** The initialisers that `conv2d` and `dense` know. */
export const initializerNames = ['glorotUniform', 'heNormal', 'zeros', 'ones'] as const;
/**
 * `glorotUniform`: uniform in +-sqrt(6 / (fanIn + fanOut)) (Glorot and Bengio 2010). `heNormal`: normal with variance
 * 2 / fanIn, cut off at two standard deviations (He et al. 2015).
 */
export type InitializerName = (typeof initializerNames)[number];

export type WeightName = 'kernel' | 'bias' | 'gamma' | 'beta' | 'movingMean' | 'movingVariance';

/**
 * One weight of a layer, in Keras's layout: kernels of convolutions are `[kH, kW, Cin, Cout]`, of dense layers `[in,
 * out]`.
 */
export interface WeightSpecification {
  readonly name: WeightName;
  readonly shape: Shape;
  readonly initializer: InitializerName;
  /** Inputs and outputs that one unit is connected to, as the initialisers count them. */
  readonly fanIn: number;
  readonly fanOut: number;
  readonly trainable: boolean;
  /** Factor of the L2 penalty `l2 * sum(weight^2)` that is added to the loss. */
  readonly l2: number;
}

/** A bias of `units` values. As in Keras, a vector's length is both its fan-in and its fan-out. */
export function biasSpecification(
  units: number,
  initializer: InitializerName,
  trainable: boolean,
): WeightSpecification {
  return { name: 'bias', shape: [units], initializer, fanIn: units, fanOut: units, trainable, l2: 0 };
}

/** A layer is not changed once it is made: an assignment to it throws, where it would have no effect. */
export function frozen<Layer extends object>(layer: Layer): Layer {
  for (const value of Object.values(layer)) if (Array.isArray(value)) Object.freeze(value);
  return Object.freeze(layer);
}

/** Fields that every layer has. */
export interface LayerBase<Type extends string> {
  readonly type: Type;
  readonly name?: string;
  /** There where the layer is frozen. */
  readonly trainable?: false;
}

/** What can be asked of a layer type. Shapes are without the batch dimension. */
export interface LayerDefinition<Layer extends LayerBase<string>> {
  readonly type: Layer['type'];
  /** Checks options and fills in the defaults. @throws InklingError (model) that names the layer and the option */
  create(options: unknown): Layer;
  /** @throws InklingError (model) where the layer cannot take this input */
  outputShape(layer: Layer, inputShape: Shape): Shape;
  weights(layer: Layer, inputShape: Shape): readonly WeightSpecification[];
  /** Multiply-adds of one sample's forward pass; cheap elementwise work counts as none. */
  multiplyAdds(layer: Layer, inputShape: Shape): number;
}
