/** Archives of NumPy arrays, as bytes and with spoilt arrays in a sound archive, and CSV. */

import fc, { type Arbitrary } from 'fast-check';
import { zipSync } from 'fflate';
import { readCsv } from '../../src/data/csv.js';
import type { LabelledImages } from '../../src/data/dataset.js';
import { readNpz } from '../../src/data/npz.js';
import { writeNpy } from '../../src/numerics/npy.js';
import { sizeOf } from '../../src/numerics/tensor.js';
import { corrupted, randomBytes } from './corruptions.js';
import type { FuzzTarget } from './harness.js';

const arrays = {
  'x_train.npy': writeNpy({ data: Uint8Array.from({ length: 24 }, (_, index) => index), shape: [4, 2, 3] }),
  'y_train.npy': writeNpy({ data: Uint8Array.of(0, 1, 0, 1), shape: [4] }),
  'x_test.npy': writeNpy({ data: new Uint8Array(12).fill(9), shape: [2, 2, 3] }),
  'y_test.npy': writeNpy({ data: Uint8Array.of(0, 1), shape: [2] }),
};

/** As text, so that corruptions hit types and shapes. */
const spoiltArray: Arbitrary<Uint8Array> = fc
  .tuple(
    fc.constantFrom('|u1', '<f4', '>i8', '<f8', '|O', '|b1', '<U4', '<f2', ''),
    fc.constantFrom(
      '(4, 2, 3)',
      '(4,)',
      '()',
      '(4, 1)',
      '(0, 2)',
      '(99999999999, 99999999999)',
      'None',
      '(4, 2, 3, 1)',
    ),
    fc.constantFrom('True', 'False', '1'),
    fc.uint8Array({ minLength: 20, maxLength: 200 }),
  )
  .map(([type, shape, order, values]) => {
    const header = `{'descr': '${type}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`;
    return Buffer.concat([
      Buffer.from([0x93]),
      Buffer.from('NUMPY\x01\x00'),
      Buffer.from([header.length, 0]),
      Buffer.from(header),
      values,
    ]);
  });

const spoiltInside: Arbitrary<Uint8Array> = fc
  .tuple(fc.constantFrom(...Object.keys(arrays)), fc.oneof(spoiltArray, corrupted(Object.values(arrays)), randomBytes))
  .map(([name, content]) => zipSync({ ...arrays, [name]: content }, { level: 0 }));

const tables = ['label,pixel0,pixel1,pixel2,pixel3\n1,2,3,4,5\n0,9,8,7,6\n', '1,2,3,4,5\r\n0,255,0,1,2'];

function check({ images, labels }: LabelledImages): void {
  const isWhole = images.data.length === sizeOf(images.shape) && images.shape[0] === labels.length;
  if (!isWhole)
    throw new Error(`${images.data.length} values and ${labels.length} labels for the shape ${images.shape}`);
}

export const datasetTargets: readonly FuzzTarget[] = [
  {
    name: 'npz',
    fraction: 6,
    input: fc.oneof(corrupted([zipSync(arrays), zipSync(arrays, { level: 0 })]), spoiltInside, randomBytes),
    read(bytes) {
      const { train, test } = readNpz(bytes, 'a.npz');
      check(train);
      check(test);
    },
  },
  {
    name: 'csv',
    fraction: 4,
    input: fc.oneof(
      corrupted(tables.map((table) => new TextEncoder().encode(table))),
      fc.string({ unit: fc.constantFrom(...'0129,\n\r".al') }).map((text) => new TextEncoder().encode(text)),
      randomBytes,
    ),
    read(bytes) {
      check(readCsv(bytes, 'a.csv'));
    },
  },
];
