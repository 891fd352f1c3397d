/**
 * A model as a list of elementary operations: `conv2d` with relu is a convolution and an activation. The engine fuses
 * neighbours of this list into blocks; the float64 reference plays it as it stands. A final softmax is not in it: the
 * loss and the prediction take logits.
 */

import type { ActivationName } from '../layers/activations.js';
import { defaultNegativeSlope } from '../layers/activations.js';
import { windowAxes } from '../layers/window.js';
import { type Shape, sizeOf } from '../numerics/tensor.js';
import type { Model, ModelLayer, ModelWeight } from './model.js';

/** Fields of every operation. `layer` is the index of the layer it comes from, `name` that layer's name. */
interface OperationBase {
  readonly layer: number;
  readonly name: string;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
}

/** The window of a convolution or pooling: sizes, strides and padding as [vertical, horizontal]. */
export interface Window {
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly padBefore: readonly [number, number];
  readonly padAfter: readonly [number, number];
}

export interface ConvolutionOperation extends OperationBase {
  readonly kind: 'convolution';
  readonly window: Window;
  readonly kernel: ModelWeight;
  readonly bias: ModelWeight | undefined;
}

export interface DenseOperation extends OperationBase {
  readonly kind: 'dense';
  readonly kernel: ModelWeight;
  readonly bias: ModelWeight | undefined;
}

export interface PoolingOperation extends OperationBase {
  readonly kind: 'maxPooling' | 'averagePooling';
  readonly window: Window;
}

export interface GlobalAveragePoolingOperation extends OperationBase {
  readonly kind: 'globalAveragePooling';
}

export interface ActivationOperation extends OperationBase {
  readonly kind: 'activation';
  readonly activation: Exclude<ActivationName, 'linear'>;
  readonly negativeSlope: number;
}

export interface DropoutOperation extends OperationBase {
  readonly kind: 'dropout';
  readonly rate: number;
}

export interface BatchNormalizationOperation extends OperationBase {
  readonly kind: 'batchNormalization';
  readonly momentum: number;
  readonly epsilon: number;
  readonly gamma: ModelWeight;
  readonly beta: ModelWeight;
  readonly movingMean: ModelWeight;
  readonly movingVariance: ModelWeight;
}

export type Operation =
  | ConvolutionOperation
  | DenseOperation
  | PoolingOperation
  | GlobalAveragePoolingOperation
  | ActivationOperation
  | DropoutOperation
  | BatchNormalizationOperation;

/** The operations of a model in forward order. Flatten is none: it only renames the shape. */
export function operationsOf(model: Model): Operation[] {
  const operations = model.layers.flatMap(operationsOfLayer);
  return model.endsInSoftmax ? operations.slice(0, -1) : operations;
}

function operationsOfLayer(placed: ModelLayer, index: number): Operation[] {
  const { layer, name, inputShape, outputShape, weights } = placed;
  const base = { layer: index, name, inputShape, outputShape };
  const weight = (wanted: string) => weights.find((candidate) => candidate.name === wanted);
  const activated = (operation: Operation, activation: ActivationName): Operation[] =>
    activation === 'linear'
      ? [operation]
      : [
          operation,
          { ...base, inputShape: outputShape, kind: 'activation', activation, negativeSlope: defaultNegativeSlope },
        ];
  switch (layer.type) {
    case 'conv2d': {
      const window = placedWindow(layer, layer.kernelSize, inputShape);
      const convolution = {
        ...base,
        kind: 'convolution',
        window,
        kernel: weight('kernel')!,
        bias: weight('bias'),
      } as const;
      return activated(convolution, layer.activation);
    }
    case 'dense':
      return activated({ ...base, kind: 'dense', kernel: weight('kernel')!, bias: weight('bias') }, layer.activation);
    case 'maxPooling2d':
      return [{ ...base, kind: 'maxPooling', window: placedWindow(layer, layer.poolSize, inputShape) }];
    case 'averagePooling2d':
      return [{ ...base, kind: 'averagePooling', window: placedWindow(layer, layer.poolSize, inputShape) }];
    case 'globalAveragePooling2d':
      return [{ ...base, kind: 'globalAveragePooling' }];
    case 'activation': {
      const { activation, negativeSlope } = layer;
      return activation === 'linear' ? [] : [{ ...base, kind: 'activation', activation, negativeSlope }];
    }
    case 'dropout':
      return layer.rate === 0 ? [] : [{ ...base, kind: 'dropout', rate: layer.rate }];
    case 'batchNormalization': {
      const { momentum, epsilon } = layer;
      const [gamma, beta, movingMean, movingVariance] = weights;
      return [{ ...base, kind: 'batchNormalization', momentum, epsilon, gamma, beta, movingMean, movingVariance }];
    }
    case 'flatten':
      return [];
  }
}

function placedWindow(
  layer: Parameters<typeof windowAxes>[0],
  size: readonly [number, number],
  inputShape: Shape,
): Window {
  const [vertical, horizontal] = windowAxes(layer, size, inputShape);
  return {
    size,
    strides: layer.strides,
    padBefore: [vertical.padBefore, horizontal.padBefore],
    padAfter: [vertical.padAfter, horizontal.padAfter],
  };
}

/** Values of an operation's input and output for one sample. */
export function sizesOf(operation: Operation): { input: number; output: number } {
  return { input: sizeOf(operation.inputShape), output: sizeOf(operation.outputShape) };
}
