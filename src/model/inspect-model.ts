/** A description that may not be a model yet, layer by layer: for editors, which show what fits and where it ends. */

import { InklingError } from '../errors.js';
import { definitionOf, layerFromData } from '../layers/layers.js';
import { type Shape, sizeOf } from '../numerics/tensor.js';
import { countMultiplyAdds, countParameters, defineModel, type Model, type ModelConfig } from './model.js';

/** A layer in its place. */
export interface InspectedLayer {
  /** Undefined from the first layer on that does not fit. */
  readonly outputShape: Shape | undefined;
  /** Its weights, trainable or not; 0 where it does not fit. */
  readonly parameters: number;
  /** Of one row's way through it; 0 where it does not fit. */
  readonly multiplyAdds: number;
  /** Why it does not fit here; undefined where it fits, or where one before it does not. */
  readonly problem: string | undefined;
}

/** What `inspectModel` finds. */
export interface ModelInspection {
  readonly layers: readonly InspectedLayer[];
  /** The checked model; undefined where there is a problem. */
  readonly model: Model | undefined;
  /** What `new Sequential` would say against it, of a layer or of the whole; undefined where it says nothing. */
  readonly problem: string | undefined;
  /** Of all layers that fit. */
  readonly parameters: number;
  /** Of one row's way through all layers that fit. */
  readonly multiplyAdds: number;
}

/**
 * Looks at each layer of a description, also where they do not make a model: the layers up to the first that does not
 * fit have shapes, and what is wrong is told instead of thrown.
 * @example
 * ```ts
 * const { layers, problem } = inspectModel({
 *   name: 'draft',
 *   inputShape: [28, 28, 1],
 *   layers: [conv2d({ filters: 8, kernelSize: 3 }), dense({ units: 10 })],
 * });
 * console.log(layers[0]?.outputShape); // [26, 26, 8]
 * console.log(layers[1]?.problem); // A dense layer needs a vector as its input. ...
 * console.log(problem); // Layer 2, "dense" (dense): A dense layer needs a vector as its input. ...
 * ```
 */
export function inspectModel(config: ModelConfig): ModelInspection {
  const { value: model, problem } = attempt(() => defineModel(config));
  if (model) {
    const layers = model.layers.map(({ outputShape, weights, multiplyAdds }) => ({
      outputShape,
      parameters: sizesOf(weights),
      multiplyAdds,
      problem: undefined,
    }));
    return { layers, model, problem, parameters: countParameters(model), multiplyAdds: countMultiplyAdds(model) };
  }
  const layers: InspectedLayer[] = [];
  let shape: Shape | undefined = config.inputShape;
  for (const layer of config.layers) {
    const inspected: InspectedLayer = shape ? inspectLayer(layer, shape) : notReached;
    layers.push(inspected);
    shape = inspected.outputShape;
  }
  const sum = (key: 'parameters' | 'multiplyAdds') => layers.reduce((total, layer) => total + layer[key], 0);
  return { layers, model, problem, parameters: sum('parameters'), multiplyAdds: sum('multiplyAdds') };
}

const notReached: InspectedLayer = { outputShape: undefined, parameters: 0, multiplyAdds: 0, problem: undefined };

function inspectLayer(given: unknown, inputShape: Shape): InspectedLayer {
  const { value, problem } = attempt((): InspectedLayer => {
    const layer = layerFromData(given);
    const definition = definitionOf(layer);
    return {
      outputShape: definition.outputShape(layer, inputShape),
      parameters: sizesOf(definition.weights(layer, inputShape)),
      multiplyAdds: definition.multiplyAdds(layer, inputShape),
      problem: undefined,
    };
  });
  return value ?? { ...notReached, problem };
}

function sizesOf(weights: readonly { readonly shape: Shape }[]): number {
  return weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

/** What it gives, or what it says against it. */
function attempt<Value>(make: () => Value): { value: Value | undefined; problem: string | undefined } {
  try {
    return { value: make(), problem: undefined };
  } catch (error) {
    if (!(error instanceof InklingError)) throw error;
    return { value: undefined, problem: error.message };
  }
}
