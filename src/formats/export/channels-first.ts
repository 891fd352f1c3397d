/**
 * A network as ONNX and PyTorch have it: images `[channels, height, width]`, kernels of convolutions `[out, in, height,
 * width]`, of dense layers `[out, in]`. A vector that was flattened there has its values in another order, so that what
 * follows it is put into that order too. The softmax at the end is left out: what comes out are logits.
 */

import { type ActivationName, defaultNegativeSlope } from '../../layers/activations.js';
import { type WindowLayer, windowAxes } from '../../layers/window.js';
import type { Model, ModelLayer, ModelWeight } from '../../model/model.js';
import type { Shape, Tensor } from '../../numerics/tensor.js';
import { weightValues } from '../weight-values.js';

type Floats = Tensor<Float32Array>;

/** Rows and columns of padding around an image. */
export interface Pads {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

interface Window {
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly pads: Pads;
}

type Operation =
  | ({ readonly kind: 'convolution'; readonly kernel: Floats; readonly bias: Floats | undefined } & Window)
  | { readonly kind: 'linear'; readonly kernel: Floats; readonly bias: Floats | undefined }
  | ({ readonly kind: 'maxPooling' | 'averagePooling' } & Window)
  | { readonly kind: 'globalAveragePooling' }
  | {
      readonly kind: 'normalization';
      readonly gamma: Floats;
      readonly beta: Floats;
      readonly mean: Floats;
      readonly variance: Floats;
      readonly epsilon: number;
      readonly momentum: number;
    }
  | { readonly kind: 'dropout'; readonly rate: number }
  /** `channelsLast`: the values are to come in Inkling's order, since no kernel follows that could be put into another. */
  | { readonly kind: 'flatten'; readonly channelsLast: boolean }
  | { readonly kind: 'activation'; readonly activation: ActivationName; readonly negativeSlope: number };

/** One operation, which may be a part of a layer. */
export type ChannelsFirstStep = Operation & {
  /** The layer's name. */
  readonly name: string;
  /** Without the batch dimension. */
  readonly outputShape: Shape;
};

/**
 * @param values weights by path, in Keras's layout
 * @throws InklingError (argument) where they do not fit the model
 */
export function channelsFirst(model: Model, values: ReadonlyMap<string, Float32Array>): ChannelsFirstStep[] {
  const steps: ChannelsFirstStep[] = [];
  const softmaxAtEnd = model.endsInSoftmax
    ? model.layers.findLast(({ layer }) => 'activation' in layer && layer.activation === 'softmax')
    : undefined;
  /** The image that the vector at this place was flattened from, while its values are in the other order. */
  let flattened: Shape | undefined;
  for (const [index, placed] of model.layers.entries()) {
    const { layer, name } = placed;
    const outputShape = channelsBeforePlaces(placed.outputShape);
    const add = (operation: Operation) => steps.push({ ...operation, name, outputShape });
    const weights = new Map<string, Floats>();
    for (const weight of placed.weights) weights.set(weight.name, reordered(weight, values, flattened));
    if (layer.type === 'flatten' && placed.inputShape.length === 3) {
      const denseFollows = model.layers.slice(index).some((later) => later.layer.type === 'dense');
      if (denseFollows) flattened = placed.inputShape;
      add({ kind: 'flatten', channelsLast: !denseFollows });
      continue;
    }
    for (const operation of operationsOf(placed, weights)) add(operation);
    if (layer.type === 'dense') flattened = undefined;
    const activation = 'activation' in layer ? layer.activation : 'linear';
    if (activation === 'linear' || placed === softmaxAtEnd) continue;
    const negativeSlope = layer.type === 'activation' ? layer.negativeSlope : defaultNegativeSlope;
    add({ kind: 'activation', activation, negativeSlope });
  }
  return steps;
}

/** What a layer is beside its activation; none for what leaves all values as they are. */
function operationsOf({ layer, inputShape }: ModelLayer, weights: ReadonlyMap<string, Floats>): Operation[] {
  const weight = (name: string) => weights.get(name) as Floats;
  switch (layer.type) {
    case 'conv2d': {
      const window = windowOf(layer, layer.kernelSize, inputShape);
      return [{ kind: 'convolution', kernel: weight('kernel'), bias: weights.get('bias'), ...window }];
    }
    case 'dense':
      return [{ kind: 'linear', kernel: weight('kernel'), bias: weights.get('bias') }];
    case 'maxPooling2d':
      return [{ kind: 'maxPooling', ...windowOf(layer, layer.poolSize, inputShape) }];
    case 'averagePooling2d':
      return [{ kind: 'averagePooling', ...windowOf(layer, layer.poolSize, inputShape) }];
    case 'globalAveragePooling2d':
      return [{ kind: 'globalAveragePooling' }];
    case 'batchNormalization':
      return [
        {
          kind: 'normalization',
          gamma: weight('gamma'),
          beta: weight('beta'),
          mean: weight('movingMean'),
          variance: weight('movingVariance'),
          epsilon: layer.epsilon,
          momentum: layer.momentum,
        },
      ];
    case 'dropout':
      return [{ kind: 'dropout', rate: layer.rate }];
    case 'activation':
    case 'flatten':
      return [];
  }
}

function windowOf(layer: WindowLayer, size: readonly [number, number], inputShape: Shape): Window {
  const [vertical, horizontal] = windowAxes(layer, size, inputShape);
  const pads = {
    top: vertical.padBefore,
    left: horizontal.padBefore,
    bottom: vertical.padAfter,
    right: horizontal.padAfter,
  };
  return { size, strides: layer.strides, pads };
}

function channelsBeforePlaces(shape: Shape): Shape {
  return shape.length === 3 ? [shape[2], shape[0], shape[1]] : shape;
}

function reordered(weight: ModelWeight, values: ReadonlyMap<string, Float32Array>, flattened: Shape | undefined) {
  const { shape } = weight;
  const tensor = { data: weightValues(weight, values), shape };
  if (shape.length === 4) return transposed(tensor, [3, 2, 0, 1]);
  // Rows of a dense kernel, or the channels of a normalisation of the vector itself.
  const inOrder = flattened && weight.name !== 'bias' ? rowsReordered(tensor, flattened) : tensor;
  return shape.length === 2 ? transposed(inOrder, [1, 0]) : inOrder;
}

/** Rows that stand for `[H, W, C]`, in the order of `[C, H, W]`. */
function rowsReordered({ data, shape }: Floats, [height, width, channels]: Shape): Floats {
  const columns = shape[1] ?? 1;
  const image = transposed({ data, shape: [height, width, channels, columns] }, [2, 0, 1, 3]);
  return { data: image.data, shape };
}

/** A copy whose axis `i` is axis `order[i]` of the tensor. */
function transposed({ data, shape }: Floats, order: readonly number[]): Floats {
  const strideOf = (axis: number) => shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const newShape = order.map((axis) => shape[axis]);
  const strides = order.map(strideOf);
  const result = new Float32Array(data.length);
  const place = newShape.map(() => 0);
  for (let index = 0, from = 0; index < result.length; index++) {
    result[index] = data[from];
    for (let axis = place.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++place[axis] < newShape[axis]) break;
      from -= strides[axis] * newShape[axis];
      place[axis] = 0;
    }
  }
  return { data: result, shape: newShape };
}
