/** How a value came about, whatever layer it is of. */

import { indexOf, type Place, placeOf } from '../place.js';
import { type PlacedLayer, type Stage, stageBeforeFlatten, weightOf } from '../stages.js';
import { activate, deriveSoftmax } from './activations.js';
import { deriveConvolution } from './convolution.js';
import { deriveDense } from './dense.js';
import type { Derivation, NormalizationDerivation } from './derivation.js';
import { derivePooling } from './pooling.js';

/**
 * @param index of the stage
 * @param weights all of the model's, by path
 * @param temperature what the logits are divided by before the last softmax
 */
export function deriveValue(
  stages: readonly Stage[],
  index: number,
  weights: ReadonlyMap<string, Float32Array>,
  place: Place,
  temperature: number,
): Derivation {
  const stage = stages[index];
  const value = stage.values[indexOf(stage.shape, place)];
  if (stage.kind === 'input') return { kind: 'input', byte: Math.round(255 * value), value };
  const before = stages[index - 1];
  if (!stage.placed) return deriveSoftmax(before.values, place.map, temperature);
  const input = () => before.values[indexOf(stage.shape, place)];
  const { layer } = stage.placed;
  switch (layer.type) {
    case 'conv2d':
      return deriveConvolution(layer, before, stage, weights, place);
    case 'dense': {
      // Of the last layer softmax is a stage of its own.
      const isLast = index === stages.length - 2 && layer.activation === 'softmax';
      const shown = isLast ? { ...layer, activation: 'linear' as const } : layer;
      return deriveDense(shown, before, stageBeforeFlatten(stages, index - 1).shape, stage, weights, place);
    }
    case 'maxPooling2d':
    case 'averagePooling2d':
    case 'globalAveragePooling2d':
      return derivePooling(layer, before, stage.shape, place);
    case 'batchNormalization':
      return normalize(layer, stage, weights, place, input());
    case 'activation': {
      if (layer.activation === 'linear') return { kind: 'copy', reason: 'linear', from: place, value };
      const activation = activate(layer.activation, input(), () => alongLastAxis(before, place), layer.negativeSlope);
      return { kind: 'activation', activation, value: activation.output };
    }
    case 'flatten':
      return { kind: 'copy', reason: 'flatten', from: placeOf(before.shape, place.map), value };
    case 'dropout':
      return { kind: 'copy', reason: 'dropout', from: place, value };
  }
}

/** What softmax divides the whole among: the channels at a place of an image, all values of a vector. */
function alongLastAxis({ shape, values }: Stage, { row, column, map }: Place) {
  const size = shape[shape.length - 1];
  const start = indexOf(shape, { row, column, map: 0 });
  return { values: Array.from(values.subarray(start, start + size)), index: map };
}

function normalize(
  { epsilon }: Extract<PlacedLayer['layer'], { type: 'batchNormalization' }>,
  stage: Stage,
  weights: ReadonlyMap<string, Float32Array>,
  { map }: Place,
  input: number,
): NormalizationDerivation {
  const [mean, variance, gamma, beta] = ['movingMean', 'movingVariance', 'gamma', 'beta'].map(
    (name) => weightOf(stage, weights, name)![map],
  );
  const normalized = (input - mean) / Math.sqrt(variance + epsilon);
  const value = gamma * normalized + beta;
  return { kind: 'normalization', input, mean, variance, epsilon, gamma, beta, normalized, value };
}
