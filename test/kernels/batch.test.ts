/** Assembling a shard's rows, labels and weights from the data set, in the order of the step. */

import fc from 'fast-check';
import { absolute, forRandomShapes, type Numbers, oneTo } from './cases.js';
import { expectEqual, expectNear, roundings } from './compare.js';
import type { Workspace } from './workspace.js';

const shapes = fc
  .record({ images: oneTo(20), batchRows: oneTo(20), size: oneTo(40), cut: fc.tuple(fc.nat(20), fc.nat(20)) })
  .map(({ cut, batchRows, ...shape }) => {
    const [firstRow, end] = cut.map((place) => Math.min(place, batchRows)).sort((a, b) => a - b);
    return { ...shape, batchRows, firstRow, rows: end - firstRow };
  });
type Shape = typeof shapes extends fc.Arbitrary<infer Shape> ? Shape : never;

/** A step's record with a random order of images; `picked` are those of the shard. */
function order(space: Workspace, { images, batchRows, firstRow, rows }: Shape, numbers: Numbers) {
  const all = Uint32Array.from(absolute(numbers.next(batchRows)), (value) => Math.floor(value * 1000) % images);
  const record = space.record({ order: space.keep(all), rows: batchRows });
  return { record, picked: [...all.subarray(firstRow, firstRow + rows)] };
}

forRandomShapes('gatherImages', shapes, (space, shape, numbers) => {
  const { images, size, firstRow, rows } = shape;
  const dataset = Uint8Array.from(numbers.next(images * size), (value) => Math.floor(Math.abs(value) * 1e6));
  const { record, picked } = order(space, shape, numbers);
  const x = space.output(rows * size);
  space.run('gatherImages', { dataset: space.keep(dataset), record, x: x.address, firstRow, rows, size });
  const expected = picked.flatMap((image) => [...dataset.subarray(image * size, (image + 1) * size)]);
  expectEqual(
    'x',
    x.values,
    expected.map((value) => Math.fround(value / 255)),
  );
});

forRandomShapes('gatherRows', shapes, (space, shape, numbers) => {
  const { images, size, firstRow, rows } = shape;
  const dataset = numbers.next(images * size);
  const { record, picked } = order(space, shape, numbers);
  const x = space.output(rows * size);
  space.run('gatherRows', { dataset: space.input(dataset), record, x: x.address, firstRow, rows, size });
  expectEqual(
    'x',
    x.values,
    picked.flatMap((image) => [...dataset.subarray(image * size, (image + 1) * size)]),
  );
});

const smoothing = 0.125;
forRandomShapes('gatherLabels and gatherDistributions', shapes, (space, shape, numbers) => {
  const { images, size: classes, firstRow, rows } = shape;
  const labels = Uint32Array.from(numbers.next(images), (value) => Math.floor(Math.abs(value) * 1000) % classes);
  const { record, picked } = order(space, shape, numbers);
  const fromLabels = space.output(rows * classes);
  space.run('gatherLabels', {
    labels: space.keep(labels),
    record,
    targets: fromLabels.address,
    firstRow,
    rows,
    classes,
    smoothing,
  });
  const oneHot = new Float64Array(images * classes);
  for (const [image, label] of labels.entries()) oneHot[image * classes + label] = 1;
  const expected = Float64Array.from(
    picked.flatMap((image) => [...oneHot.subarray(image * classes, (image + 1) * classes)]),
    (target) => target * (1 - smoothing) + smoothing / classes,
  );
  expectNear('labels', fromLabels.values, expected, roundings(2, expected));
  const fromVectors = space.output(rows * classes);
  space.run('gatherDistributions', {
    distributions: space.input(oneHot),
    record,
    targets: fromVectors.address,
    firstRow,
    rows,
    classes,
    smoothing,
  });
  expectEqual('distributions', fromVectors.values, fromLabels.values);
});

forRandomShapes('gatherSampleWeights', shapes, (space, shape, numbers) => {
  const { images, batchRows, firstRow, rows } = shape;
  const sampleWeights = numbers.sparse(images);
  const { record, picked } = order(space, shape, numbers);
  const weights = space.output(rows);
  space.run('gatherSampleWeights', {
    sampleWeights: space.input(sampleWeights),
    record,
    weights: weights.address,
    firstRow,
    rows,
  });
  const expected = Float64Array.from(picked, (image) => sampleWeights[image] / batchRows);
  expectNear('weights', weights.values, expected, roundings(2, expected));
});
