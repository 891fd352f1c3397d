/** Dropout: the same values stay as in the twin, however the batch is cut into shards. */

import fc from 'fast-check';
import { expect } from 'vitest';
import { kernelSizes } from '../../src/engine/kernels.js';
import { streamKey } from '../../src/numerics/random.js';
import { dropoutMask } from '../../src/reference/dropout.js';
import { forAllBuilds, forRandomShapes, oneTo } from './cases.js';
import { expectEqual, expectNear, roundings } from './compare.js';

const cases = fc.record({
  batchRows: oneTo(20),
  firstRow: fc.nat(19),
  size: oneTo(40),
  rate: fc.constantFrom(0.1, 0.5, 0.9),
  seed: fc.nat({ max: 2 ** 32 - 1 }),
  step: fc.nat({ max: 100_000 }),
  layer: fc.nat({ max: 20 }),
});

forRandomShapes('dropoutForward and dropoutBackward', cases, (space, given, numbers) => {
  const { batchRows, size, rate, seed, step, layer } = given;
  const firstRow = Math.min(given.firstRow, batchRows);
  const rows = batchRows - firstRow;
  const mask = dropoutMask(batchRows * size, rate, { seed, step, layer }).subarray(firstRow * size);
  const x = numbers.next(rows * size);
  const y = space.changing(x);
  const stays = space.bytes(rows * size);
  const scale = 1 / (1 - rate);
  space.run('dropoutForward', {
    x: y.address,
    y: y.address,
    mask: stays.address,
    record: space.record({ step }),
    firstRow,
    rows,
    size,
    seed,
    key: streamKey('dropout', layer),
    threshold: Math.round(rate * 2 ** 32),
    scale,
    scratch: space.bytes(kernelSizes().dropoutForwardScratchBytes()).address,
  });
  expectEqual(
    'mask',
    stays.values,
    mask.map((factor) => (factor > 0 ? 1 : 0)),
  );
  const expected = x.map((value, index) => value * mask[index]);
  expectNear('y', y.values, expected, roundings(2, expected));
  const dx = space.changing(x);
  space.run('dropoutBackward', { dy: dx.address, mask: stays.address, dx: dx.address, count: rows * size, scale });
  expect(dx.values).toEqual(y.values);
});

forAllBuilds('a rate as near to 1 as can be drops, and does not turn into 0', (space) => {
  const rate = 1 - 2 ** -53;
  const factors = dropoutMask(1000, rate, { seed: 1, step: 0, layer: 0 });
  expect(factors.every((factor) => factor === 0)).toBe(true);
  const y = space.changing(new Float64Array(1000).fill(1));
  const mask = space.bytes(1000);
  space.run('dropoutForward', {
    x: y.address,
    y: y.address,
    mask: mask.address,
    record: space.record({}),
    firstRow: 0,
    rows: 1,
    size: 1000,
    seed: 1,
    key: streamKey('dropout', 0),
    threshold: 2 ** 32 - 1,
    scale: 2,
    scratch: space.bytes(kernelSizes().dropoutForwardScratchBytes()).address,
  });
  expect(y.values.every((value) => value === 0)).toBe(true);
});
