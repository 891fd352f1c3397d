/** Loss, gradient and probabilities from logits, ordinary and extreme. */

import fc from 'fast-check';
import { expect } from 'vitest';
import { softmax } from '../../src/reference/activation.js';
import { softmaxCrossEntropy } from '../../src/reference/softmax-cross-entropy.js';
import { forAllBuilds, forRandomShapes } from './cases.js';
import { expectEqual, expectNear, roundings, unit } from './compare.js';
import type { Workspace } from './workspace.js';

/** The loss and the gradient of rows that each count `weights[row]`. */
function executed(
  space: Workspace,
  logits: ArrayLike<number>,
  targets: ArrayLike<number>,
  weights: ArrayLike<number>,
  classes: number,
) {
  const shard = 3;
  const results = space.bytes(64);
  const dLogits = space.changing(logits);
  const record = space.record({ results: results.address });
  space.run('softmaxCrossEntropy', {
    logits: dLogits.address,
    targets: space.input(targets),
    weights: space.input(weights),
    dLogits: dLogits.address,
    rows: weights.length,
    classes,
    record,
    shard,
  });
  expectEqual('the results of other shards', results.values.subarray(0, 48), new Uint8Array(48).fill(0xff));
  const view = new DataView(results.values.buffer, results.values.byteOffset + 48);
  return { loss: view.getFloat64(0, true), correct: view.getInt32(8, true), dLogits: dLogits.values };
}

const shapes = fc.record({
  rows: fc.nat({ max: 9 }),
  classes: fc.integer({ min: 2, max: 19 }),
  scale: fc.constantFrom(0.1, 3, 10),
});
forRandomShapes('softmaxCrossEntropy', shapes, (space, { rows, classes, scale }, numbers) => {
  const logits = Float64Array.from(numbers.next(rows * classes), (value) => Math.fround(value * scale));
  const targets = Float64Array.from(softmax(numbers.next(rows * classes), classes), Math.fround);
  const weights = numbers.sparse(rows);
  const { loss, correct, dLogits } = executed(space, logits, targets, weights, classes);
  // The twin divides by the number of rows; here the weights have been divided before.
  const twin = softmaxCrossEntropy(logits, targets, classes, { sampleWeights: weights.map((weight) => weight * rows) });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const exponent = 6 * scale;
  expectNear('loss', [loss], [rows === 0 ? 0 : twin.loss], [(exponent + 8) * unit * total]);
  const tolerance = twin.dLogits.map((_, index) => (exponent + 16) * unit * weights[Math.floor(index / classes)]);
  expectNear('dLogits', dLogits, twin.dLogits, tolerance);
  const largest = (values: Float64Array, row: number) => {
    const part = values.subarray(row * classes, (row + 1) * classes);
    return part.indexOf(Math.max(...part));
  };
  const right = Array.from({ length: rows }, (_, row) => Number(largest(logits, row) === largest(targets, row)));
  expect(correct).toBe(right.reduce((sum, one) => sum + one, 0));
});

forRandomShapes('storeProbabilities', shapes, (space, { rows, classes, scale }, numbers) => {
  const firstRow = 2;
  const logits = Float64Array.from(numbers.next(rows * classes), (value) => Math.fround(value * scale));
  const output = space.output((firstRow + rows) * classes);
  const record = space.record({ output: output.address });
  space.run('storeProbabilities', { logits: space.input(logits), record, firstRow, rows, classes });
  const expected = softmax(logits, classes);
  expectNear(
    'probabilities',
    output.values.subarray(firstRow * classes),
    expected,
    roundings(6 * scale + 12, expected),
  );
  expect(output.values.subarray(0, firstRow * classes).every(Number.isNaN)).toBe(true);
});

forRandomShapes('storeLogits', shapes, (space, { rows, classes, scale }, numbers) => {
  const firstRow = 2;
  const logits = Float32Array.from(numbers.next(rows * classes), (value) => value * scale);
  const output = space.output((firstRow + rows) * classes);
  const record = space.record({ logits: output.address });
  space.run('storeLogits', { logits: space.input(logits), record, firstRow, rows, classes });
  expectEqual('logits', output.values.subarray(firstRow * classes), logits);
  expect(output.values.subarray(0, firstRow * classes).every(Number.isNaN)).toBe(true);
});

forAllBuilds('logits of +-1e4 and beyond give the exact loss and a finite gradient', (space) => {
  for (const size of [1e4, 1e30]) {
    const right = executed(space, [size, -size, 0], [1, 0, 0], [1], 3);
    expectNear('right', [right.loss, ...right.dLogits], [0, 0, 0, 0], [3e-38, 0, 3e-38, 3e-38]);
    const wrong = executed(space, [size, -size, 0], [0, 1, 0], [1], 3);
    const distance = 2 * Math.fround(size);
    expectNear('wrong', [wrong.loss, ...wrong.dLogits], [distance, 1, -1, 0], [0, 0, 0, 3e-38]);
  }
  const impossible = executed(space, [0, Number.NEGATIVE_INFINITY], [1, 0], [1], 2);
  expectNear('a class that cannot be', [impossible.loss, ...impossible.dLogits], [0, 0, 0], [3e-38, 3e-38, 3e-38]);
});

forAllBuilds('the loss is not finite where a logit is not', (space) => {
  for (const logit of [Number.NaN, Number.POSITIVE_INFINITY]) {
    for (const place of [0, 1, 2]) {
      const { loss } = executed(space, [1, 2, 3].with(place, logit), [1, 0, 0], [1], 3);
      expect(Number.isFinite(loss), `${logit} at ${place}`).toBe(false);
    }
  }
});

forAllBuilds('of equals the first answer and the first target count', (space) => {
  expect(executed(space, [1, 1, 0], [0.5, 0.5, 0], [1], 3).correct).toBe(1);
  expect(executed(space, [1, 1, 0], [0, 1, 0], [1], 3).correct).toBe(0);
});
