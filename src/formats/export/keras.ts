/**
 * Keras's `.keras`, version 3 of its format: a zip archive of the description and of the weights as HDF5. The groups of
 * the weights are named by the layers' classes, counted, and not by the layers.
 */

import type { ActivationName } from '../../layers/activations.js';
import type { Model, ModelLayer } from '../../model/model.js';
import { inklingVersion } from '../inkling-version.js';
import { weightValues } from '../weight-values.js';
import { type Hdf5Group, writeHdf5 } from './hdf5.js';
import { zipArchive } from './zip.js';

/**
 * @param values weights by path, in Keras's layout
 * @throws InklingError (argument) where they do not fit the model
 */
export function kerasFile(model: Model, values: ReadonlyMap<string, Float32Array>): Uint8Array<ArrayBuffer> {
  const { name, inputShape } = model.config;
  const batchShape = [null, ...inputShape];
  const described = model.layers.map((placed) => ({ placed, ...kerasLayer(placed) }));
  const input = { className: 'InputLayer', config: { batch_shape: batchShape, dtype: 'float32' } };
  const layers = [input, ...described].map(({ className, config }) => ({
    module: 'keras.layers',
    class_name: className,
    config,
    registered_name: null,
  }));
  const config = {
    module: 'keras',
    class_name: 'Sequential',
    config: { name, trainable: true, layers },
    registered_name: null,
    build_config: { input_shape: batchShape },
  };
  const groups = new Map<string, Hdf5Group>();
  for (const { placed, className } of described) {
    if (placed.weights.length === 0) continue;
    const variables = placed.weights.map(
      (weight, index) => [`${index}`, { data: weightValues(weight, values), shape: weight.shape }] as const,
    );
    groups.set(countedName(groupNames[className], groups), new Map([['vars', new Map(variables)]]));
  }
  const text = (object: object) => new TextEncoder().encode(JSON.stringify(object));
  return zipArchive(
    new Map([
      ['metadata.json', text({ saved_by: `Inkling ${inklingVersion}` })],
      ['config.json', text(config)],
      ['model.weights.h5', writeHdf5(new Map([['layers', groups]]))],
    ]),
  );
}

/** Of the classes that have weights, in Keras's spelling of names. */
const groupNames: Readonly<Record<string, string>> = {
  Conv2D: 'conv2d',
  Dense: 'dense',
  BatchNormalization: 'batch_normalization',
};

function countedName(name: string, taken: ReadonlyMap<string, unknown>): string {
  let counted = name;
  for (let count = 1; taken.has(counted); count++) counted = `${name}_${count}`;
  return counted;
}

interface KerasLayer {
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
}

function kerasLayer({ layer, name }: ModelLayer): KerasLayer {
  const common = { name, trainable: layer.trainable ?? true, dtype: 'float32' };
  switch (layer.type) {
    case 'conv2d': {
      const { filters, kernelSize, strides, padding, useBias } = layer;
      const window = { kernel_size: kernelSize, strides, padding };
      const rest = { activation: activationName(layer.activation), use_bias: useBias };
      return { className: 'Conv2D', config: { ...common, filters, ...window, ...rest } };
    }
    case 'dense': {
      const rest = { activation: activationName(layer.activation), use_bias: layer.useBias };
      return { className: 'Dense', config: { ...common, units: layer.units, ...rest } };
    }
    case 'maxPooling2d':
    case 'averagePooling2d': {
      const { poolSize, strides, padding } = layer;
      const className = layer.type === 'maxPooling2d' ? 'MaxPooling2D' : 'AveragePooling2D';
      return { className, config: { ...common, pool_size: poolSize, strides, padding } };
    }
    case 'globalAveragePooling2d':
      return { className: 'GlobalAveragePooling2D', config: common };
    case 'batchNormalization': {
      const { momentum, epsilon } = layer;
      return { className: 'BatchNormalization', config: { ...common, axis: -1, momentum, epsilon } };
    }
    case 'dropout':
      return { className: 'Dropout', config: { ...common, rate: layer.rate } };
    case 'flatten':
      return { className: 'Flatten', config: common };
    case 'activation':
      return layer.activation === 'leakyRelu'
        ? { className: 'LeakyReLU', config: { ...common, negative_slope: layer.negativeSlope } }
        : { className: 'Activation', config: { ...common, activation: activationName(layer.activation) } };
  }
}

function activationName(activation: ActivationName): string {
  return activation === 'leakyRelu' ? 'leaky_relu' : activation;
}
