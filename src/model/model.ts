/**
 * A model: a checked list of layers with the shape, the name and the weights of each. Plain data until it is compiled.
 */

import { InklingError, shortJson } from '../errors.js';
import { describeValue } from '../known-names.js';
import type { WeightSpecification } from '../layers/layer.js';
import { definitionOf, type Layer, layerFromData } from '../layers/layers.js';
import { formatShape, type Shape, sizeOf } from '../numerics/tensor.js';

/** What describes a model completely, and the format of model.json. */
export interface ModelConfig {
  readonly name: string;
  /** `[H, W, C]` for images, `[features]` for vectors. */
  readonly inputShape: Shape;
  readonly layers: readonly Layer[];
}

/** A weight and the layer it belongs to; `path` is `layer/weight`, unique in the model: `conv2d/kernel`. */
export interface ModelWeight extends WeightSpecification {
  readonly path: string;
}

export interface ModelLayer {
  readonly layer: Layer;
  /** The given name, or the type in Keras's manner: `dense`, `dense_1`. */
  readonly name: string;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly weights: readonly ModelWeight[];
  readonly multiplyAdds: number;
}

/** A checked model: its layers with their names, shapes and weights. */
export interface Model {
  readonly config: ModelConfig;
  readonly layers: readonly ModelLayer[];
  readonly classes: number;
  /** Whether the last layer ends in softmax; else its output is taken as logits. Either way the loss sees logits. */
  readonly endsInSoftmax: boolean;
}

/** What a model is made of: a list of layers, or a description that has one. @throws InklingError (argument) */
export function describedModel(
  given: readonly Layer[] | ModelConfig,
): Pick<ModelConfig, 'name' | 'layers'> & Partial<ModelConfig> {
  if (Array.isArray(given)) return { name: 'model', layers: given };
  if (typeof given === 'object' && given !== null && 'layers' in given && Array.isArray(given.layers)) return given;
  throw new InklingError(
    'argument',
    'Sequential: expected all layers in a list, new Sequential([flatten(), dense({ units: 10 })]), or a description such as ' +
      `architecture('cnn', [28, 28, 1], 10). Received: ${describeValue(given)}.`,
  );
}

/**
 * Checks a description and works out all shapes.
 * @throws InklingError (model) that names the layer at fault, what it was given and what to change
 */
export function defineModel(given: ModelConfig): Model {
  const { name, inputShape } = given;
  const config = { ...given, layers: checkLayers(given.layers, `Model "${name}"`) };
  if (![1, 3].includes(inputShape.length) || !inputShape.every((size) => Number.isSafeInteger(size) && size > 0)) {
    throw new InklingError(
      'model',
      `Model "${config.name}": inputShape must be [height, width, channels] or [features] of positive integers. Received: ${formatShape(inputShape)}.`,
    );
  }
  if (config.layers.length === 0) {
    throw new InklingError('model', `Model "${config.name}" has no layers. Expected at least one dense layer.`);
  }
  const names = uniqueNames(config.layers);
  const layers: ModelLayer[] = [];
  let shape = inputShape;
  for (const [index, layer] of config.layers.entries()) {
    const placed = placeLayer(layer, names[index], shape, index);
    layers.push(placed);
    shape = placed.outputShape;
  }
  return { config, layers, ...readEnd(config, layers) };
}

/** All weights of a model in order. */
export function weightsOf(model: Model): ModelWeight[] {
  return model.layers.flatMap((layer) => layer.weights);
}

/** Of one row's way through all layers. */
export function countMultiplyAdds(model: Model): number {
  return model.layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0);
}

/** The number of weights, trainable or not. */
export function countParameters(model: Model): number {
  return weightsOf(model).reduce((count, weight) => count + sizeOf(weight.shape), 0);
}

function placeLayer(layer: Layer, name: string, inputShape: Shape, index: number): ModelLayer {
  const definition = definitionOf(layer);
  try {
    const outputShape = definition.outputShape(layer, inputShape);
    const weights = definition
      .weights(layer, inputShape)
      .map((weight) => ({ ...weight, path: `${name}/${weight.name}` }));
    const multiplyAdds = definition.multiplyAdds(layer, inputShape);
    return Object.freeze({ layer, name, inputShape, outputShape, weights, multiplyAdds });
  } catch (error) {
    if (!(error instanceof InklingError)) throw error;
    throw new InklingError('model', `Layer ${index + 1}, "${name}" (${layer.type}): ${error.message}`, {
      cause: error,
    });
  }
}

