/**
 * Reads NPY, NumPy's format of one array: a magic string, a header in the words of Python, then the values. Limits: whole
 * numbers, and floats of 32 and 64 bits, in C order.
 * Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */

import { InklingError } from '../errors.js';
import { npyMagic } from '../numerics/npy.js';
import { formatShape, type Shape, sizeOf } from '../numerics/tensor.js';

/** An array whose values are read one by one, as numbers of JavaScript. */
export interface NpyArray {
  readonly shape: Shape;
  /** As NumPy calls it, such as `uint8`. */
  readonly type: string;
  readonly at: (index: number) => number;
  /** The values themselves, a view of the file's, where they are unsigned bytes. */
  readonly bytes: Uint8Array | undefined;
}

const kinds: Record<string, string> = { u: 'uint', i: 'int', f: 'float' };

const otherKinds: Record<string, string> = {
  O: 'Python objects, a pickle, which may run any program and is never read',
  b: 'booleans',
  c: 'complex numbers',
  f: 'floats of an unusual size',
  U: 'text',
  S: 'text',
  V: 'records',
};

type Read = (view: DataView, at: number, littleEndian: boolean) => number;

const readers: Record<string, Read> = {
  u1: (view, at) => view.getUint8(at),
  u2: (view, at, little) => view.getUint16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
  i1: (view, at) => view.getInt8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
};

function readHeader(bytes: Uint8Array, source: string): { text: string; end: number } {
  if (String.fromCharCode(...bytes.subarray(0, 6)) !== npyMagic) {
    throw new InklingError(
      'data',
      `${source} is not a NumPy array: it should begin with the byte 0x93 and NUMPY. Write it with numpy.savez.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLong = bytes[6] >= 2;
  const start = isLong ? 12 : 10;
  const end = bytes.length < start ? Infinity : start + (isLong ? view.getUint32(8, true) : view.getUint16(8, true));
  if (end > bytes.length) {
    throw new InklingError('data', `${source} is truncated: it ends within its header. Get the file again.`);
  }
  return { text: new TextDecoder().decode(bytes.subarray(start, end)), end };
}

function refuseType(source: string, description: string): InklingError {
  return new InklingError(
    'data',
    `${source} holds ${description}: expected whole numbers such as uint8, or floats of 32 or 64 bits. ` +
      'Convert it in NumPy (array.astype("uint8")) and write the file again.',
  );
}

/**
 * Reads an array of NumPy's and checks its type, order and exact length.
 * @param bytes the whole file; unsigned bytes are not copied
 * @param source the file's name, for error messages
 * @throws InklingError (data)
 */
export function readNpy(bytes: Uint8Array, source: string): NpyArray {
  const { text, end } = readHeader(bytes, source);
  const descriptor = /'descr'\s*:\s*'([<>|=]?)([A-Za-z])(\d*)[^']*'/.exec(text);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const dimensions = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(text)?.[1];
  if (!descriptor && /'descr'\s*:\s*\[/.test(text)) throw refuseType(source, otherKinds.V);
  if (!descriptor || order === undefined || dimensions === undefined) {
    throw new InklingError(
      'data',
      `${source} has a header that cannot be read: expected descr, fortran_order and shape. Check what wrote the file.`,
    );
  }
  const [, byteOrder, kind, width] = descriptor;
  const read: Read | undefined = readers[kind + width];
  if (!read) throw refuseType(source, otherKinds[kind] ?? `values of type "${descriptor[0].split("'")[3]}"`);
  const shape = dimensions
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  if (order === 'True' && shape.length > 1) {
    throw new InklingError(
      'data',
      `${source} is stored in Fortran order: expected C order, the last dimension together. Make it so in NumPy ` +
        '(numpy.ascontiguousarray(array)) and write the file again.',
    );
  }
  if (sizeOf(shape) === 0) {
    throw new InklingError(
      'data',
      `${source} holds no values: its shape is ${formatShape(shape)}. Check what wrote it.`,
    );
  }
  const valueBytes = Number(width);
  const expected = end + sizeOf(shape) * valueBytes;
  if (bytes.length !== expected) {
    throw new InklingError(
      'data',
      `${source} has ${bytes.length} bytes: expected ${expected} for the shape ${formatShape(shape)}. Get the file again.`,
    );
  }
  const values = bytes.subarray(end);
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  const little = byteOrder !== '>';
  return {
    shape,
    type: `${kinds[kind]}${8 * valueBytes}`,
    at: (index) => read(view, index * valueBytes, little),
    bytes: kind === 'u' && valueBytes === 1 ? values : undefined,
  };
}
