/**
 * Which layers of a model are trained: the description of the same model with some of them frozen, or none of them any
 * more.
 */

import { InklingError } from '../errors.js';
import { hintAtNames } from '../known-names.js';
import { type Layer, layerFromData } from '../layers/layers.js';
import type { Model, ModelConfig } from './model.js';

/**
 * The model's description with these layers frozen, as Keras's `layer.trainable = False`: training leaves their weights
 * as they are, and batch normalisation goes by its moving averages.
 * @param names of layers, as `summary` shows them; default all of them
 * @throws InklingError (argument) for a name that the model does not have
 * @example
 * ```ts
 * const trained = await Sequential.load('my-model');
 * const model = new Sequential(freezeLayers(trained.definition, ['conv2d', 'conv2d_1']));
 * model.setWeights(trained.getWeights());
 * model.compile({ optimizer: adam({ learningRate: 1e-4 }) });
 * await model.fit(train.images, train.labels);
 * ```
 */
export function freezeLayers(model: Model, names?: readonly string[]): ModelConfig {
  return withTrainable(model, names, false);
}

/**
 * The model's description with these layers trained again.
 * @param names of layers, as `summary` shows them; default all of them
 * @throws InklingError (argument) for a name that the model does not have
 * @example
 * ```ts
 * const whole = new Sequential(unfreezeLayers(model.definition));
 * whole.setWeights(model.getWeights());
 * ```
 */
export function unfreezeLayers(model: Model, names?: readonly string[]): ModelConfig {
  return withTrainable(model, names, true);
}

function withTrainable(
  { config, layers }: Model,
  names: readonly string[] | undefined,
  trainable: boolean,
): ModelConfig {
  const known = layers.map(({ name }) => name);
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new InklingError(
      'argument',
      `Model "${config.name}" has no layer "${unknown}". ${hintAtNames(unknown, known)}`,
    );
  }
  const chosen = new Set(names ?? known);
  return {
    ...config,
    layers: layers.map(({ layer, name }): Layer => {
      // Named as they are now: a layer that is left out or put in before them must not change that.
      return layerFromData({ ...layer, name, ...(chosen.has(name) && { trainable }) });
    }),
  };
}
