/** A value of a dense layer: the largest products of input and weight, the rest as one sum, bias, activation. */

import type { Shape } from 'inkling';
import { type Place, placeOf } from '../place.js';
import { type PlacedLayer, type Stage, weightOf } from '../stages.js';
import { activate } from './activations.js';
import type { DenseDerivation } from './derivation.js';

type Dense = Extract<PlacedLayer['layer'], { type: 'dense' }>;

const shownTerms = 20;

/** @param inputShape what the input was before it was flattened */
export function deriveDense(
  layer: Dense,
  before: Stage,
  inputShape: Shape,
  stage: Stage,
  weights: ReadonlyMap<string, Float32Array>,
  { map: unit }: Place,
): DenseDerivation {
  const kernel = weightOf(stage, weights, 'kernel')!;
  const terms = Array.from(before.values, (input, index) => {
    const weight = kernel[index * layer.units + unit];
    return { input, weight, product: input * weight, index, place: placeOf(inputShape, index) };
  }).sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
  const largest = terms.slice(0, shownTerms);
  const others = terms.slice(shownTerms);
  const rest = { count: others.length, sum: others.reduce((total, { product }) => total + product, 0) };
  const sum = largest.reduce((total, { product }) => total + product, rest.sum);
  const bias = weightOf(stage, weights, 'bias')?.[unit];
  const all = () => ({
    values: Array.from({ length: layer.units }, (_, map) => {
      const linear = { ...layer, activation: 'linear' as const };
      return deriveDense(linear, before, inputShape, stage, weights, { row: 0, column: 0, map }).value;
    }),
    index: unit,
  });
  const activation = activate(layer.activation, sum + (bias ?? 0), all);
  return { kind: 'dense', largest, rest, sum, bias, activation, value: activation.output };
}
