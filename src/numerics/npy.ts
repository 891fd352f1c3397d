/**
 * Writes NPY, NumPy's format of one array: a magic string, a header in the words of Python, then the values.
 * Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */

import type { Tensor } from './tensor.js';

/** What every NPY file begins with, as code points. */
export const npyMagic = '\x93NUMPY';
const version = [1, 0];
/** Where values begin is a multiple of this. */
const alignment = 64;

/** The bytes of an NPY file with this tensor, as uint8 or float32, in C order. */
export function writeNpy({ data, shape }: Tensor<Uint8Array> | Tensor<Float32Array>): Uint8Array<ArrayBuffer> {
  const type = data instanceof Uint8Array ? '|u1' : '<f4';
  // A tuple of one has a comma in Python.
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const start = npyMagic.length + version.length + 2;
  const end = Math.ceil((start + header.length + 1) / alignment) * alignment;
  const bytes = new Uint8Array(end + data.byteLength);
  bytes.set([...npyMagic].map((letter) => letter.charCodeAt(0)));
  bytes.set(version, npyMagic.length);
  new DataView(bytes.buffer).setUint16(start - 2, end - start, true);
  bytes.set(new TextEncoder().encode(`${header.padEnd(end - start - 1)}\n`), start);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), end);
  return bytes;
}
