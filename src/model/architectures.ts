/** Named models, each a function of the data's image shape and number of classes. */

import { InklingError } from '../errors.js';
import { describeValue, hintAtNames, isKnownName } from '../known-names.js';
import { activation } from '../layers/activation.js';
import { averagePooling2d } from '../layers/average-pooling2d.js';
import { conv2d } from '../layers/conv2d.js';
import { dense } from '../layers/dense.js';
import { dropout } from '../layers/dropout.js';
import { flatten } from '../layers/flatten.js';
import type { Layer } from '../layers/layers.js';
import { maxPooling2d } from '../layers/max-pooling2d.js';
import type { Shape } from '../numerics/tensor.js';
import type { ModelConfig } from './model.js';

const architectures = {
  /** The default, after Keras's MNIST example: 225,034 parameters for 28x28x1 and ten classes. */
  cnn: (classes) => [
    conv2d({ filters: 32, kernelSize: 3, activation: 'relu' }),
    maxPooling2d({ poolSize: 2 }),
    conv2d({ filters: 64, kernelSize: 3, activation: 'relu' }),
    maxPooling2d({ poolSize: 2 }),
    flatten(),
    dense({ units: 128, activation: 'relu' }),
    dropout({ rate: 0.5 }),
    dense({ units: classes, activation: 'softmax' }),
  ],
  /**
   * The fast recipe's: a quarter of the weights of `cnn` and a quarter of its work; 56,714 parameters for 28x28x1 and
   * ten classes.
   */
  'small-cnn': (classes) => [
    conv2d({ filters: 16, kernelSize: 3, activation: 'relu' }),
    maxPooling2d({ poolSize: 2 }),
    conv2d({ filters: 32, kernelSize: 3, activation: 'relu' }),
    maxPooling2d({ poolSize: 2 }),
    flatten(),
    dense({ units: 64, activation: 'relu' }),
    dense({ units: classes, activation: 'softmax' }),
  ],
  /** LeCun, Bottou, Bengio, Haffner 1998, with a softmax in place of the radial basis functions. */
  lenet5: (classes) => [
    conv2d({ filters: 6, kernelSize: 5, padding: 'same', activation: 'tanh' }),
    averagePooling2d({ poolSize: 2 }),
    activation('tanh'),
    conv2d({ filters: 16, kernelSize: 5, activation: 'tanh' }),
    averagePooling2d({ poolSize: 2 }),
    activation('tanh'),
    flatten(),
    dense({ units: 120, activation: 'tanh' }),
    dense({ units: 84, activation: 'tanh' }),
    dense({ units: classes, activation: 'softmax' }),
  ],
  /** Two hidden layers and no convolution. */
  mlp: (classes) => [
    flatten(),
    dense({ units: 512, activation: 'relu' }),
    dropout({ rate: 0.2 }),
    dense({ units: 128, activation: 'relu' }),
    dropout({ rate: 0.2 }),
    dense({ units: classes, activation: 'softmax' }),
  ],
  /** Multinomial logistic regression. */
  linear: (classes) => [flatten(), dense({ units: classes, activation: 'softmax' })],
} satisfies { readonly [name: string]: (classes: number) => Layer[] };

/** The names that `architecture` knows: `cnn`, `small-cnn`, `lenet5`, `mlp` and `linear`. */
export type ArchitectureName = keyof typeof architectures;

/** The names that `architecture` knows. */
export const architectureNames = Object.keys(architectures) as readonly ArchitectureName[];

/**
 * A model that has a name, for images of this shape and this many classes.
 * @throws InklingError (argument) for an unknown name
 * @example
 * ```ts
 * const model = new Sequential(architecture('cnn', [28, 28, 1], 10));
 * ```
 */
export function architecture(name: ArchitectureName, inputShape: Shape, classes: number): ModelConfig {
  if (!isKnownName(name, architectureNames)) {
    throw new InklingError(
      'argument',
      `Unknown architecture ${describeValue(name)}. ${hintAtNames(name, architectureNames)}`,
    );
  }
  return { name, inputShape, layers: architectures[name](classes) };
}
