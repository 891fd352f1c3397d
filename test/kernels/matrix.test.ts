/** Rearranging and summing matrices: every kernel of assembly/matrix.ts against its definition. */

import fc from 'fast-check';
import { expect } from 'vitest';
import { kernelSizes } from '../../src/engine/kernels.js';
import { absolute, forRandomShapes, oneTo, parts } from './cases.js';
import { expectEqual, expectNear } from './compare.js';

const matrices = fc.record({ rows: oneTo(33), columns: oneTo(33) });
/** An array of `length` values, each from its place. */
const filled = (length: number, value: (index: number) => number) =>
  Float64Array.from({ length }, (_, index) => value(index));

forRandomShapes('packPanels', matrices, (space, { rows, columns }, numbers) => {
  const matrix = numbers.next(rows * columns);
  const panels = Math.ceil(columns / 8);
  expect(kernelSizes().panelColumns(columns)).toBe(panels * 8);
  const packed = space.output(kernelSizes().packedBytes(rows, columns) / 4);
  const from = space.input(matrix);
  for (const [firstPanel, lastPanel] of parts(panels)) {
    space.run('packPanels', { matrix: from, rows, columns, packed: packed.address, firstPanel, lastPanel });
  }
  const expected = filled(panels * rows * 8, (index) => {
    const column = Math.floor(index / (rows * 8)) * 8 + (index % 8);
    return column < columns ? matrix[(Math.floor(index / 8) % rows) * columns + column] : 0;
  });
  expectEqual('packed', packed.values, expected);
});

const kernels = fc.record({ taps: oneTo(9), inputs: oneTo(17), outputs: oneTo(17) });
forRandomShapes('packFlippedKernel', kernels, (space, { taps, inputs, outputs }, numbers) => {
  const kernel = numbers.next(taps * inputs * outputs);
  const panels = Math.ceil(inputs / 8);
  const rows = taps * outputs;
  const packed = space.output(panels * rows * 8);
  const from = space.input(kernel);
  for (const [firstPanel, lastPanel] of parts(panels)) {
    space.run('packFlippedKernel', {
      kernel: from,
      taps,
      inputs,
      outputs,
      packed: packed.address,
      firstPanel,
      lastPanel,
    });
  }
  const expected = filled(panels * rows * 8, (index) => {
    const channel = Math.floor(index / (rows * 8)) * 8 + (index % 8);
    const row = Math.floor(index / 8) % rows;
    const tap = taps - 1 - Math.floor(row / outputs);
    return channel < inputs ? kernel[(tap * inputs + channel) * outputs + (row % outputs)] : 0;
  });
  expectEqual('packed', packed.values, expected);
});

forRandomShapes('transpose', matrices, (space, { rows, columns }, numbers) => {
  const matrix = numbers.next(rows * columns);
  const result = space.output(rows * columns);
  const from = space.input(matrix);
  for (const [firstRow, lastRow] of parts(rows)) {
    space.run('transpose', { matrix: from, rows, columns, transposed: result.address, firstRow, lastRow });
  }
  const expected = filled(rows * columns, (index) => matrix[(index % rows) * columns + Math.floor(index / rows)]);
  expectEqual('transposed', result.values, expected);
});

const tall = fc.record({ rows: fc.integer({ min: 0, max: 40 }), columns: oneTo(33) });
forRandomShapes('sumColumns', tall, (space, { rows, columns }, numbers) => {
  const matrix = numbers.next(rows * columns);
  const sums = space.output(columns);
  space.run('sumColumns', { matrix: space.input(matrix), rows, columns, sums: sums.address });
  const sum = (values: Float64Array) => {
    return filled(columns, (column) =>
      values.reduce((total, value, index) => (index % columns === column ? total + value : total), 0),
    );
  };
  expectNear('sums', sums.values, sum(matrix), numbers.tolerance(rows, sum(absolute(matrix))));
});

const shards = fc.record({
  count: oneTo(16),
  rows: oneTo(12),
  columns: oneTo(17),
  more: fc.integer({ min: 0, max: 7 }),
});
forRandomShapes('sumShards', shards, (space, { count, rows, columns, more }, numbers) => {
  const stride = columns + more;
  const size = rows * stride;
  const matrix = numbers.next(count * size);
  const result = space.output(rows * columns);
  const from = space.input(matrix);
  const summed = { shards: from, shardBytes: size * 4, shardCount: count, result: result.address };
  for (const [firstRow, lastRow] of parts(rows)) {
    space.run('sumShards', { ...summed, columns, stride, firstRow, lastRow });
  }
  const sum = (values: Float64Array) => {
    return filled(rows * columns, (index) => {
      const place = Math.floor(index / columns) * stride + (index % columns);
      return overShards(values, place, size, count);
    });
  };
  expectNear('sums', result.values, sum(matrix), numbers.tolerance(count, sum(absolute(matrix))));
});

forRandomShapes('sumShardsTransposed', shards, (space, { count, rows, columns }, numbers) => {
  const size = rows * columns;
  const matrix = numbers.next(count * size);
  const result = space.output(size);
  const from = space.input(matrix);
  const summed = { shards: from, shardBytes: size * 4, shardCount: count, result: result.address };
  for (const [firstRow, lastRow] of parts(rows)) {
    space.run('sumShardsTransposed', { ...summed, rows, columns, firstRow, lastRow });
  }
  const sum = (values: Float64Array) => {
    return filled(size, (index) =>
      overShards(values, (index % rows) * columns + Math.floor(index / rows), size, count),
    );
  };
  expectNear('sums', result.values, sum(matrix), numbers.tolerance(count, sum(absolute(matrix))));
});

function overShards(values: Float64Array, place: number, size: number, count: number): number {
  let sum = 0;
  for (let shard = 0; shard < count; shard++) sum += values[shard * size + place];
  return sum;
}

forRandomShapes('fillZero', fc.nat({ max: 99 }), (space, bytes) => {
  const output = space.bytes(bytes);
  space.run('fillZero', { address: output.address, bytes });
  expectEqual('bytes', output.values, new Uint8Array(bytes));
});
