/**
 * Named recipes: a model and how it is trained, as plain data. They were chosen on validation images of MNIST alone:
 * docs/experiments.md.
 */

import { InklingError } from '../errors.js';
import { describeValue, hintAtNames, isKnownName } from '../known-names.js';
import type { ArchitectureName } from '../model/architectures.js';
import { type Loss, sparseCategoricalCrossentropy } from './losses.js';
import { adam, type Optimizer } from './optimizers.js';
import { type OneCycle, oneCycle } from './schedules.js';

/** What `architecture`, `compile` and `fit` need, for MNIST or images like it. */
export interface Recipe {
  readonly name: RecipeName;
  /** Name of the architecture. */
  readonly model: ArchitectureName;
  readonly epochs: number;
  /** Images a step. */
  readonly batchSize: number;
  /** One-cycle learning rate, whose length follows the training's. */
  readonly optimizer: Optimizer & { readonly learningRate: OneCycle };
  readonly loss: Loss;
}

const recipes = {
  /** After Keras's MNIST example; plain cross-entropy, so that its losses compare with other programs'. */
  default: {
    model: 'cnn',
    epochs: 5,
    batchSize: 128,
    optimizer: { ...adam(), learningRate: oneCycle({ maximumLearningRate: 0.003 }) },
    loss: sparseCategoricalCrossentropy(),
  },
  /** Above 99 % of MNIST in less time than the default takes for one epoch. */
  fast: {
    model: 'small-cnn',
    epochs: 2,
    batchSize: 64,
    optimizer: { ...adam({ beta2: 0.99 }), learningRate: oneCycle({ maximumLearningRate: 0.01 }) },
    loss: sparseCategoricalCrossentropy({ labelSmoothing: 0.1 }),
  },
} satisfies { readonly [name: string]: Omit<Recipe, 'name'> };

/** The names that `recipe` knows: `default` and `fast`. */
export type RecipeName = keyof typeof recipes;

/** The names that `recipe` knows. */
export const recipeNames = Object.keys(recipes) as readonly RecipeName[];

/**
 * A recipe by name: `default`, or `fast`, which reads above 99 % of MNIST's test images after less time than one epoch
 * of the default takes.
 * @throws InklingError (argument) for an unknown name
 * @example
 * ```ts
 * const { model: name, optimizer, loss, epochs, batchSize } = recipe('fast');
 * const model = new Sequential(architecture(name, [28, 28, 1], 10));
 * model.compile({ optimizer, loss });
 * await model.fit(train.images, train.labels, { epochs, batchSize });
 * ```
 */
export function recipe(name: RecipeName): Recipe {
  if (!isKnownName(name, recipeNames)) {
    throw new InklingError('argument', `Unknown recipe ${describeValue(name)}. ${hintAtNames(name, recipeNames)}`);
  }
  return { name, ...recipes[name] };
}
