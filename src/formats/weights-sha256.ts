/** The fingerprint of a model's weights: what two runs are compared by. */

import { type Model, weightsOf } from '../model/model.js';
import { sha256 } from '../numerics/sha256.js';
import { weightValues } from './weight-values.js';

/**
 * SHA-256 over the weights' little-endian float32 bytes in the order of the model, as 64 hexadecimal digits.
 * @param weights values by path such as `conv2d/kernel`, in Keras's layout
 * @throws InklingError (argument) where a weight is missing or has the wrong number of values
 * @example
 * ```ts
 * console.log(await weightsSha256(model.definition, model.getWeights())); // the same for the same training, anywhere
 * ```
 */
export async function weightsSha256(model: Model, weights: ReadonlyMap<string, Float32Array>): Promise<string> {
  const parts = weightsOf(model).map((weight) => weightValues(weight, weights));
  const bytes = new Uint8Array(parts.reduce((size, values) => size + values.byteLength, 0));
  let offset = 0;
  for (const { buffer, byteOffset, byteLength } of parts) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += byteLength;
  }
  return sha256(bytes);
}
