/**
 * What a network saw in one image: the input as it got it, the output of every layer, the answer, and which pixels
 * spoke for it. Plain data; computed by the float64 reference, tens of milliseconds an image for the default model.
 */

import { scale } from '../data/preprocess.js';
import { InklingError } from '../errors.js';
import { readOptions } from '../known-names.js';
import type { Model, ModelLayer } from '../model/model.js';
import { operationsOf } from '../model/operations.js';
import { formatShape, type Shape, sizeOf, type Tensor } from '../numerics/tensor.js';
import { softmax } from '../reference/activation.js';
import { inferencePass } from '../reference/network.js';

/** Options of `explain`. */
export interface ExplanationOptions {
  /** What the logits are divided by before softmax, above 0; default 1. The answer is the same for any. */
  readonly temperature?: number;
}

/** A layer's output, after its activation. */
export interface ExplainedLayer {
  readonly name: string;
  /** In the words of a model's description: `conv2d`, `dense`. */
  readonly type: string;
  /** Where the layer has one other than `linear`. */
  readonly activation?: string;
  /** Feature maps `[H, W, C]` or values `[units]`. */
  readonly output: Tensor<Float32Array>;
}

/** What a network saw in one image, and what spoke for its answer. */
export interface Explanation {
  /** `[H, W, C]`, as the network got it: bytes divided by 255. */
  readonly input: Tensor<Float32Array>;
  /** All layers that change values in a prediction: without dropout, flatten and linear activations. */
  readonly layers: readonly ExplainedLayer[];
  /** `[classes]` */
  readonly logits: Float32Array;
  /** `[classes]`; they sum to 1. */
  readonly probabilities: Float32Array;
  /** The class with the largest logit, of equal ones the first. */
  readonly answer: number;
  /** `[H, W, C]`: by how much the answer's logit rises for each unit that a value of the input rises. */
  readonly gradient: Tensor<Float32Array>;
  /**
   * `[H, W]`: gradient x input, summed over the channels. What each pixel adds to the answer's logit, to first order:
   * above 0 it speaks for the answer, below 0 against it.
   */
  readonly saliency: Tensor<Float32Array>;
}

/**
 * Explains a model's answer to one image.
 *
 * The saliency map is the gradient of the answer's logit (Simonyan, Vedaldi, Zisserman: "Deep inside convolutional
 * networks", 2013) times the input (Shrikumar, Greenside, Kundaje: "Learning important features through propagating
 * activation differences", 2017). The gradient alone is noise around the digit; times the input it lies on the ink and
 * keeps its sign.
 *
 * @param weights all of the model's, by path, moving statistics included
 * @param image `[H, W, C]` or `[1, H, W, C]`; uint8 values are divided by 255
 * @throws InklingError (argument) for a temperature that is not above 0, (data) where the image does not fit the model,
 * (model) where the model does not take images or its weights give no finite logits
 * @example
 * ```ts
 * const { answer, saliency, layers } = explain(model.definition, model.getWeights(), take(test, 1).images);
 * ```
 */
export function explain(
  model: Model,
  weights: ReadonlyMap<string, Float32Array>,
  image: Tensor,
  options: ExplanationOptions = {},
): Explanation {
  readOptions('argument', 'explain', options, ['temperature']);
  const { temperature = 1 } = options;
  if (!(temperature > 0 && Number.isFinite(temperature))) {
    throw new InklingError('argument', `explain: temperature must be a number above 0. Received: ${temperature}.`);
  }
  const input = checkedInput(model, image);
  const pass = inferencePass(model, float64Values(weights), Float64Array.from(input.data));
  if (!pass.logits.every(Number.isFinite)) {
    throw new InklingError(
      'model',
      `Model "${model.config.name}" gives NaN or infinite values for this image. Its training has diverged: train it again with a lower learning rate.`,
    );
  }
  const answer = pass.logits.reduce((largest, logit, index) => (logit > pass.logits[largest] ? index : largest), 0);
  const gradient = pass.inputGradient(pass.logits.map((_, index) => (index === answer ? 1 : 0)));
  const probabilities = softmax(
    pass.logits.map((logit) => logit / temperature),
    model.classes,
  );
  const { inputShape } = model.config;
  return {
    input,
    layers: explainedLayers(model, pass.activations, probabilities),
    logits: Float32Array.from(pass.logits),
    probabilities: Float32Array.from(probabilities),
    answer,
    gradient: tensor(gradient, inputShape),
    saliency: tensor(gradientTimesInput(gradient, input), inputShape.slice(0, 2)),
  };
}

function checkedInput(model: Model, image: Tensor): Tensor<Float32Array> {
  const { name, inputShape } = model.config;
  const expected = formatShape(inputShape);
  if (inputShape.length !== 3) {
    throw new InklingError(
      'model',
      `Model "${name}" takes inputs of shape ${expected}. Only models of images, [height, width, channels], can be explained.`,
    );
  }
  const { data } = image;
  const shape = image.shape.length === 4 && image.shape[0] === 1 ? image.shape.slice(1) : image.shape;
  if (formatShape(shape) !== expected || data.length !== sizeOf(shape)) {
    throw new InklingError(
      'data',
      `Model "${name}": expected one image of shape ${expected}. Received: ${formatShape(image.shape)} with ${data.length} values.`,
    );
  }
  if (data instanceof Uint8Array) return scale({ data, shape });
  if (!data.every(Number.isFinite)) {
    throw new InklingError('data', 'explain: the image holds NaN or infinite values. Expected 0 to 1.');
  }
  return { data: Float32Array.from(data), shape };
}

/**
 * What each layer hands on: the output of its last operation, and of the final softmax, which is none, the
 * probabilities.
 */
function explainedLayers(
  model: Model,
  activations: readonly Float64Array[],
  probabilities: Float64Array,
): ExplainedLayer[] {
  const outputs = new Map(operationsOf(model).map((operation, index) => [operation.layer, activations[index]]));
  if (model.endsInSoftmax) {
    outputs.set(
      model.layers.findLastIndex((placed) => activationOf(placed) === 'softmax'),
      probabilities,
    );
  }
  return model.layers.flatMap((placed, index) => {
    const { layer, name, outputShape } = placed;
    const values = outputs.get(index);
    if (values === undefined || layer.type === 'dropout') return [];
    const activation = activationOf(placed);
    return { name, type: layer.type, ...(activation && { activation }), output: tensor(values, outputShape) };
  });
}

function activationOf({ layer }: ModelLayer): string | undefined {
  return 'activation' in layer && layer.activation !== 'linear' ? layer.activation : undefined;
}

function gradientTimesInput(gradient: Float64Array, { data, shape }: Tensor<Float32Array>): Float64Array {
  const channels = shape[2];
  const saliency = new Float64Array(gradient.length / channels);
  for (let index = 0; index < gradient.length; index++) {
    saliency[Math.floor(index / channels)] += gradient[index] * data[index];
  }
  return saliency;
}

function float64Values(weights: ReadonlyMap<string, Float32Array>): Map<string, Float64Array> {
  return new Map([...weights].map(([path, values]) => [path, Float64Array.from(values)]));
}

function tensor(values: Float64Array, shape: Shape): Tensor<Float32Array> {
  return { data: Float32Array.from(values), shape };
}
