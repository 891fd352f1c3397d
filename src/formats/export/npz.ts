/** NumPy's `.npz`: a zip archive of `.npy` files, a weight each, by their paths in Keras's layout. */

import type { Model } from '../../model/model.js';
import { weightsOf } from '../../model/model.js';
import { writeNpy } from '../../numerics/npy.js';
import { weightValues } from '../weight-values.js';
import { zipArchive } from './zip.js';

/**
 * @param weights values by path, in Keras's layout
 * @throws InklingError (argument) where they do not fit the model
 */
export function npzFile(model: Model, weights: ReadonlyMap<string, Float32Array>): Uint8Array<ArrayBuffer> {
  const arrays = weightsOf(model).map(
    (weight) => [`${weight.path}.npy`, writeNpy({ data: weightValues(weight, weights), shape: weight.shape })] as const,
  );
  return zipArchive(new Map(arrays));
}
