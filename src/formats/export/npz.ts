/**
 * NumPy's `.npz`: a zip archive of `.npy` files, a weight each, by their paths in Keras's layout
 * (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 */

import type { Model } from '../../model/model.js';
import { weightsOf } from '../../model/model.js';
import type { Tensor } from '../../numerics/tensor.js';
import { weightValues } from '../weight-values.js';
import { zipArchive } from './zip.js';

/**
 * @param weights values by path, in Keras's layout
 * @throws InklingError (argument) where they do not fit the model
 */
export function npzFile(model: Model, weights: ReadonlyMap<string, Float32Array>): Uint8Array<ArrayBuffer> {
  const arrays = weightsOf(model).map(
    (weight) => [`${weight.path}.npy`, npyFile({ data: weightValues(weight, weights), shape: weight.shape })] as const,
  );
  return zipArchive(new Map(arrays));
}

const magic = [0x93, ...new TextEncoder().encode('NUMPY'), 1, 0];
/** Where values begin is a multiple of this. */
const alignment = 64;

function npyFile({ data, shape }: Tensor<Float32Array>): Uint8Array<ArrayBuffer> {
  // A tuple of one has a comma in Python.
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  const start = magic.length + 2;
  const end = Math.ceil((start + header.length + 1) / alignment) * alignment;
  const bytes = new Uint8Array(end + data.byteLength);
  bytes.set(magic);
  new DataView(bytes.buffer).setUint16(magic.length, end - start, true);
  bytes.set(new TextEncoder().encode(`${header.padEnd(end - start - 1)}\n`), start);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), end);
  return bytes;
}
