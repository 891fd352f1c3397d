/**
 * Losses as plain data: cross-entropy of the logits' softmax, the mean over the batch. The two differ in the labels
 * they take, as in Keras: one-hot vectors or class numbers.
 */

import { InklingError } from '../errors.js';
import { describeValue, hintAtNames, isKnownName } from '../known-names.js';
import { configurationFromData, Options } from '../options.js';

export interface LossOptions {
  /** Share of each label that is spread evenly over all classes, 0 <= labelSmoothing < 1; default 0. */
  labelSmoothing?: number;
}

export interface CategoricalCrossentropy {
  readonly type: 'categoricalCrossentropy';
  readonly labelSmoothing: number;
}

export interface SparseCategoricalCrossentropy {
  readonly type: 'sparseCategoricalCrossentropy';
  readonly labelSmoothing: number;
}

/** A loss as plain data: what `sparseCategoricalCrossentropy` and `categoricalCrossentropy` give. */
export type Loss = CategoricalCrossentropy | SparseCategoricalCrossentropy;
/** The losses that a name alone can stand for. */
export type LossName = Loss['type'];

function create<Type extends Loss['type']>(type: Type, given: unknown): { type: Type; labelSmoothing: number } {
  return {
    type,
    labelSmoothing: new Options(type, given, ['labelSmoothing']).number('labelSmoothing', { below: 1 }, 0),
  };
}

const creators = {
  categoricalCrossentropy: (given: unknown) => create('categoricalCrossentropy', given),
  sparseCategoricalCrossentropy: (given: unknown) => create('sparseCategoricalCrossentropy', given),
};

/**
 * For one-hot labels `[N, classes]`.
 * @throws InklingError (argument)
 * @example
 * ```ts
 * model.compile({ loss: categoricalCrossentropy({ labelSmoothing: 0.1 }) });
 * await model.fit(train.images, oneHot(train.labels, 10));
 * ```
 */
export function categoricalCrossentropy(options: LossOptions = {}): CategoricalCrossentropy {
  return creators.categoricalCrossentropy(options);
}

/**
 * For labels that are class numbers `[N]`.
 * @throws InklingError (argument)
 * @example
 * ```ts
 * model.compile({ loss: sparseCategoricalCrossentropy({ labelSmoothing: 0.1 }) });
 * await model.fit(train.images, train.labels);
 * ```
 */
export function sparseCategoricalCrossentropy(options: LossOptions = {}): SparseCategoricalCrossentropy {
  return creators.sparseCategoricalCrossentropy(options);
}

/** A loss from parsed JSON, with nothing missing. @throws InklingError (argument) */
export function lossFromData(data: unknown): Loss {
  return configurationFromData<Loss>('loss', creators, data);
}

/** A loss with its defaults. @throws InklingError (argument) for an unknown name */
export function lossByName(name: LossName): Loss {
  const names = Object.keys(creators) as LossName[];
  if (!isKnownName(name, names)) {
    throw new InklingError('argument', `Unknown loss ${describeValue(name)}. ${hintAtNames(name, names)}`);
  }
  return creators[name]({});
}
