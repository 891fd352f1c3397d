/** All layer types in one list: where a type's name leads to its definition. */

import { InklingError } from '../errors.js';
import { describeValue, hintAtNames } from '../known-names.js';
import { type Activation, activationDefinition } from './activation.js';
import { type AveragePooling2d, averagePooling2dDefinition } from './average-pooling2d.js';
import { type BatchNormalization, batchNormalizationDefinition } from './batch-normalization.js';
import { type Conv2d, conv2dDefinition } from './conv2d.js';
import { type Dense, denseDefinition } from './dense.js';
import { type Dropout, dropoutDefinition } from './dropout.js';
import { type Flatten, flattenDefinition } from './flatten.js';
import { type GlobalAveragePooling2d, globalAveragePooling2dDefinition } from './global-average-pooling2d.js';
import { frozen, type LayerDefinition } from './layer.js';
import { type MaxPooling2d, maxPooling2dDefinition } from './max-pooling2d.js';

/** A layer as plain data, frozen: what `conv2d`, `dense` and the others give. */
export type Layer =
  | Activation
  | AveragePooling2d
  | BatchNormalization
  | Conv2d
  | Dense
  | Dropout
  | Flatten
  | GlobalAveragePooling2d
  | MaxPooling2d;

const definitions: { readonly [Type in Layer['type']]: LayerDefinition<Extract<Layer, { type: Type }>> } = {
  activation: activationDefinition,
  averagePooling2d: averagePooling2dDefinition,
  batchNormalization: batchNormalizationDefinition,
  conv2d: conv2dDefinition,
  dense: denseDefinition,
  dropout: dropoutDefinition,
  flatten: flattenDefinition,
  globalAveragePooling2d: globalAveragePooling2dDefinition,
  maxPooling2d: maxPooling2dDefinition,
};

/** The definition that belongs to a layer. */
export function definitionOf<Type extends Layer>(layer: Type): LayerDefinition<Type> {
  return definitions[layer.type] as unknown as LayerDefinition<Type>;
}

/** A layer from plain data such as JSON, checked, with defaults filled in. @throws InklingError (model) */
export function layerFromData(data: unknown): Layer {
  const type = typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined;
  if (typeof type !== 'string' || !Object.hasOwn(definitions, type)) {
    const hint = hintAtNames(type, Object.keys(definitions));
    if (type !== undefined) throw new InklingError('model', `Unknown layer type ${describeValue(type)}. ${hint}`);
    const call = typeof data === 'function' ? ` Call it: ${data.name}().` : '';
    throw new InklingError(
      'model',
      `Expected a layer, such as dense({ units: 10 }) gives. Received: ${describeValue(data)}.${call}`,
    );
  }
  return frozen(definitions[type as Layer['type']].create(data));
}