function uniqueNames(layers: readonly Layer[]): string[] {
  const taken = new Set<string>();
  for (const { name } of layers) {
    if (name === undefined) continue;
    if (taken.has(name)) {
      throw new InklingError('model', `Two layers are named "${name}". Give each layer a name of its own, or none.`);
    }
    taken.add(name);
  }
  return layers.map((layer) => {
    if (layer.name !== undefined) return layer.name;
    let name: string = layer.type;
    for (let count = 1; taken.has(name); count++) name = `${layer.type}_${count}`;
    taken.add(name);
    return name;
  });
}

function readEnd(config: ModelConfig, layers: readonly ModelLayer[]): { classes: number; endsInSoftmax: boolean } {
  const last = layers[layers.length - 1];
  const { name, outputShape } = last;
  const classes = outputShape[0];
  if (outputShape.length !== 1 || classes < 2) {
    throw new InklingError(
      'model',
      `Model "${config.name}" ends in layer "${name}" with output ${formatShape(outputShape)}. ` +
        'Expected a vector with one value a class, at least two: end it with dense({ units: classes, activation: "softmax" }).',
    );
  }
  const end = layers.findLast(({ layer }) => !passesOn(layer)) ?? last;
  const activation = 'activation' in end.layer ? end.layer.activation : 'linear';
  const problem = problemOfEnd(end, activation, classes);
  if (problem !== undefined) {
    throw new InklingError(
      'model',
      `Model "${config.name}" ends in layer "${end.name}" with ${problem}. Expected "softmax" over all classes (probabilities) ` +
        'or "linear" (logits): the cross-entropy loss is defined for these.',
    );
  }
  return { classes, endsInSoftmax: activation === 'softmax' };
}

/** Whether a layer leaves all values as they are, so that the one before it decides what the model ends in. */
function passesOn(layer: Layer): boolean {
  return layer.type === 'flatten' || (layer.type === 'activation' && layer.activation === 'linear');
}

function problemOfEnd(end: ModelLayer, activation: string, classes: number): string | undefined {
  if (end.layer.type === 'dropout') return 'a dropout layer';
  if (activation === 'linear') return undefined;
  if (activation !== 'softmax') return `the activation "${activation}"`;
  // Softmax works along the last axis: before a flatten that may be less than all classes.
  return end.outputShape.at(-1) === classes
    ? undefined
    : `a softmax over each place of ${formatShape(end.outputShape)}`;
}

/**
 * A model description from parsed JSON. Also takes a run's model.json, whose further keys are left alone.
 * @throws InklingError (model) with the number of the layer at fault
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises';
 *
 * const config = modelFromData(JSON.parse(await readFile('my-model.json', 'utf8')), 'my-model.json');
 * const model = new Sequential(config);
 * ```
 */
export function modelFromData(data: unknown, source: string): ModelConfig {
  const fail = (problem: string): never => {
    throw new InklingError('model', `${source}: ${problem}`);
  };
  if (typeof data !== 'object' || data === null) {
    return fail('expected an object { "name", "inputShape", "layers" }.');
  }
  const { name = 'model', inputShape, layers } = data as Record<string, unknown>;
  if (typeof name !== 'string' || !/^[\w. -]{1,100}$/.test(name)) {
    return fail(`"name" must be 1 to 100 letters, digits, spaces, "_", "-" or ".". Received: ${shortJson(name)}.`);
  }
  if (!Array.isArray(inputShape) || !inputShape.every((size) => typeof size === 'number')) {
    return fail(`"inputShape" must be a list of sizes such as [28, 28, 1]. Received: ${shortJson(inputShape)}.`);
  }
  if (!Array.isArray(layers)) return fail(`"layers" must be a list. Received: ${shortJson(layers)}.`);
  return { name, inputShape, layers: checkLayers(layers, source) };
}

/** Layers with their defaults filled in. @throws InklingError (model) with the number of the layer at fault */
export function checkLayers(layers: readonly unknown[], source: string): Layer[] {
  return layers.map((layer, index) => numberedLayer(layer, index, source));
}

function numberedLayer(data: unknown, index: number, source: string): Layer {
  try {
    return layerFromData(data);
  } catch (error) {
    if (!(error instanceof InklingError)) throw error;
    throw new InklingError('model', `${source}: layer ${index + 1}: ${error.message}`, { cause: error });
  }
}
