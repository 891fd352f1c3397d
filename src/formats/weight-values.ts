/** Looks up one weight of a model in a map of values, and checks that it fits. */

import { InklingError } from '../errors.js';
import type { ModelWeight } from '../model/model.js';
import { formatShape, sizeOf } from '../numerics/tensor.js';

/** @throws InklingError (argument) where the weight is missing or has the wrong number of values */
export function weightValues(weight: ModelWeight, weights: ReadonlyMap<string, Float32Array>): Float32Array {
  const values = weights.get(weight.path);
  const expected = `${sizeOf(weight.shape)} values ${formatShape(weight.shape)}`;
  if (values === undefined) {
    throw new InklingError('argument', `Weight "${weight.path}" is missing. Expected ${expected}.`);
  }
  if (values.length !== sizeOf(weight.shape)) {
    throw new InklingError('argument', `Weight "${weight.path}" has ${values.length} values. Expected ${expected}.`);
  }
  return values;
}
